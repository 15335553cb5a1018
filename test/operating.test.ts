import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../src/api/metrics.ts';
import { statementEvents } from '../src/api/statement-events.ts';

const DOCS = `${import.meta.dirname}/../docs`;

/** Kind by name, as `/metrics` declares them. */
let metrics: Map<string, string>;
let page: string;

beforeAll(async () => {
  const { text } = createMetrics({
    health: async () => ({
      ...{ status: 'ok', indexed: null, chainHead: null, finalized: null },
      ...{ lagBlocks: null, lagSeconds: null, outbox: null },
    }),
    duties: async () => ({ leads: false, isStuck: false, inFlight: 0, balance: null }),
    pool: () => ({ inUse: 0, idle: 0, waiting: 0 }),
  });
  const declared = [...(await text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  metrics = new Map(declared.map(([, name = '', kind = '']) => [name, kind]));
  page = await readFile(`${DOCS}/operating.md`, 'utf8');
});

/** The metrics that PromQL, or a page, speaks of; a histogram's series as the histogram. */
function namesIn(text: string): string[] {
  const names = text.match(/\b(lodebook|process|nodejs)_[a-z0-9_]+\b/g) ?? [];
  return [...new Set(names.map(familyOf))];
}

function familyOf(name: string): string {
  const family = name.replace(/_(bucket|sum|count)$/, '');
  return metrics.get(family) === 'histogram' ? family : name;
}

/** Parentheses that are open at the end. */
function depthOf(expression: string): number {
  return expression.split('(').length - expression.split(')').length;
}

function expectKnown(expressions: readonly string[]): void {
  for (const expression of expressions) {
    for (const name of namesIn(expression)) expect(metrics.has(name), `${name} in ${expression}`).toBe(true);
    for (const [, event] of expression.matchAll(/event="(\w+)"/g)) expect(statementEvents).toContain(event);
  }
}

describe('docs/operating.md', () => {
  test('names every metric of ours, and none that there is not', () => {
    const inTable = [...page.matchAll(/^\| `(lodebook_[a-z_]+)/gm)].map(([, name]) => name);
    const ours = [...metrics.keys()].filter((name) => name.startsWith('lodebook_'));
    expect(inTable.sort()).toEqual(ours.sort());
    for (const name of namesIn(page)) expect([...metrics.keys()]).toContain(name);
  });

  test('names every event of the log', () => {
    const section = /## Logs\n(.*?)\n## /s.exec(page)?.[1] ?? '';
    const inTable = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(inTable).toEqual([...statementEvents]);
  });

  test('says what to do about every alert', async () => {
    const inTable = [...page.matchAll(/^\| `(Lodebook[A-Za-z]+)/gm)].map(([, name]) => name);
    expect(inTable).toEqual((await readAlerts()).map(({ alert }) => alert));
  });
});

const alertFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Lodebook[A-Za-z]+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string() }),
        }),
      ),
    }),
  ),
});

async function readAlerts() {
  const file = alertFile.parse(parse(await readFile(`${DOCS}/dashboards/alerts.yml`, 'utf8')));
  return file.groups.flatMap(({ rules }) => rules);
}

describe('the alerts', () => {
  test('are rules as Prometheus reads them, each with a name of its own', async () => {
    const names = (await readAlerts()).map(({ alert }) => alert);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
  });

  test('ask for metrics that there are', async () => {
    const expressions = (await readAlerts()).map(({ expr }) => expr);
    expect(namesIn(expressions.join(' ')).length).toBeGreaterThan(10);
    expectKnown(expressions);
    for (const expression of expressions) expect(depthOf(expression), expression).toBe(0);
  });
});

const source = z.object({ type: z.literal('prometheus'), uid: z.literal(`\${datasource}`) });
const panel = z.object({
  id: z.int().positive(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  gridPos: z.object({
    h: z.int().positive(),
    w: z.int().min(1).max(24),
    x: z.int().min(0).max(23),
    y: z.int().min(0),
  }),
  targets: z.array(z.object({ refId: z.string(), datasource: source, expr: z.string() })).optional(),
});
/** What Grafana's import needs of a dashboard. */
const dashboard = z.object({
  uid: z.string().max(40),
  title: z.string().min(1),
  schemaVersion: z.int().min(36),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  time: z.object({ from: z.string(), to: z.string() }),
  panels: z.array(panel),
});

describe('the dashboard', () => {
  const read = async () =>
    dashboard.parse(JSON.parse(await readFile(`${DOCS}/dashboards/lodebook.json`, 'utf8')));

  test('is one that Grafana imports: panels with ids and places of their own, variables that it declares', async () => {
    const { panels, templating } = await read();
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const places = panels.map(({ gridPos: { x, y } }) => `${x},${y}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    const declared = templating.list.map(({ name }) => name);
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const used = expressions.flatMap((expr) => [...expr.matchAll(/\$(?!__)(\w+)/g)].map(([, name]) => name));
    expect(new Set(used)).toEqual(new Set(['job', 'instance']));
    expect(declared).toEqual(['datasource', 'job', 'instance']);
  });

  test('shows metrics that there are, and every one of ours', async () => {
    const { panels } = await read();
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expectKnown(expressions);
    const shown = namesIn(expressions.join(' ')).filter((name) => name.startsWith('lodebook_'));
    expect(shown.sort()).toEqual([...metrics.keys()].filter((name) => name.startsWith('lodebook_')).sort());
  });
});
