import { expect } from 'vitest';
import type { Certificate } from '../../src/verification/certificate.ts';

/** What both ways of telling have to agree on. */
export function gist({ verdict, rules, findings, materials }: Certificate) {
  const counted = findings
    .filter(({ severity }) => severity !== 'information')
    .map(
      ({ rule, answer, sites }) => `${rule}: ${answer} at ${sites.map(({ facility }) => facility).sort()}`,
    );
  return {
    verdict,
    rules: rules.map(({ id, answer }) => `${id}: ${answer}`),
    findings: counted.sort(),
    kept: materials.map(({ material, custodyModel, custody }) => [
      ...[material.id, custodyModel, custody?.declared, custody?.permitted, custody?.attested],
    ]),
  };
}

/** Findings that count, in an order of their own, with what they affect. */
function weighed({ findings }: Certificate) {
  return findings
    .filter(({ severity }) => severity !== 'information')
    .map(({ rule, answer, title, sites, affected }) => ({
      key: `${rule}: ${answer}, ${title}, at ${sites.map(({ facility }) => facility).sort()}`,
      affected: affected.map(({ material, milligrams }) => ({
        material: material.id,
        milligrams: BigInt(milligrams),
      })),
    }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function order({ key, affected }: { key: string; affected: readonly { milligrams: bigint }[] }): string {
  return [key, ...affected.map(({ milligrams }) => String(milligrams).padStart(20))].join(' ');
}

/** To the milligram: what passed a site is told from units that were rounded at each step, the other way round. */
export function expectSameMasses(whole: Certificate, told: Certificate) {
  const counted = ({ origins, materials, byCountry }: Certificate) => [
    origins,
    materials.map(({ custody: _, ...rest }) => rest),
    byCountry,
  ];
  expect(counted(told)).toEqual(counted(whole));
  for (const [index, share] of certified(whole).entries())
    expect(Math.abs((certified(told)[index] ?? -9) - share)).toBeLessThanOrEqual(1);
  const found = weighed(told);
  expect(found.map(({ key }) => key)).toEqual(weighed(whole).map(({ key }) => key));
  for (const [index, { affected }] of weighed(whole).entries()) {
    const same = found[index]?.affected ?? [];
    expect(same.map(({ material }) => material)).toEqual(affected.map(({ material }) => material));
    for (const [at, { milligrams }] of affected.entries()) {
      const off = (same[at]?.milligrams ?? 0n) - milligrams;
      expect(off >= -1n && off <= 1n).toBe(true);
    }
  }
}

function certified({ materials }: Certificate): number[] {
  return materials.map(({ custody }) => custody?.certifiedPpm ?? 0);
}

/** No finding affects more than a certificate that is told by site says, and no less is certified. */
export function expectNoMore(whole: Certificate, told: Certificate) {
  const most = weighed(told);
  for (const [index, share] of certified(whole).entries())
    expect(certified(told)[index]).toBeLessThanOrEqual(share + 1);
  for (const [index, { key, affected }] of weighed(whole).entries()) {
    expect(most[index]?.key).toBe(key);
    for (const { material, milligrams } of affected) {
      const bound = most[index]?.affected.find((one) => one.material === material)?.milligrams ?? 0n;
      expect(bound + 1n).toBeGreaterThanOrEqual(milligrams);
    }
  }
}
