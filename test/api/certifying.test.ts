import { describe, expect, test } from 'vitest';
import { certificateOf } from '../../src/api/certifying.ts';
import type { LedgerEvent } from '../../src/chain/events.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { History } from '../../src/provenance/history.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import { historyOf } from '../../src/store/queries/history.ts';
import type { Certificate } from '../../src/verification/certificate.ts';
import { certify } from '../../src/verification/certify.ts';
import { benchOf } from '../store/databases.ts';
import { Chain, cobalt, identity, output, Story } from '../store/ledger.ts';
import { gist } from '../verification/agreeing.ts';
import { highRisk, policyWith } from '../verification/story.ts';

const policy = policyWith([highRisk]);
const bench = benchOf('pglite');
const [EXTRACT, REFINE] = [1, 6];

/** What is said of the mine before the delivery of that number. */
type Said = { readonly at: number; readonly say: (story: Story, mine: Hex) => LedgerEvent[] };

/**
 * A refiner's rolling stock, into which a mine of its own delivers so many times: two productions a delivery. Both sites
 * are attested at the start, the mine until `minedUntil`.
 */
function blocksOf(deliveries: number, { minedUntil, said }: { minedUntil: number; said?: Said }) {
  const [chain, story] = [new Chain(), new Story()];
  const owner = story.mine;
  const [mine, refinery] = [story.facility(owner, 1), story.facility(owner, 4)];
  chain.block(story.admit(owner), mine, refinery);
  chain.block(
    story.attest(refinery.id, { scheme: 'RMAP' }),
    story.attest(mine.id, { scheme: 'IRMA', validUntil: minedUntil }),
  );
  const stock: Hex[] = [];
  const minedAt: number[] = [];
  for (let each = 0; each < deliveries; each += 1) {
    if (said?.at === each) chain.block(...said.say(story, mine.id));
    const mined = { custodian: owner, facility: mine.id, process: EXTRACT };
    const ore = story.produce({ ...mined, outputs: [output([cobalt(10n)])] });
    const inputs = [...stock.splice(0), ...ore.lots].map((lot) => ({ lot, head: lot }));
    const outputs = [output([cobalt(10n * BigInt(each + 1))])];
    const refined = { custodian: owner, facility: refinery.id, process: REFINE, inputs, outputs };
    const blend = story.produce(refined);
    chain.block(ore, blend);
    stock.push(...blend.lots);
    if (ore.statement.type === 'Production') minedAt.push(ore.statement.message.occurredAt);
  }
  return { blocks: chain.blocks, lot: stock[0] as Hex, minedAt };
}

async function rollingStock(...story: Parameters<typeof blocksOf>) {
  const { db } = await bench.fresh();
  const store = createIndexStore(db);
  await store.bind(identity);
  const { blocks, lot } = blocksOf(...story);
  await store.extend(blocks);
  const history = (await historyOf(db, lot)) as unknown as History;
  const certificate = (await certificateOf(db, lot, policy)) as Certificate;
  return { certificate, whole: certify(history, policy) };
}

const NEVER = 2_000_000_000;

/** So that the mine's attestation ends with that delivery. */
function timeOfDelivery(number: number): number {
  return blocksOf(number + 1, { minedUntil: NEVER }).minedAt[number] as number;
}

const mineFinding = ({ findings }: Certificate) =>
  findings.find(({ rule, severity }) => rule === 'high-risk-origins-assessed' && severity === 'gap');

describe('a certificate', () => {
  test('of a short history is told step by step', async () => {
    const { certificate, whole } = await rollingStock(5, { minedUntil: NEVER });
    expect(certificate).toEqual(whole);
    expect(certificate).toMatchObject({ told: 'step by step', sites: [], custodyOmitted: 0 });
  });

  test('of a long one in which nothing lapses is told by site, with the same answers', async () => {
    const { certificate, whole } = await rollingStock(60, { minedUntil: NEVER });
    expect(gist(certificate)).toEqual(gist(whole));
    expect(certificate.told).toBe('by site');
    expect(certificate.sites.map(({ processes, carried }) => [processes, carried[0]?.milligrams])).toEqual([
      [['extract'], '600'],
      [['refine'], '600'],
    ]);
    expect(certificate.custody.map(({ kind }) => kind)).toEqual(['production']);
    expect(certificate.custodyOmitted).toBeNull();
    expect(certificate.origins).toEqual(whole.origins);
  });

  test('is read step by step where an attestation lapses while material comes', async () => {
    const { certificate, whole } = await rollingStock(60, { minedUntil: timeOfDelivery(30) });
    expect(certificate).toEqual(whole);
    expect(mineFinding(certificate)).toMatchObject({ affected: [{ milligrams: '300' }], atMost: false });
  });

  test('of a history too long for that asks what did happen, and says at most', async () => {
    const { certificate, whole } = await rollingStock(520, { minedUntil: timeOfDelivery(500) });
    expect(gist(certificate)).toEqual(gist(whole));
    expect(certificate.told).toBe('by site');
    expect(mineFinding(whole)).toMatchObject({ affected: [{ milligrams: '200' }] });
    expect(mineFinding(certificate)).toMatchObject({ affected: [{ milligrams: '5200' }], atMost: true });
  });

  test('of such a history meets where nothing came while nothing was attested', async () => {
    const lapse = timeOfDelivery(500);
    const renewed: Said = {
      at: 500,
      // The clock goes on by a second for each: nothing is mined between the end of one and the start of the other.
      say: (story, mine) => [
        story.attest(mine, { scheme: 'of no policy' }),
        story.attest(mine, { scheme: 'IRMA' }),
      ],
    };
    const { certificate, whole } = await rollingStock(520, { minedUntil: lapse, said: renewed });
    expect(gist(certificate)).toEqual(gist(whole));
    expect(mineFinding(certificate)).toBeUndefined();
    expect(certificate.told).toBe('by site');
  });
});
