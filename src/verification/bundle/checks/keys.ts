import type { Hex } from '../../../protocol/hex.ts';
import type { Book, Placed, Said } from '../book.ts';
import { pathOf } from '../book.ts';
import type { Explored } from '../explore.ts';
import type { Report } from '../problems.ts';
import { delegationWord, partyWord, slots } from '../slots.ts';

/** A key of a party, from `position` on. `number` is 1 for the one that it was admitted with. */
type Key = { readonly key: Hex; readonly number: number; readonly position: number };

/** Who could sign for whom, and when. */
export type KeyBook = {
  keyAt(party: Hex, placed: Placed): Key;
  /** The last delegation to an account before a record, with the number of the key that signed it. */
  delegationAt(
    party: Hex,
    delegate: Hex,
    placed: Placed,
  ): { readonly said: Said<'Delegation'>; readonly keyNumber: number } | undefined;
};

/** Follows each party's keys through the records: its replacements, and the registrar's proposals that took effect. */
export function keyBookOf(book: Book): KeyBook {
  const changes = [
    ...book.all('KeyReplacement').map(({ position, statement: { message } }) => ({ ...message, position })),
    ...book.acts.flatMap(({ position, act }) =>
      act.type === 'KeyProposalCompleted' ? [{ ...act, position }] : [],
    ),
  ].sort((a, b) => a.position - b.position);
  const byParty = Map.groupBy(changes, ({ party }) => party);
  const delegations = Map.groupBy(book.all('Delegation'), ({ statement: { message } }) =>
    pair(message.party, message.delegate),
  );
  const keyAt = (party: Hex, { position }: Placed): Key =>
    byParty.get(party)?.findLast((change) => change.position < position) ?? {
      key: party,
      number: 1,
      position: -1,
    };
  return {
    keyAt,
    delegationAt: (party, delegate, { position }) => {
      const said = delegations.get(pair(party, delegate))?.findLast((one) => one.position < position);
      return said && { said, keyNumber: keyAt(party, said).number };
    },
  };
}

/** Each party's keys, as the records tell them, end in the one that the ledger's state holds. */
export function checkKeys({ book, word }: Explored, keys: KeyBook, report: Report): void {
  const end = { position: book.contents.records.length, block: 0, recordedAt: 0 };
  const authors = new Set(
    book.said.map(({ statement }) => partyOf(statement)).filter((party) => party !== null),
  );
  for (const party of authors) {
    const proven = partyWord(word(slots.party(party)));
    const { key, number } = keys.keyAt(party, end);
    if (proven.key !== key || proven.keyNumber !== number)
      report(
        'key-unproven',
        'records',
        `party ${party} has the key ${proven.key}, number ${proven.keyNumber}, and the records end in ${key}, number ${number}`,
      );
  }
  checkNumbers(book, keys, report);
  for (const said of book.all('Delegation')) checkDelegation({ book, word }, keys, said, report);
}

function checkNumbers(book: Book, keys: KeyBook, report: Report): void {
  const replaced = book.all('KeyReplacement').map((said) => ({ placed: said, ...said.statement.message }));
  const completed = book.acts.flatMap((placed) =>
    placed.act.type === 'KeyProposalCompleted' ? [{ placed, ...placed.act }] : [],
  );
  for (const { placed, party, number } of [...replaced, ...completed]) {
    const expected = keys.keyAt(party, placed).number + 1;
    if (number !== expected)
      report('key-unproven', pathOf(placed, 'number'), `expected key number ${expected}, got ${number}`);
  }
}

type Words = Pick<Explored, 'book' | 'word'>;

/** The last delegation to an account is the one that the ledger's state holds. */
function checkDelegation(
  { book, word }: Words,
  keys: KeyBook,
  said: Said<'Delegation'>,
  report: Report,
): void {
  const { party, delegate, scope, validUntil, issuedAt } = said.statement.message;
  const end = { position: book.contents.records.length, block: 0, recordedAt: 0 };
  const last = keys.delegationAt(party, delegate, end);
  if (last?.said !== said) return;
  const proven = delegationWord(word(slots.delegation(party, delegate)));
  const same =
    proven.scope === scope &&
    proven.validUntil === validUntil &&
    proven.issuedAt === issuedAt &&
    proven.keyNumber === last.keyNumber;
  if (!same)
    report(
      'delegation-unproven',
      pathOf(said),
      `the ledger holds another delegation of ${party} to ${delegate}`,
    );
}

/** Whose keys have to be known; a revocation's author may be the registrar, who is no party. */
export function partyOf({ type, message }: Said['statement']): Hex | null {
  switch (type) {
    case 'FacilityRegistration':
      return message.operator;
    case 'Production':
      return message.custodian;
    case 'Dispatch':
      return message.consignor;
    case 'Observation':
      return message.observer;
    case 'Attestation':
      return message.auditor;
    case 'Correction':
      return message.author;
    case 'Revocation':
      return null;
    default:
      return message.party;
  }
}

function pair(party: Hex, delegate: Hex): string {
  return `${party} ${delegate}`;
}
