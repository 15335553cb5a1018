import type { Logger } from 'pino';
import type { Hex } from '../protocol/hex.ts';
import { birthsOf } from '../protocol/lots.ts';
import type { Statement, StatementType } from '../protocol/statements.ts';
import type { Metrics } from './metrics.ts';

/**
 * What may happen to a statement, each written as one line of the log.
 * - `accepted`: it is in the outbox
 * - `sent`: a transaction with it is on its way
 * - `recorded`: a block that the index holds has it, whoever sent it
 * - `final`: that block can no longer change
 * - `rejected`: the ledger refuses it, and it is closed
 * - `dropped`: a reorganisation took its block away. From the outbox, it is sent again
 */
export const statementEvents = ['accepted', 'sent', 'recorded', 'final', 'rejected', 'dropped'] as const;
export type StatementEvent = (typeof statementEvents)[number];

/** What the log says of a statement: ids alone. `about`: the dispatch, production, subject or attestation that it names. */
export type Described = {
  readonly id: Hex;
  readonly type: StatementType;
  readonly lots: readonly Hex[];
  readonly about?: Hex;
};

/** Where it happened, and why. */
export type Circumstances = {
  readonly block?: number;
  readonly transaction?: Hex;
  readonly code?: string;
};

/** Writes and counts what happens to statements. */
export interface StatementTeller {
  describe(id: Hex, statement: Statement): Described;
  tell(event: StatementEvent, described: Described, circumstances?: Circumstances): void;
}

export function createTeller(
  logger: Logger,
  metrics: Pick<Metrics, 'statement' | 'rejected'>,
): StatementTeller {
  return {
    describe: (id, statement) => {
      // Lot ids cost hashing. The one event above `info` is rare, and does without them where nobody reads `info`.
      const lots = logger.isLevelEnabled('info') ? lotsOf(id, statement) : [];
      const about = aboutOf(statement);
      return { id, type: statement.type, lots, ...(about && { about }) };
    },
    tell: (event, described, circumstances = {}) => {
      metrics.statement(event, described.type);
      if (event === 'rejected') metrics.rejected(circumstances.code ?? 'unknown');
      const level = event === 'dropped' ? 'warn' : 'info';
      logger[level]({ event, ...described, ...circumstances }, `statement ${event}`);
    },
  };
}

/** The lots that a statement makes, spends or moves. */
function lotsOf(id: Hex, { type, message }: Statement): Hex[] {
  if (type === 'Dispatch' || type === 'Receipt') return message.lots.map(({ lot }) => lot);
  if (type !== 'Production') return [];
  const made = birthsOf(id, message.outputs).map(({ lot }) => lot);
  return [...message.inputs.map(({ lot }) => lot), ...made];
}

function aboutOf({ type, message }: Statement): Hex | undefined {
  if (type === 'Receipt') return message.dispatch;
  if (type === 'Correction') return message.production;
  if (type === 'Observation' || type === 'Attestation') return message.subject;
  return type === 'Revocation' ? message.attestation : undefined;
}
