import { type Scope, scopes } from '../../protocol/codes.ts';
import type { JsonValue } from '../../protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { Book } from '../book.ts';
import { file, type Papers } from '../documents.ts';
import type { Delegating, Observing } from '../drafts.ts';
import type { KeyName, PersonaName } from '../personas.ts';

/** Delegations run until long after the story. */
const DELEGATED_UNTIL_DAYS_AGO = -180;
/** The second key of a party. */
const SECOND = 2;

/** A party lets another key sign for it. */
export function delegate(book: Book, { party, delegate: key, scope, daysAgo }: Delegating): void {
  const at = book.time(daysAgo);
  const message = {
    party: book.address(party),
    delegate: book.address(key),
    scope: scope.reduce((sum, term: Scope) => sum + scopes[term], 0),
    validUntil: book.time(DELEGATED_UNTIL_DAYS_AGO),
    issuedAt: at,
    recordBy: book.recordBy,
  };
  book.sign(
    { name: `${party} delegates to ${key}`, persona: party, at },
    { type: 'Delegation', message },
    [],
  );
}

/** A party puts its second key in the place of its first, which signs that as its last act. */
export function replaceKey(book: Book, party: PersonaName, key: KeyName, daysAgo: number): void {
  const at = book.time(daysAgo);
  book.signsWith(party, key, at);
  const message = {
    party: book.address(party),
    key: book.address(key),
    number: SECOND,
    recordBy: book.recordBy,
  };
  book.sign(
    { name: `${party} replaces its key`, persona: party, at },
    { type: 'KeyReplacement', message },
    [],
  );
}

/**
 * A device writes its log on a subject: each part of the readings is an observation that names the one before it. The
 * readings are shown, each a field that can be proven alone.
 */
export function observe(book: Book, subject: Hex, parts: readonly Observing[]): void {
  let previous = ZERO_BYTES32;
  for (const { name, observer, device, readings } of parts) {
    const times = readings.map(({ daysAgo }) => book.time(daysAgo));
    const papers = papersOf(times, readings);
    const filed = file(name, papers);
    const [from, until] = [Math.min(...times), Math.max(...times)];
    const message = {
      observer: book.address(observer),
      device: book.address(device),
      subject,
      previous,
      root: filed.root,
      count: readings.length,
      from,
      until,
      evidence: ZERO_BYTES32,
      recordBy: book.recordBy,
    };
    const signing = { name, persona: observer, at: until, signedBy: device };
    previous = book.sign(signing, { type: 'Observation', message }, [filed]);
  }
}

function papersOf(times: readonly number[], readings: Observing['readings']): Papers {
  const fields = readings.map(({ fields }, index): [string, JsonValue] => [
    `readings[${index}]`,
    { time: new Date((times[index] ?? 0) * 1000).toISOString(), ...fields },
  ]);
  return { fields: Object.fromEntries(fields) };
}
