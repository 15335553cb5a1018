import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { Book, Said } from './book.ts';

/** All that a bundle's records say of one subject, in the order of the ledger. */
export type Trail = {
  /** Attestations, revocations and the first observation of each log: what joins the ledger's trail. */
  readonly joined: readonly Said[];
  readonly attestations: readonly Said<'Attestation'>[];
};
export type Trails = {
  on(subject: Hex): Trail;
  revocationsOf(attestation: Hex): readonly Said<'Revocation'>[];
};

/** What one device of one observer saw of one subject, in the order of the ledger. */
export type Log = {
  readonly observer: Hex;
  readonly device: Hex;
  readonly subject: Hex;
  readonly observations: readonly Said<'Observation'>[];
};
export type Logs = { on(subject: Hex): readonly Log[] };

const NOTHING: Trail = { joined: [], attestations: [] };

/** The trails of every subject. A revocation is of the subject of what it revokes. */
export function trailsIn(book: Book): Trails {
  const trails = new Map<Hex, { joined: Said[]; attestations: Said<'Attestation'>[] }>();
  const subjects = new Map<Hex, Hex>();
  const on = (subject: Hex) => {
    const known = trails.get(subject) ?? { joined: [], attestations: [] };
    trails.set(subject, known);
    return known;
  };
  for (const said of book.said) {
    const { statement, id } = said;
    if (statement.type === 'Attestation') {
      const { subject } = statement.message;
      subjects.set(id, subject);
      on(subject).joined.push(said);
      on(subject).attestations.push(said as Said<'Attestation'>);
    } else if (statement.type === 'Revocation') {
      const subject = subjects.get(statement.message.attestation);
      if (subject !== undefined) on(subject).joined.push(said);
    } else if (statement.type === 'Observation' && statement.message.previous === ZERO_BYTES32)
      on(statement.message.subject).joined.push(said);
  }
  const revocations = Map.groupBy(book.all('Revocation'), ({ statement }) => statement.message.attestation);
  return {
    on: (subject) => trails.get(subject) ?? NOTHING,
    revocationsOf: (attestation) => revocations.get(attestation) ?? [],
  };
}

/** The logs on every subject, in the order in which they began. */
export function logsIn(book: Book): Logs {
  const logs = Map.groupBy(book.all('Observation'), ({ statement: { message } }) =>
    [message.observer, message.device, message.subject].join(' '),
  );
  const all = [...logs.values()].map((observations): Log => {
    const { observer, device, subject } = (observations[0] as Said<'Observation'>).statement.message;
    return { observer, device, subject, observations };
  });
  const bySubject = Map.groupBy(all, ({ subject }) => subject);
  return { on: (subject) => bySubject.get(subject) ?? [] };
}
