import type { Witness } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import { authorOf, type Receipt, type Statement } from '../../protocol/statements.ts';
import type { LotHeadNow, StatementOutbox } from '../../store/outbox.ts';
import { requireOwn, requireUnmoved } from './correction.ts';
import { type Dependencies, type NamedHead, pathOf } from './dependencies.ts';
import { refused } from './refused.ts';

/**
 * Whether a statement's author has the sites and the lots that it names, by the index and the accepted statements.
 *
 * The chain stops at the first thing that it does not know yet, and so says nothing of those after it. An accepted
 * statement keeps the heads that it names from all others: without this, anyone could name somebody else's lots after
 * a lot of his own that is not recorded yet, and nobody could move them until that is refused.
 *
 * @throws ProblemError with what the contract would say
 */
export async function requireCustody(
  outbox: StatementOutbox,
  { statement, witness }: { readonly statement: Statement; readonly witness: Witness },
  dependencies: Dependencies,
): Promise<void> {
  const { type, message } = statement;
  const { heads, lots } = dependencies;
  if (type === 'Production')
    await requireOperated(outbox, [
      { path: 'facility', facility: message.facility, party: message.custodian },
    ]);
  if (type === 'Dispatch')
    await requireOperated(outbox, [
      { path: 'from', facility: message.from, party: message.consignor },
      { path: 'to', facility: message.to, party: message.consignee },
    ]);
  if (type === 'Receipt') requireParty(message, witness);
  if (type === 'Correction') {
    requireOwn(message, witness);
    requireUnmoved(message, witness, { ...dependencies, judges: () => true });
  }
  const [party, judge] = [authorOf(statement), type === 'Receipt' ? requireInTransit : requireHeld];
  for (const [index, named] of heads.entries())
    judge({ ...named, present: lots.get(named.lot), party, path: pathOf(type, index) });
}

type Operated = { readonly path: string; readonly facility: Hex; readonly party: Hex };

async function requireOperated(outbox: StatementOutbox, sites: readonly Operated[]): Promise<void> {
  const operators = await outbox.operatorsOf(sites.map(({ facility }) => facility));
  for (const { path, facility, party } of sites) {
    const operator = operators.get(facility);
    if (operator === undefined) throw refused('FacilityUnknown', { facility }, `message.${path}`);
    if (operator !== party)
      throw refused('FacilityNotOperatedBy', { facility, operator, party }, `message.${path}`);
  }
}

/** The consignee, or the consignor who takes back. */
function requireParty({ party, accepted }: Receipt, { dispatched }: Witness): void {
  const isConsignee = party === dispatched?.consignee;
  if (isConsignee || (!accepted && party === dispatched?.consignor)) return;
  const args = { consignee: String(dispatched?.consignee), party };
  throw refused('ReceiptNotByConsignee', args, 'message.party');
}

type NamedLot = NamedHead & {
  readonly present: LotHeadNow | undefined;
  readonly party: Hex;
  readonly path: string;
};

function requireHeld({ lot, head, present, party, path }: NamedLot): void {
  if (!present) throw refused('LotUnknown', { lot }, path);
  const { status, custodian } = present;
  if (status === 'spent') throw refused('LotIsSpent', { lot }, path);
  if (status === 'void') throw refused('LotIsVoid', { lot }, path);
  if (status === 'in-transit') throw refused('LotIsInTransit', { lot }, path);
  if (custodian !== party) throw refused('LotNotHeldBy', { lot, custodian, party }, path);
  if (present.head !== head) throw refused('HeadStale', { lot, expected: present.head, got: head }, path);
}

/** `head`: the dispatch that the receipt names. */
function requireInTransit({ lot, head, present, path }: NamedLot): void {
  if (!present) throw refused('LotUnknown', { lot }, path);
  if (present.status === 'in-transit' && present.head === head) return;
  throw refused('DispatchNotHead', { lot, head: present.head, dispatch: head }, path);
}
