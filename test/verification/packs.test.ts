import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import type { History } from '../../src/provenance/history.ts';
import { certificateJson } from '../../src/verification/certificate.ts';
import { certify } from '../../src/verification/certify.ts';
import {
  euBatteriesDueDiligence,
  euBatteriesRecycledContent,
} from '../../src/verification/policies/eu-batteries.ts';
import { euConflictMinerals } from '../../src/verification/policies/eu-conflict-minerals.ts';
import { euCriticalRawMaterials } from '../../src/verification/policies/eu-critical-raw-materials.ts';
import { shippedPolicies } from '../../src/verification/policies/shipped.ts';
import { usFeoc } from '../../src/verification/policies/us-feoc.ts';
import { type Policy, policyHash, policyJson } from '../../src/verification/policy.ts';
import { primary } from '../provenance/builder.ts';
import { expectActionable } from './actionable.ts';
import { cobalt, FINLAND, highRisk } from './story.ts';

const CHINA = 156;
const asOf = (history: History, time: number): History => ({ ...history, asOf: { ...history.asOf, time } });
const answers = (history: History, policy: Policy) =>
  Object.fromEntries(certify(history, policy).rules.map(({ id, answer }) => [id, answer]));

describe('the policies that ship', () => {
  const all = shippedPolicies([highRisk]);

  test('are what the schema says, each by an id and a hash of its own, the OECD’s first', () => {
    for (const policy of all) expect(policyJson.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
    expect(all.map(({ id }) => id)).toEqual([
      ...['oecd-due-diligence', 'eu-conflict-minerals', 'eu-batteries-due-diligence'],
      ...['eu-batteries-recycled-content', 'eu-critical-raw-materials', 'us-feoc'],
    ]);
    expect(new Set(all.map(policyHash)).size).toBe(all.length);
  });

  test('name clause and source of each rule', () => {
    for (const { rules } of all)
      for (const { clause, source } of rules) expect([clause, source]).not.toContain('');
  });

  test('give findings that a person can act on, of a lot with nothing in order', () => {
    const { builder, lot, refinery } = cobalt({ mineCountry: CHINA, mineAudit: null, smelterAudit: null });
    const [stock] = builder.make(refinery, {
      process: 'declare',
      outputs: [[primary(27, 100n)]],
      day: 31,
    }) as [Hex];
    const blended = {
      process: 'blend',
      inputs: [lot, stock],
      outputs: [[primary(27, 1_000n)]],
      day: 32,
    } as const;
    const [blend] = builder.make(refinery, {
      ...blended,
      inputs: [lot, stock],
      outputs: [[primary(27, 1_000n)]],
    }) as [Hex];
    for (const policy of all) {
      const certificate = certify(builder.history(blend), policy);
      expect(certificateJson.parse(JSON.parse(JSON.stringify(certificate)))).toEqual(certificate);
      expect([policy.id, certificate.verdict]).not.toContain('meets');
      expect(certificate.findings.length).toBeGreaterThan(0);
      expectActionable(certificate, policy);
    }
  });
});

describe('EU 2017/821', () => {
  const tin = (milligrams: bigint, commodity = 260_900) => {
    const { builder, history, lot, ...story } = cobalt();
    for (const [id, one] of builder.lots)
      builder.lots.set(id, {
        ...one,
        commodity,
        milligrams,
        content: [primary(50, one.content[0]?.milligrams ?? 0n)],
      });
    return { ...story, builder, history };
  };

  test('asks tin for its origin, smelter and mine, and meets where they are in order', () => {
    const certificate = certify(tin(1_000n).history(), euConflictMinerals([highRisk]));
    expect(certificate.verdict).toBe('meets');
    expect(certify(cobalt().history(), euConflictMinerals([highRisk])).verdict).toBe('not enough evidence');
  });

  test('shows the yearly threshold without counting it', () => {
    const summaryOf = (milligrams: bigint, commodity?: number) =>
      certify(tin(milligrams, commodity).history(), euConflictMinerals([highRisk])).rules[0]?.summary;
    const tonnes = 1_000_000_000n;
    expect(summaryOf(5n * tonnes)).toMatch(/^An indicator, which does not count: meets\./);
    expect(summaryOf(5n * tonnes + 1n)).toMatch(/does not count: does not meet\. .* the limit is 5 t a year/);
    expect(summaryOf(1n, 282_590)).toMatch(/does not count: not enough evidence/);
    expect(summaryOf(1n, 800_110)).toMatch(/does not count: not enough evidence/);
  });
});

describe('EU Batteries Regulation', () => {
  const applies = Date.UTC(2027, 7, 18) / 1000;

  test('due diligence counts from the first second of 18 August 2027, and is shown before', () => {
    const { history } = cobalt({ smelterAudit: null });
    const policy = euBatteriesDueDiligence([highRisk]);
    const before = answers(asOf(history(), applies - 1), policy);
    expect(before['smelters-audited-beforehand']).toBe('not judged');
    expect(before['smelters-audited']).toBeUndefined();
    const after = answers(asOf(history(), applies), policy);
    expect(after['smelters-audited']).toBe('not enough evidence');
    expect(after['smelters-audited-beforehand']).toBeUndefined();
    expect(certify(asOf(cobalt().history(), applies), policy).verdict).toBe('meets');
  });

  test('recycled shares are indicators, of 2031 and of 2036 until each is replaced', () => {
    const at = (year: number, second: number) =>
      Object.keys(
        answers(asOf(cobalt().history(), Date.UTC(year, 7, 18) / 1000 + second), euBatteriesRecycledContent),
      );
    expect(at(2031, -1)).toEqual(['recycled-content-2031-beforehand', 'recycled-content-2036-beforehand']);
    expect(at(2031, 0)).toEqual(['recycled-content-2031', 'recycled-content-2036-beforehand']);
    expect(at(2036, -1)).toEqual(['recycled-content-2031', 'recycled-content-2036-beforehand']);
    expect(at(2036, 0)).toEqual(['recycled-content-2036']);
    const { findings, verdict } = certify(cobalt().history(), euBatteriesRecycledContent);
    expect(findings.map(({ title }) => title)).toEqual([
      'Less than 16 % of the cobalt is recycled',
      'Less than 26 % of the cobalt is recycled',
    ]);
    expect(verdict).toBe('not enough evidence');
  });
});

describe('exposure', () => {
  test('to one country shows where more than 65 % was mined or processed, of third countries alone', () => {
    const titles = (mineCountry: number) =>
      certify(cobalt({ mineCountry }).history(), euCriticalRawMaterials).findings.map(({ title }) => title);
    expect(titles(CHINA)).toEqual(['More than 65 % of the cobalt was mined in China']);
    expect(titles(FINLAND)).toEqual([]);
  });

  test('to nations of concern shows each site there', () => {
    const { mine, history } = cobalt({ mineCountry: CHINA });
    const { findings, verdict, rules } = certify(history(), usFeoc);
    expect(findings.map(({ rule, severity, sites }) => [rule, severity, sites[0]?.facility])).toEqual([
      ['origins-in-covered-nations', 'information', mine],
      ['sites-in-covered-nations', 'information', mine],
    ]);
    expect(new Set(rules.map(({ answer }) => answer))).toEqual(new Set(['not judged']));
    expect(verdict).toBe('not enough evidence');
  });
});
