import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type StatementType, statementTypeNames } from '../protocol/statements.ts';
import type { PoolUse } from '../store/database.ts';
import type { Health } from './schemas/health.ts';
import { type StatementEvent, statementEvents } from './statement-events.ts';

/** What `/metrics` says, in Prometheus' text format, and what is counted as it happens. */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
  answered(labels: { method: string; route: string; status: string }, seconds: number): void;
  /** A statement that was sent here was answered with a problem. */
  refused(code: string): void;
  /** A statement that was accepted was closed, because the ledger refuses it. */
  rejected(code: string): void;
  statement(event: StatementEvent, type: StatementType): void;
  /** Blocks of the index that another branch of the chain replaced. */
  reorganized(depth: number): void;
  /** A transaction with that many statements was sent. */
  sent(statements: number): void;
  setBack(kind: string): void;
};

/** What this process does beside answering. In wei; null where it does not lead, or the chain is away. */
export type Duties = {
  readonly leads: boolean;
  readonly isStuck: boolean;
  readonly inFlight: number;
  readonly balance: bigint | null;
};

/** Where the gauges read from. They are read when someone asks, at most once per answer. */
export type MetricsSource = {
  health(): Promise<Health>;
  duties(): Promise<Duties>;
  pool(): PoolUse;
};

/** Metrics in a registry of their own. docs/operating.md lists each, with what to do when it is off. */
export function createMetrics(source: MetricsSource): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const readGauges = gaugesOf(registry, source);
  return {
    ...countersOf(registry),
    contentType: registry.contentType,
    text: async () => {
      await readGauges();
      return registry.metrics();
    },
  };
}

/** Gauges of what is the case now. @returns what sets them; NaN where nothing is known */
function gaugesOf(registry: Registry, source: MetricsSource): () => Promise<void> {
  const registers = [registry];
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const connections = new Gauge({
    name: 'lodebook_database_pool_connections',
    help: "Connections of this process's pool",
    labelNames: ['state'],
    registers,
  });
  const all = {
    lagBlocks: gauge('lodebook_index_lag_blocks', 'Blocks of the chain that the index does not have yet'),
    lagSeconds: gauge('lodebook_index_lag_seconds', "Between the index's newest block and the chain's"),
    block: gauge('lodebook_index_block', "Number of the index's newest block"),
    finalized: gauge(
      'lodebook_index_finalized_block',
      'Number of the newest block that can no longer change',
    ),
    open: gauge('lodebook_outbox_open', 'Accepted statements that are neither recorded nor rejected'),
    oldest: gauge('lodebook_outbox_oldest_seconds', 'Age of the oldest of them'),
    waiting: gauge('lodebook_database_pool_waiting', 'Queries that wait for a connection of the pool'),
    leader: gauge('lodebook_leader', 'Whether this process runs indexer and relay (1) or stands by (0)'),
    stuck: gauge('lodebook_index_refused', 'Whether the index refuses the chain, and needs the operator (1)'),
    inFlight: gauge('lodebook_relay_transactions_in_flight', 'Transactions that are sent and not mined'),
    balance: gauge('lodebook_relay_balance_wei', "The relayer's money; on the leader alone"),
  };
  return async () => {
    const [health, duties] = await Promise.all([source.health(), source.duties()]);
    const { inUse, idle, waiting } = source.pool();
    all.lagBlocks.set(health.lagBlocks ?? Number.NaN);
    all.lagSeconds.set(health.lagSeconds ?? Number.NaN);
    all.block.set(health.indexed?.number ?? Number.NaN);
    all.finalized.set(health.finalized ?? Number.NaN);
    all.open.set(health.outbox?.open ?? Number.NaN);
    all.oldest.set(health.outbox ? (health.outbox.oldestSeconds ?? 0) : Number.NaN);
    all.waiting.set(waiting);
    connections.set({ state: 'in-use' }, inUse);
    connections.set({ state: 'idle' }, idle);
    all.leader.set(Number(duties.leads));
    all.stuck.set(Number(duties.isStuck));
    all.inFlight.set(duties.inFlight);
    all.balance.set(duties.balance === null ? Number.NaN : Number(duties.balance));
  };
}

type Counters = Pick<
  Metrics,
  'answered' | 'refused' | 'rejected' | 'statement' | 'reorganized' | 'sent' | 'setBack'
>;

function countersOf(registry: Registry): Counters {
  const registers = [registry];
  const counter = <Label extends string>(
    name: string,
    help: string,
    ...labelNames: Label[]
  ): Counter<Label> => new Counter({ name, help, labelNames, registers });
  const events = eventsCounter(registry);
  const refused = counter(
    'lodebook_statements_refused_total',
    'Statements answered with a problem, by its code',
    'code',
  );
  const rejected = counter(
    'lodebook_statements_rejected_total',
    "Accepted statements that were closed as rejected, by the ledger's code",
    'code',
  );
  const setbacks = counter(
    'lodebook_relay_setbacks_total',
    'Statements that were sent and not recorded, by what happened; they are tried again',
    'kind',
  );
  const reorgs = counter('lodebook_reorgs_total', 'Rewinds of the index');
  const { latency, depth, batch } = histogramsOf(registry);
  return {
    answered: (labels, seconds) => latency.observe(labels, seconds),
    refused: (code) => refused.inc({ code }),
    rejected: (code) => rejected.inc({ code }),
    statement: (event, type) => events.inc({ event, type }),
    reorganized: (blocks) => {
      reorgs.inc();
      depth.observe(blocks);
    },
    sent: (statements) => batch.observe(statements),
    setBack: (kind) => setbacks.inc({ kind }),
  };
}

/** Every series is there from the start: a rate sees the first event only where there was a zero before. */
function eventsCounter(registry: Registry): Counter<'event' | 'type'> {
  const events = new Counter({
    name: 'lodebook_statement_events_total',
    help: 'What happened to statements: accepted, sent, recorded, final, rejected, dropped',
    labelNames: ['event', 'type'],
    registers: [registry],
  });
  for (const event of statementEvents) for (const type of statementTypeNames) events.inc({ event, type }, 0);
  return events;
}

function histogramsOf(registry: Registry) {
  const registers = [registry];
  return {
    latency: new Histogram({
      name: 'lodebook_http_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
      registers,
    }),
    depth: new Histogram({
      name: 'lodebook_reorg_depth_blocks',
      help: 'Blocks that a rewind took back',
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    }),
    batch: new Histogram({
      name: 'lodebook_relay_batch_statements',
      help: 'Statements in a transaction that was sent',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    }),
  };
}
