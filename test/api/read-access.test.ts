import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../src/api/router.ts';
import type { LotHistory, LotSummary } from '../../src/api/schemas/lots.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { signGrant } from '../../src/client/sign.ts';
import { evidenceRoot } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Account } from '../support/accounts.ts';
import { decide, documentOf, signedIn } from '../support/disclosures.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration, seconds } from '../support/statements.ts';
import { type Story, tellStory } from './story.ts';

let service: TestService;
let story: Story;
type Session = Awaited<ReturnType<typeof signedIn>>;
let miner: Session;
let smelter: Session;
let auditor: Session;

beforeAll(async () => {
  service = await startTestService({ readAccess: 'parties' });
  story = await tellStory(service);
  [miner, smelter, auditor] = (await Promise.all(
    [story.miner, story.smelter, story.auditor].map((who) => signedIn(service, who)),
  )) as [Session, Session, Session];
}, 120_000);
afterAll(() => service?.stop());

/** The answer's status, and its code where it is a problem. */
async function asked(who: { get: Session['get'] }, path: string): Promise<[number, string | undefined]> {
  const { status, body } = await who.get<Problem>(path);
  return [status, body?.code];
}
const REFUSED = [403, 'not-yours'];

function pathOf(path: string): string {
  const of: Record<string, string> = {
    ...{
      lot: story.received.lot,
      party: story.miner.address,
      facility: story.mine,
      attestation: story.audit,
    },
    ...{
      id: story.origin,
      root: `0x${'ab'.repeat(32)}`,
      subject: story.mine,
      policy: 'none',
      gtin: '96385074',
    },
  };
  const queries: Record<string, string> = {
    '/v1/evidence/:root/proof': '?path=name',
    '/v1/search': '?q=name',
    '/v1/red-flags': '?kind=declared-stock',
    '/v1/lots/:lot/flow/lots': '?from=a&to=lot&material=27&recycled=false',
  };
  const query = queries[path] ?? '';
  return path.replace(/:(\w+)/g, (_, name: string) => of[name] ?? name) + query;
}

test('outsiders get certificates, and what is needed to ask; every other route wants to know who asks', async () => {
  const open = routes.filter(({ access }) => access === 'anybody').map(({ path }) => path);
  expect(open).toContain('/v1/lots/:lot/certificate');
  for (const { path, method, access } of routes) {
    if (method !== 'get') continue;
    const [status] = await asked(service, pathOf(path));
    if (access === 'anybody') expect([path, [401, 403].includes(status)]).toEqual([path, false]);
    else expect([path, status]).toEqual([path, 401]);
  }
  expect((await service.get(`/v1/lots/${story.received.lot}/certificate`)).status).toBe(200);
});

describe('a party', () => {
  test('reads its own lots and sites, what is on its way to it, and its statements', async () => {
    const { held, moving, received } = story;
    for (const path of [`/v1/lots/${held.lot}`, `/v1/lots/${moving.lot}`, `/v1/facilities/${story.mine}`])
      expect(await asked(miner, path)).toEqual([200, undefined]);
    for (const path of [
      `/v1/lots/${moving.lot}`,
      `/v1/lots/${received.lot}`,
      `/v1/statements/${story.shipped}`,
    ])
      expect(await asked(smelter, path)).toEqual([200, undefined]);
    for (const path of [`/v1/parties/${story.miner.address}`, `/v1/attestations?subject=${story.mine}`])
      expect(await asked(miner, path)).toEqual([200, undefined]);
    expect(await asked(auditor, `/v1/attestations/${story.audit}`)).toEqual([200, undefined]);
  });

  test('reads nothing of others', async () => {
    const { held, received } = story;
    const paths = [`/v1/lots/${held.lot}`, `/v1/lots/${held.lot}/history`, `/v1/facilities/${story.mine}`];
    const more = [`/v1/parties/${story.miner.address}`, `/v1/statements/${story.origin}`, '/v1/attestations'];
    const lists = [`/v1/lots?custodian=${story.miner.address}`, `/v1/subjects/${story.mine}/trail`];
    for (const path of [...paths, ...more, ...lists])
      expect([path, await asked(smelter, path)]).toEqual([path, REFUSED]);
    // What it handed on is another's now.
    expect(await asked(miner, `/v1/lots/${received.lot}`)).toEqual(REFUSED);
  });

  test('sees of a history its own steps, and of a list its own lots', async () => {
    const path = `/v1/lots/${story.received.lot}/history`;
    const kinds = async (who: Session) =>
      (await who.get<LotHistory>(path)).body.entries.map(({ kind }) => kind);
    expect(await kinds(miner)).toEqual(['birth', 'dispatch']);
    expect(await kinds(smelter)).toEqual(['accept']);
    const lots = (await smelter.get<{ items: LotSummary[] }>('/v1/lots')).body.items;
    expect(lots.map(({ id }) => id)).toEqual([story.received.lot]);
    expect(await asked(smelter, '/v1/parties')).toEqual([200, undefined]);
  });

  test('does not see through others: not what its lots became, nor where they came from', async () => {
    for (const what of ['recall', 'descendants'])
      expect(await asked(miner, `/v1/lots/${story.received.lot}/${what}`)).toEqual(REFUSED);
    expect(await asked(miner, `/v1/facilities/${story.mine}/impact`)).toEqual(REFUSED);
    for (const what of ['ancestry', 'origins'])
      expect(await asked(smelter, `/v1/lots/${story.received.lot}/${what}`)).toEqual(REFUSED);
    expect(await asked(miner, `/v1/lots/${story.held.lot}/origins`)).toEqual([200, undefined]);
    expect(await asked(miner, `/v1/lots/${story.held.lot}/recall`)).toEqual([200, undefined]);
  });

  test('sees the evidence that is shared with it', async () => {
    const document = documentOf({ name: 'Shaft', price: '1' });
    const root = evidenceRoot(document);
    await service.record(facilityRegistration(story.miner.address, { evidence: root }), story.miner);
    await decide(service, story.miner, document, { price: [story.smelter.address] });
    const text = async (who: Session) => JSON.stringify((await who.get(`/v1/evidence/${root}`)).body);
    expect(await text(smelter)).toContain('"price"');
    expect(await text(auditor)).not.toContain('"price"');
  });
});

describe('an auditor', () => {
  let issuedAt = seconds() - 60;
  const grant = async (from: Account, validUntil: number, signer = from) => {
    issuedAt += 1;
    const party = { address: signer.address, party: from.address };
    const sign = { ...party, signTypedData: signer.wallet.signTypedData.bind(signer.wallet) };
    const reader = story.auditor.address;
    const signed = await signGrant(sign, service.domain, { reader, validUntil, issuedAt });
    return { signed, reply: await service.post<Problem>('/v1/grants', signed) };
  };

  test('reads what it is granted, for as long as it is, and through all who granted it', async () => {
    const lot = `/v1/lots/${story.received.lot as Hex}`;
    const site = `/v1/facilities/${story.mine}`;
    expect(await asked(auditor, site)).toEqual(REFUSED);
    const given = await grant(story.miner, seconds() + 3_600);
    expect(given.reply.status).toBe(200);
    for (const path of [site, `/v1/lots/${story.held.lot}`, `/v1/statements/${story.origin}`])
      expect(await asked(auditor, path)).toEqual([200, undefined]);
    for (const path of [`${lot}/origins`, lot, `${site}/impact`])
      expect(await asked(auditor, path)).toEqual(REFUSED);
    await grant(story.smelter, seconds() + 3_600);
    for (const path of [`${lot}/origins`, `${lot}/ancestry`, lot, `${site}/impact`, `${lot}/recall`])
      expect([path, await asked(auditor, path)]).toEqual([path, [200, undefined]]);
    expect((await grant(story.miner, 0)).reply.status).toBe(200);
    expect(await asked(auditor, site)).toEqual(REFUSED);
    const replayed = await service.post<Problem>('/v1/grants', given.signed);
    expect([replayed.status, replayed.body.code]).toEqual([409, 'grant-stale']);
    expect(await asked(auditor, site)).toEqual(REFUSED);
    const { body } = await auditor.get<{ items: { party: Hex; standing: string }[] }>('/v1/grants');
    expect(body.items.map(({ party, standing }) => [party, standing]).sort()).toEqual(
      [
        [story.miner.address, 'ended'],
        [story.smelter.address, 'in-force'],
      ].sort(),
    );
  });

  test('is granted nothing by anybody but the party', async () => {
    const { reply } = await grant(story.miner, seconds() + 3_600, story.auditor);
    expect([reply.status, reply.body.code]).toEqual([403, 'signature-invalid']);
  });
});
