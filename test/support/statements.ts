import type { Witness } from '../../src/chain/witness.ts';
import {
  custodyModels,
  facilityKinds,
  type Process,
  processes,
  transportModes,
} from '../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Birth, birthsOf } from '../../src/protocol/lots.ts';
import {
  type Content,
  type Dispatch,
  type Domain,
  type FacilityRegistration,
  type LotHead,
  type Output,
  type Production,
  type Receipt,
  type Statement,
  statementId,
} from '../../src/protocol/statements.ts';
import { type Account, sign } from './accounts.ts';

/** A statement as it goes to the outbox or to the ledger. */
export type SignedStatement = {
  readonly id: Hex;
  readonly statement: Statement;
  readonly signature: Hex;
  readonly witness: Witness;
};

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** Far enough for any test, and the same for all statements of one. */
const RECORD_BY = seconds() + 30 * 86_400;

const common = { evidence: ZERO_BYTES32, recordBy: RECORD_BY };

/** A mine, unless told otherwise. */
export function facilityRegistration(
  operator: Hex,
  fields: Partial<FacilityRegistration> = {},
): Statement & { type: 'FacilityRegistration' } {
  const message = { operator, kind: facilityKinds.mine, country: 180, ...common, ...fields };
  return { type: 'FacilityRegistration', message };
}

export function output(milligrams: bigint, content: readonly Content[] = [], commodity = 260500): Output {
  return { commodity, milligrams, content, evidence: ZERO_BYTES32 };
}

/** Declared stock, unless told otherwise: needs no quota. */
export function production(
  { custodian, facility }: { custodian: Hex; facility: Hex },
  outputs: readonly Output[],
  { process = 'declare', ...fields }: Partial<Omit<Production, 'process'>> & { process?: Process } = {},
): Statement & { type: 'Production' } {
  return {
    type: 'Production',
    message: {
      custodian,
      facility,
      process: processes[process],
      custodyModel: custodyModels.segregated,
      inputs: [],
      outputs,
      occurredAt: seconds() - 60,
      ...common,
      ...fields,
    },
  };
}

/** By road, to be recalled from tomorrow on, unless told otherwise. */
export function dispatch(
  parties: Pick<Dispatch, 'consignor' | 'consignee' | 'from' | 'to'>,
  lots: readonly LotHead[],
  fields: Partial<Dispatch> = {},
): Statement & { type: 'Dispatch' } {
  const now = seconds();
  const times = { recallFrom: now + 86_400, occurredAt: now - 50 };
  return {
    type: 'Dispatch',
    message: { ...parties, lots, mode: transportModes.road, ...times, ...common, ...fields },
  };
}

/** Accepted and not weighed, unless told otherwise. */
export function receipt(
  party: Hex,
  dispatch: Hex,
  lots: readonly Hex[],
  fields: Partial<Receipt> = {},
): Statement & { type: 'Receipt' } {
  const message = {
    party,
    dispatch,
    lots: lots.map((lot) => ({ lot, milligrams: 0n })),
    accepted: true,
    occurredAt: seconds() - 40,
    ...common,
    ...fields,
  };
  return { type: 'Receipt', message };
}

/** Signs a statement as its author. */
export async function signed(
  domain: Domain,
  statement: Statement,
  author: Account,
  witness: Witness = {},
): Promise<SignedStatement> {
  const signature = await sign(domain, statement, author.wallet);
  return { id: statementId(domain, statement), statement, signature, witness };
}

/** The lots that a signed production makes. */
export function lotsOf({ id, statement }: SignedStatement): (Birth & { lot: Hex })[] {
  return statement.type === 'Production' ? birthsOf(id, statement.message.outputs) : [];
}
