import { describe, expect, test } from 'vitest';
import { blocksOfSteps, factsIn } from '../../bench/network/blocks.ts';
import { NetworkChain, prepareBlock } from '../../bench/network/chain.ts';
import { planNetwork } from '../../bench/network/plan.ts';
import { auditorsOf, auditsOf, END, sitesOf } from '../../bench/network/sites.ts';
import { indexNetwork } from '../../bench/network/store.ts';
import type { Step } from '../../bench/network/voice.ts';
import { decodeLog } from '../../src/chain/decode.ts';
import { ledgerDomain } from '../../src/protocol/statements.ts';
import { rollDice } from '../model/draw/dice.ts';
import { MemoryIndex } from '../support/memory-index.ts';

const LOTS = 120;
const domain = ledgerDomain(31_337, `0x${'ab'.repeat(20)}`);
const planOf = (seed: number): Step[] => [...planNetwork({ lots: LOTS, seed, sites: 10 }, domain)];

describe('a network', () => {
  test('is the same for a seed, and another for another', () => {
    expect(planOf(7)).toEqual(planOf(7));
    expect(planOf(7)).not.toEqual(planOf(8));
  });

  test('has as many lots as it was asked for, in the order of time', () => {
    const steps = planOf(1);
    expect(Math.abs(factsIn(steps).births - LOTS)).toBeLessThan(LOTS / 5);
    const times = [...blocksOfSteps(steps)].map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('audits half of its sites year by year, and one in ten with a gap', () => {
    const dice = rollDice(3);
    const sites = sitesOf(40, dice);
    const audits = auditsOf(sites, auditorsOf(), dice);
    const gapsOf = (site: (typeof sites)[number]): boolean[] => {
      const own = audits.filter((audit) => audit.site === site);
      return own.slice(1).map(({ at }, index) => at > (own[index]?.until ?? 0));
    };
    const untilTheEnd = sites.filter((site) =>
      audits.some((audit) => audit.site === site && audit.until >= END),
    );
    expect(untilTheEnd.length).toBeGreaterThanOrEqual(sites.length / 2);
    expect(sites.filter((site) => gapsOf(site).includes(true))).toHaveLength(sites.length / 10);
  });
});

test('a chain takes every step of a network, and says what the plan says', async () => {
  const chain = await NetworkChain.open();
  try {
    const plan = planNetwork({ lots: LOTS, seed: 5, sites: 10 }, ledgerDomain(31_337, chain.ledger));
    for (const block of blocksOfSteps(plan)) {
      const { header, logs } = await chain.write(prepareBlock(block));
      expect(Number(header.timestamp)).toBe(block.time);
      const told = logs.map(decodeLog).map((event) => event && { ...event, signature: null });
      expect(told).toEqual(block.steps.map((step) => ({ ...plannedEvent(step), signature: null })));
    }
  } finally {
    await chain.close();
  }
});

function plannedEvent(step: Step): object {
  if (step.kind === 'act') return step.event;
  const { id, statement, author } = step;
  return { kind: 'statement', id, statement, signer: author.address };
}

test('an index takes a network without a chain', async () => {
  const index = new MemoryIndex();
  const { facts, head } = await indexNetwork(index, { lots: LOTS, seed: 5, sites: 10 });
  expect(index.blocks.at(-1)?.number).toBe(head);
  expect(index.final).toBe(head);
  const statements = index.blocks.flatMap(({ events }) => events).map(({ event }) => event);
  const births = statements.flatMap((event) =>
    event.kind === 'statement' && event.statement.type === 'Production'
      ? event.statement.message.outputs
      : [],
  );
  expect(births).toHaveLength(facts.births);
});
