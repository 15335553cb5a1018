import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ImpactHead, type ImpactLine, impactLine } from '../../src/api/schemas/impact.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { outcomes } from '../../src/protocol/codes.ts';
import { type Hex, partySubject } from '../../src/protocol/hex.ts';
import type { Statement } from '../../src/protocol/statements.ts';
import { revocation } from '../support/key-statements.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { output, production, seconds } from '../support/statements.ts';
import { attestation, cobalt, GRAM, type Story, tellStory } from './story.ts';

let service: TestService;
let story: Story;
let refined: Hex;

/** The smelter makes one lot of what it received: 4 g of cobalt, and 1 g of its own. */
beforeAll(async () => {
  service = await startTestService();
  story = await tellStory(service);
  const where = { custodian: story.smelter.address, facility: story.plant };
  const [own = ''] = (
    await service.record(production(where, [output(9n * GRAM, [cobalt(GRAM)])]), story.smelter)
  ).lots;
  const { received } = story;
  const inputs = [
    { lot: received.lot, head: received.head },
    { lot: own as Hex, head: own as Hex },
  ];
  const made = production(where, [output(90n * GRAM, [cobalt(4n * GRAM)])], {
    process: 'refine',
    inputs,
    occurredAt: seconds(),
  });
  [refined] = (await service.record(made, story.smelter)).lots as [Hex];
}, 120_000);
afterAll(() => service?.stop());

async function impact(
  path: string,
): Promise<{ head: ImpactHead; lots: Map<string, string>; lines: ImpactLine[] }> {
  const reply = await service.get<string>(path);
  expect(reply.status, String(reply.body)).toBe(200);
  const lines = String(reply.body)
    .trimEnd()
    .split('\n')
    .map((line) => impactLine.parse(JSON.parse(line)));
  const [head] = lines;
  if (head?.kind !== 'impact') throw new Error('The first line is not about the whole');
  expect(lines.at(-1)).toEqual({ kind: 'end' });
  for (const { milligrams, live, gone } of head.materials)
    expect(BigInt(live) + BigInt(gone)).toBe(BigInt(milligrams) << 64n);
  const lots = lines.flatMap((line) =>
    line.kind === 'lot' ? [[line.id, line.affected.map(({ milligrams }) => milligrams).join()] as const] : [],
  );
  return { head, lines, lots: new Map(lots) };
}

async function said(statement: Statement): Promise<Hex> {
  return (await service.record(statement, story.auditor)).id as Hex;
}

describe('of a site', () => {
  test('is every live lot with what was made there, by holder, exactly', async () => {
    const { head, lots, lines } = await impact(`/v1/facilities/${story.mine}/impact`);
    // `received` has 4 g of 5 g of what was refined, of which 4 g came out.
    expect(lots).toEqual(
      new Map([
        [story.held.lot, '1000'],
        [story.other.lot, '2000'],
        [story.moving.lot, '3000'],
        [refined, '3200'],
        [await spare(), ''],
      ]),
    );
    const holders = lines.flatMap((line) => (line.kind === 'holder' ? [[line.party.id, line.lots]] : []));
    expect(holders.sort()).toEqual(
      [
        [story.miner.address, 4],
        [story.smelter.address, 1],
      ].sort(),
    );
    expect(head).toMatchObject({
      subject: { kind: 'facility', id: story.mine },
      from: null,
      until: null,
      lots: 5,
    });
  });

  test('is of the time that is asked about', async () => {
    const old = await impact(`/v1/facilities/${story.mine}/impact?until=${seconds() - 3_600}`);
    expect(old.head.made).toBe(5);
    expect([...old.lots.keys()].sort()).toEqual(
      [story.held.lot, story.other.lot, story.moving.lot, refined].sort(),
    );
    const fresh = await impact(`/v1/facilities/${story.mine}/impact?from=${seconds() - 3_600}`);
    expect([...fresh.lots.keys()]).toEqual([await spare()]);
  });

  test('has what was received there as well as what was made there', async () => {
    const { head, lots } = await impact(`/v1/facilities/${story.plant}/impact`);
    expect(lots).toEqual(new Map([[refined, '4000']]));
    expect(head.made).toBe(3);
  });

  test('that nobody registered is none', async () => {
    const reply = await service.get<Problem>(`/v1/facilities/0x${'77'.repeat(32)}/impact`);
    expect([reply.status, reply.body.code]).toEqual([404, 'unknown-facility']);
    const time = await service.get<Problem>(`/v1/facilities/${story.mine}/impact?from=soon`);
    expect([time.status, time.body.code]).toEqual([400, 'invalid-request']);
  });

  async function spare(): Promise<string> {
    return (await service.get<{ lots: string[] }>(`/v1/statements/${story.spare}`)).body.lots[0] ?? '';
  }
});

describe('of an attestation', () => {
  const day = 86_400;

  test('an alert touches what was made while it was open', async () => {
    const alert = (validFrom: number, validUntil: number) =>
      said(attestation(story.auditor, story.mine, { outcome: outcomes.alert, validFrom, validUntil }));
    const before = await alert(seconds() - 9 * day, seconds() - 2 * day);
    expect((await impact(`/v1/attestations/${before}/impact`)).lots.size).toBe(0);
    const open = await alert(seconds() - 2 * day, seconds() - 3_600);
    const { lots, head } = await impact(`/v1/attestations/${open}/impact`);
    expect(lots.get(refined)).toBe('3200');
    expect([head.lots, head.holders]).toEqual([4, 2]);
  });

  test('one that was revoked touches what it no longer covers', async () => {
    const times = { validFrom: seconds() - 9 * day, validUntil: seconds() + 9 * day };
    const path = `/v1/attestations/${await said(attestation(story.auditor, story.mine, times))}`;
    const id = path.split('/').at(-1) as Hex;
    expect((await impact(`${path}/impact`)).head.made).toBe(6);
    await said(revocation(story.auditor.address, id, seconds() - 3_600));
    const { head, lots } = await impact(`${path}/impact`);
    expect([head.made, lots.has(refined), lots.size]).toEqual([1, false, 1]);
  });

  test('on a party touches what passed its sites, and on a lot what was made of the lot', async () => {
    const onParty = await said(attestation(story.auditor, partySubject(story.smelter.address)));
    const { head, lots } = await impact(`/v1/attestations/${onParty}/impact`);
    expect(head.subject).toEqual({ kind: 'party', id: story.smelter.address });
    expect(lots).toEqual(new Map([[refined, '4000']]));
    const onLot = await said(attestation(story.auditor, story.received.lot));
    expect((await impact(`/v1/attestations/${onLot}/impact`)).lots).toEqual(new Map([[refined, '3200']]));
  });
});
