import { recoverAddress } from 'ethers/transaction';
import { type Scope, scopes } from '../../src/protocol/codes.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import {
  authorFields,
  type LotHead,
  type StatementType,
  type Struct,
} from '../../src/protocol/statements.ts';
import type { Emitted } from './acts.ts';
import { joined } from './book.ts';
import type { Fold } from './fold.ts';
import type { Keyring } from './keyring.ts';
import { CLOCK_SKEW, MAX_AGE } from './rules/authority.ts';

/** The invariants of contracts/README.md that hold at each event, told from it and from the events before it alone. */
export type Watch = {
  /** @param fold the events before  @returns what does not hold, each with its number */
  check(fold: Fold, event: Emitted, time: number): string[];
};

type Message = Readonly<Record<string, unknown>>;
type Recorded = {
  readonly type: StatementType;
  readonly id: Hex;
  readonly message: Message;
  readonly signer: Hex;
  readonly signature: Hex;
};
type Rule = (fold: Fold, event: Recorded, time: number) => string[];

/** Recovering a key takes a millisecond: one signature of so many is recovered again. */
const RECOVER_EVERY = 20;

export function openWatch(keyring: Keyring): Watch {
  const seen = new Set<Hex>();
  let recorded = 0;
  return {
    check(fold, { name, args }, time) {
      if (!name.endsWith('Recorded')) return [];
      const type = name.replace(/Recorded$/, '') as StatementType;
      const { id, statement, signer, signature } = args as Record<'id' | 'signer' | 'signature', Hex> & {
        statement: Message;
      };
      const event = { type, id, message: statement, signer, signature };
      const offences = RULES.flatMap((rule) => rule(fold, event, time));
      if (seen.has(id)) offences.push(`I9: ${id} occurs in two events`);
      seen.add(id);
      recorded += 1;
      const isPair = !keyring.contracts.has(signer);
      if (recorded % RECOVER_EVERY === 0 && isPair && hex(recoverAddress(id, signature)) !== signer)
        offences.push(`I8: ${signer} did not sign ${id}`);
      return offences;
    },
  };
}

const kebab = (type: StatementType): Scope =>
  type.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase() as Scope;

/** I8: by the party's key, or a delegate in force whose scope has the type; by the date that the statement sets. */
const authority: Rule = ({ book }, { type, id, message, signer }, time) => {
  const author = message[authorFields[type]] as Hex;
  const party = book.parties.get(author);
  const late = (message.recordBy as number) < time ? [`I8: ${id} was recorded after its date`] : [];
  if (party === undefined && type === 'Revocation') return late;
  const delegation = book.delegations.get(joined(author, signer));
  const isDelegate =
    delegation !== undefined &&
    delegation.validUntil > time &&
    delegation.keyNumber === party?.keyNumber &&
    (delegation.scope & (scopes[kebab(type)] ?? 0)) !== 0;
  const isRegistrar = type === 'Revocation' && signer === author;
  const isEntitled = signer === party?.key || isDelegate || isRegistrar;
  return isEntitled ? late : [...late, `I8: ${signer} signed ${id} for ${author}`];
};

function lotsNamed({ type, message }: Recorded): readonly LotHead[] {
  if (type === 'Production') return (message as unknown as Struct<'Production'>).inputs;
  return type === 'Dispatch' ? (message as unknown as Struct<'Dispatch'>).lots : [];
}

/** I6: what a statement names was the lot's head. */
const oneHead: Rule = ({ book }, event) =>
  lotsNamed(event).flatMap(({ lot, head }) =>
    book.lots.get(lot)?.head === head
      ? []
      : [`I6: ${event.id} names ${head} of lot ${lot}, which is not its head`],
  );

/** I5: only the custodian sends a lot, only the consignee takes it. */
const oneCustodian: Rule = ({ book, archive }, event) => {
  const { custodian, consignor, party, accepted, dispatch } = event.message as Record<string, Hex>;
  const strange = lotsNamed(event).filter(
    ({ lot }) => book.lots.get(lot)?.custodian !== (custodian ?? consignor),
  );
  const offences = strange.map(({ lot }) => `I5: ${event.id} is not by the custodian of ${lot}`);
  if (event.type === 'Receipt' && accepted && archive.dispatches.get(dispatch as Hex)?.consignee !== party)
    offences.push(`I5: ${event.id} is not by the consignee`);
  return offences;
};

/** I7: a lot's time never runs back, and nothing is dated far from when it was recorded. */
const timely: Rule = ({ book, archive }, { type, id, message }, time) => {
  const { occurredAt } = message as { occurredAt?: number };
  if (occurredAt === undefined) return [];
  const isFar = occurredAt < time - MAX_AGE || occurredAt > time + CLOCK_SKEW;
  const offences = isFar ? [`I7: ${id} happened at ${occurredAt} and was recorded at ${time}`] : [];
  const named =
    type === 'Correction' ? archive.productions.get(message.production as Hex)?.inputs : undefined;
  const lots = (named ?? message.inputs ?? message.lots ?? []) as readonly { lot: Hex }[];
  for (const { lot } of lots)
    if ((book.lots.get(lot)?.occurredAt ?? 0) > occurredAt)
      offences.push(`I7: ${id} lies before the last event of ${lot}`);
  return offences;
};

/** I10: an attestation's end only moves earlier. */
const ends: Rule = ({ book }, { type, id, message }) => {
  if (type !== 'Revocation') return [];
  const { endsAt = 0 } = book.attestations.get(message.attestation as Hex) ?? {};
  return (message.effectiveAt as number) < endsAt ? [] : [`I10: ${id} does not end its attestation earlier`];
};

const RULES: readonly Rule[] = [authority, oneHead, oneCustodian, timely, ends];
