import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { STORY_DAYS } from '../../src/demo/book.ts';
import { figures } from '../../src/demo/figures.ts';
import { storyIndex } from '../../src/demo/ground.ts';
import { personas } from '../../src/demo/personas.ts';
import { actsOf, planStory, statementsOf } from '../../src/demo/plan.ts';
import { facilityKinds, processes } from '../../src/protocol/codes.ts';
import { type PairKey, pairKey, pairOf, sumContent } from '../../src/protocol/content.ts';
import { formProblems } from '../../src/protocol/form.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { birthsOf } from '../../src/protocol/lots.ts';
import { ledgerDomain, type Output, type Production, statementId } from '../../src/protocol/statements.ts';

const domain = ledgerDomain(31_337, `0x${'ab'.repeat(20)}`);
const ground = { domain, deployedAt: Date.UTC(2026, 10, 21) / 1000 };
const plan = planStory(ground);
const statements = statementsOf(plan);

test('the same ledger gives the same story, another ledger another one', () => {
  const elsewhere = planStory({ ...ground, domain: ledgerDomain(1, domain.verifyingContract) });
  expect(elsewhere.packs.A).not.toBe(plan.packs.A);
  const again = planStory(ground);
  expect(again).not.toBe(plan);
  expect(again).toEqual(plan);
});

test('it has the size that was asked for, and lies within its days', () => {
  expect(statements.length).toBeGreaterThanOrEqual(120);
  expect(statements.length).toBeLessThanOrEqual(220);
  const names = plan.steps.map((step) => step.name);
  expect(new Set(names).size).toBe(names.length);
  const times = statements.map(({ at }) => at);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(ground.deployedAt - STORY_DAYS * 86_400);
  expect(Math.max(...times)).toBeLessThanOrEqual(ground.deployedAt);
});

test('every organisation says that it is invented', () => {
  for (const { legalName } of Object.values(personas)) expect(legalName).toMatch(/\(invented\)/);
});

test('every statement is well-formed, and has the id that its step says', () => {
  for (const { name, id, statement } of statements) {
    expect(formProblems(statement), name).toEqual([]);
    expect(statementId(domain, statement), name).toBe(id);
  }
});

test('no milligram comes out that did not go in, lots are used once, and three packs are left over', () => {
  const { alive, born } = fold();
  for (const pack of Object.values(plan.packs)) {
    expect(alive.has(pack)).toBe(true);
    expect(born.get(pack)?.commodity).toBe(850_760);
    expect(born.get(pack)?.milligrams).toBe(400_000_000n);
  }
});

test('a pack holds what its figures say', () => {
  const { born } = fold();
  const grams = (pack: Hex, material: number): number =>
    (born.get(pack)?.content ?? [])
      .filter((entry) => entry.material === material)
      .reduce((sum, { milligrams }) => sum + Number(milligrams) / 1000, 0);
  for (const pack of Object.values(plan.packs)) {
    expect(grams(pack, 3)).toBeCloseTo(7_560, 2);
    expect(grams(pack, 25)).toBeCloseTo(12_000, 2);
    expect(grams(pack, 27)).toBeCloseTo(12_840, 2);
    expect(grams(pack, 28)).toBeCloseTo(38_460, 2);
    expect(grams(pack, 128)).toBeCloseTo(36_000, 2);
  }
});

test.each([
  ['in one year', ground.deployedAt],
  ['across a new year', Date.UTC(2027, 0, 20) / 1000],
])('%s, the registrar grants what originates', (_name, deployedAt) => {
  const at = planStory({ domain, deployedAt });
  const granted = new Map<string, bigint>();
  for (const { act } of actsOf(at)) {
    if (act.kind !== 'grant') continue;
    granted.set([act.facility, pairKey(act.material, act.recycled), act.year].join(' '), act.milligrams);
  }
  const used = new Map<string, bigint>();
  for (const { facility, pair, time, milligrams } of origins(at)) {
    const key = [facility, pair, new Date(time * 1000).getUTCFullYear()].join(' ');
    used.set(key, (used.get(key) ?? 0n) + milligrams);
  }
  expect(used.size).toBeGreaterThan(10);
  for (const [key, milligrams] of used)
    expect(granted.get(key) ?? 0n, key).toBeGreaterThanOrEqual(milligrams);
});

test('the packs are known before anything is loaded, each with its verdict', () => {
  expect(storyIndex(ground).map(({ lot, verdict }) => [lot, verdict])).toEqual([
    [plan.packs.A, 'meets'],
    [plan.packs.B, 'does not meet'],
    [plan.packs.C, 'not enough evidence'],
  ]);
});

test('the documentation lists every figure with its value and source', async () => {
  const text = await readFile(`${import.meta.dirname}/../../docs/story.md`, 'utf8');
  for (const { what, value, source } of Object.values(figures))
    expect(text).toContain(`| ${what} | ${value} | ${source} |`);
});

/** Folds the statements as the ledger does: what each names stands before it, and conserves. */
function fold(of = plan): { alive: Set<Hex>; born: Map<Hex, Output>; kinds: Map<Hex, number> } {
  const [alive, born] = [new Set<Hex>(), new Map<Hex, Output>()];
  const [kinds, heads] = [new Map<Hex, number>(), new Map<Hex, Hex>()];
  const productions = new Map<Hex, Production>();
  for (const { name, id, statement } of statementsOf(of)) {
    if (statement.type === 'Correction') {
      const { inputs, outputs } = productions.get(statement.message.production) as Production;
      for (const { lot } of birthsOf(statement.message.production, outputs)) {
        expect(heads.get(lot), name).toBe(lot);
        expect(alive.delete(lot), name).toBe(true);
        heads.delete(lot);
      }
      for (const { lot } of inputs) {
        alive.add(lot);
        heads.set(lot, id);
      }
    }
    if (statement.type === 'FacilityRegistration') kinds.set(id, statement.message.kind);
    if (statement.type === 'Dispatch') {
      for (const { lot, head } of statement.message.lots) {
        expect(heads.get(lot), name).toBe(head);
        heads.set(lot, id);
      }
    }
    if (statement.type === 'Receipt') {
      for (const { lot } of statement.message.lots) {
        expect(heads.get(lot), name).toBe(statement.message.dispatch);
        heads.set(lot, id);
      }
    }
    if (statement.type !== 'Production') continue;
    productions.set(id, statement.message);
    const { inputs, outputs, facility } = statement.message;
    for (const { lot, head } of inputs) {
      expect(heads.get(lot), name).toBe(head);
      expect(alive.delete(lot), name).toBe(true);
    }
    const went = inputs.map(({ lot }) => born.get(lot)?.content ?? []);
    if (inputs.length > 0) {
      const excess = excessOf(sumContent(went), sumContent(outputs.map((output) => output.content)));
      const mayConvert = kinds.get(facility) === facilityKinds.recycler;
      expect(mayConvert ? excess.unconvertible : excess.all, name).toEqual([]);
    }
    for (const { lot, output } of birthsOf(id, outputs)) {
      alive.add(lot);
      born.set(lot, output);
      heads.set(lot, lot);
    }
  }
  return { alive, born, kinds };
}

type Sums = Map<PairKey, bigint>;

function excessOf(went: Sums, came: Sums): { all: PairKey[]; unconvertible: PairKey[] } {
  const over = [...came]
    .filter(([pair, milligrams]) => milligrams > (went.get(pair) ?? 0n))
    .map(([pair]) => pair);
  const unconvertible = over.filter((pair) => {
    const { material, recycled } = pairOf(pair);
    const both = [pairKey(material, false), pairKey(material, true)];
    const sum = (of: Sums): bigint => both.reduce((total, key) => total + (of.get(key) ?? 0n), 0n);
    return !recycled || sum(came) > sum(went);
  });
  return { all: over, unconvertible };
}

/** What quotas are used for: extraction, collection, and conversion at recyclers. */
function* origins(
  of: typeof plan,
): Generator<{ facility: Hex; pair: PairKey; time: number; milligrams: bigint }> {
  const { born } = fold(of);
  for (const { statement } of statementsOf(of)) {
    if (statement.type !== 'Production') continue;
    const { process, facility, inputs, outputs, occurredAt: time } = statement.message;
    const came = sumContent(outputs.map((output) => output.content));
    const went = sumContent(inputs.map(({ lot }) => born.get(lot)?.content ?? []));
    const isOrigin = process === processes.extract || process === processes.collect;
    if (!isOrigin && process !== processes.recycle) continue;
    for (const [pair, milligrams] of came) {
      const more = milligrams - (went.get(pair) ?? 0n);
      if (more > 0n) yield { facility, pair, time, milligrams: more };
    }
  }
}
