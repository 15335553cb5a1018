import type { Witness } from '../src/chain/witness.ts';
import { signStatement } from '../src/client/sign.ts';
import { facilityKinds, processes, transportModes } from '../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../src/protocol/hex.ts';
import { birthsOf } from '../src/protocol/lots.ts';
import type { Dispatch, Domain, Production, Statement } from '../src/protocol/statements.ts';
import { type Account, account } from './chain.ts';

/** A signed statement, and what the contract wants to see beside it. */
export type Ready = {
  readonly id: Hex;
  readonly statement: Statement;
  readonly signature: Hex;
  readonly witness: Witness;
};

/** What happens to one lot, in order: each statement extends the one before. */
export type Life = readonly Ready[];

const COBALT = 27;
const DAY = 86_400;
const paper = () => ({ evidence: ZERO_BYTES32, recordBy: now() + DAY });
const now = () => Math.floor(Date.now() / 1000);

export const seller: Account = account('seller');
export const buyer: Account = account('buyer');

/** The sites of the two who trade. */
export async function sitesOf(domain: Domain): Promise<[Ready, Ready]> {
  const site = ({ address }: Account): Statement => ({
    type: 'FacilityRegistration',
    message: { operator: address, kind: facilityKinds.storage, country: 180, ...paper() },
  });
  return [await ready(domain, site(seller), seller), await ready(domain, site(buyer), buyer)];
}

/** Lots of one drum each: declared by the seller, sent, and received by the buyer: three statements a lot. */
export async function tradesOf(domain: Domain, count: number, sites: readonly [Hex, Hex]): Promise<Life[]> {
  const lives: Life[] = [];
  for (let drum = 0; drum < count; drum += 1) lives.push(await trade(domain, drum, sites));
  return lives;
}

async function trade(domain: Domain, drum: number, [from, to]: readonly [Hex, Hex]): Promise<Life> {
  const at = now() - DAY;
  const milligrams = 200_000_000n + BigInt(drum);
  const content = [{ material: COBALT, recycled: false, milligrams: milligrams / 2n }];
  const message: Production = {
    ...{ custodian: seller.address, facility: from, process: processes.declare, custodyModel: 2, inputs: [] },
    outputs: [{ commodity: 260_500, milligrams, content, evidence: ZERO_BYTES32 }],
    ...{ occurredAt: at, ...paper() },
  };
  const made = await ready(domain, { type: 'Production', message }, seller);
  const lot = birthsOf(made.id, message.outputs)[0]?.lot as Hex;
  const dispatched: Dispatch = {
    ...{ consignor: seller.address, consignee: buyer.address, lots: [{ lot, head: lot }], from, to },
    ...{ mode: transportModes.road, recallFrom: at + DAY, occurredAt: at + 60, ...paper() },
  };
  const sent = await ready(domain, { type: 'Dispatch', message: dispatched }, seller);
  const received = {
    ...{ party: buyer.address, dispatch: sent.id, lots: [{ lot, milligrams: 0n }], accepted: true },
    ...{ occurredAt: at + 120, ...paper() },
  };
  const got = await ready(domain, { type: 'Receipt', message: received }, buyer, { dispatched });
  return [made, sent, got];
}

async function ready(
  domain: Domain,
  statement: Statement,
  { wallet }: Account,
  witness: Witness = {},
): Promise<Ready> {
  const { id, signature } = await signStatement(wallet, domain, statement);
  return { id, statement, signature, witness };
}
