import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { StatementType } from '../protocol/statements.ts';
import type { Health } from './schemas/health.ts';

/** What `/metrics` says, in Prometheus' text format, and the two things that are counted as they happen. */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
  answered(labels: { method: string; route: string; status: string }, seconds: number): void;
  reorganized(): void;
};

/** Where the gauges read from. They are read when someone asks, at most once per answer. */
export type MetricsSource = {
  health(): Promise<Health>;
  statementsByType(): Promise<Readonly<Partial<Record<StatementType, number>>>>;
};

/** Metrics in a registry of their own. */
export function createMetrics(source: MetricsSource): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const lagBlocks = gauge(
    'lodebook_index_lag_blocks',
    'Blocks of the chain that the index does not have yet',
  );
  const lagSeconds = gauge('lodebook_index_lag_seconds', "Between the index's newest block and the chain's");
  const open = gauge('lodebook_outbox_open', 'Accepted statements that are neither recorded nor rejected');
  const age = gauge('lodebook_outbox_oldest_seconds', 'Age of the oldest of them');
  const statements = new Gauge({
    name: 'lodebook_statements',
    help: 'Recorded statements',
    labelNames: ['type'],
    registers,
  });
  const latency = new Histogram({
    name: 'lodebook_http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers,
  });
  const reorgs = new Counter({ name: 'lodebook_reorgs_total', help: 'Rewinds of the index', registers });
  const read = async (): Promise<void> => {
    const [health, byType] = await Promise.all([source.health(), source.statementsByType()]);
    lagBlocks.set(health.lagBlocks ?? Number.NaN);
    lagSeconds.set(health.lagSeconds ?? Number.NaN);
    open.set(health.outbox?.open ?? Number.NaN);
    age.set(health.outbox?.oldestSeconds ?? 0);
    for (const [type, count] of Object.entries(byType)) statements.set({ type }, count);
  };
  return {
    contentType: registry.contentType,
    text: async () => {
      await read();
      return registry.metrics();
    },
    answered: (labels, seconds) => latency.observe(labels, seconds),
    reorganized: () => reorgs.inc(),
  };
}
