import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../src/client/client.ts';
import { runStory } from '../src/demo/run.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { type RemoteNode, startRemoteNode } from './support/remote-node.ts';
import { startTestService, type TestService } from './support/service.ts';

const LONG = 300_000;

let node: RemoteNode;
let postgres: Postgres;
let service: TestService;

beforeAll(async () => {
  [node, postgres] = await Promise.all([startRemoteNode(), startPostgres()]);
  service = await startTestService({ databaseUrl: postgres.url, rpcUrl: node.url, rpcKey: node.key });
}, LONG);

afterAll(async () => {
  await service?.stop();
  await Promise.all([node?.stop(), postgres?.stop()]);
});

test('on PostgreSQL and a chain of others, the story ends in the same three verdicts', {
  timeout: LONG,
}, async () => {
  const { registrar: registrarKey, accreditor: accreditorKey } = service.keys;
  const places = { api: service.url, rpc: service.chainUrl };
  expect(places.rpc).toBe(node.url);
  const packs = await runStory({ ...places, registrarKey, accreditorKey });
  const client = createClient({ api: service.url });
  const certificates = await Promise.all(packs.map(({ lot }) => client.certificate(lot)));
  expect(certificates.map(({ verdict }) => verdict)).toEqual(packs.map(({ verdict }) => verdict));
  for (const { lot, origins } of certificates)
    for (const { material, recycled, milligrams } of lot.content) {
      const own = origins.filter((one) => one.material.id === material.id && one.recycled === recycled);
      expect(String(own.reduce((sum, one) => sum + BigInt(one.milligrams), 0n))).toBe(milligrams);
    }
  expect((await service.get('/health')).status).toBe(200);
});
