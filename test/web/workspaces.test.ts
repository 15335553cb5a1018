import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import { openBrowser } from '../support/browser.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration } from '../support/statements.ts';
import { attest, joinAuditor, revoke } from './flows/auditor.ts';
import { Reader } from './flows/reader.ts';
import { grantQuota, join, MOST_CLICKS, registerLot, registerSite, sendLot } from './flows/supplier.ts';

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  service = await startTestService();
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

test('from an empty ledger, a supplier makes a key, registers a lot and sends it, on a phone', async () => {
  const [consignee] = await admit(service, 'e2e/consignee');
  if (!consignee) throw new Error('nobody was admitted');
  await service.record(facilityRegistration(consignee.address), consignee);
  const reader = await Reader.open({
    browser,
    url: service.url,
    language: 'en',
    width: 390,
    who: 'supplier',
    pictures: null,
  });
  const party = await join(reader, service, 'Mine <b>of</b> =cmd()');
  reader.clicks = 0;
  const site = await registerSite(reader, service, { party, name: 'Pit "A" <script>', country: 'Zambia' });
  await grantQuota(service, site);
  const lot = await registerLot(reader, service, party);
  // On a slow line, parties come after whoever types has begun.
  await reader.page.route('**/v1/parties*', async (route) => {
    await setTimeout(1_000);
    await route.continue();
  });
  await sendLot(reader, service, lot, consignee.address.slice(0, 6));
  expect(reader.clicks).toBeLessThanOrEqual(MOST_CLICKS);
  expect(reader.troubles).toEqual([]);
  await reader.close();
}, 120_000);

test('an auditor makes a key, attests to a site once accredited, and revokes that, on a wide screen', async () => {
  const [operator] = await admit(service, 'e2e/operator');
  if (!operator) throw new Error('nobody was admitted');
  const { id } = await service.record(facilityRegistration(operator.address), operator);
  const auditor = await Reader.open({
    ...{ browser, url: service.url, language: 'fr', width: 1280, who: 'auditor', pictures: null },
  });
  await auditor.goto(`/auditor/sites/${id}`);
  await joinAuditor(auditor, service, 'Audit "A" <b>');
  const row = await attest(auditor, { outcome: 'non-conformant', findings: '=cmd()|<script>' });
  await revoke(auditor, row);
  const { body } = await service.get<{ attestations: object[] }>(`/v1/facilities/${id}`);
  expect(body.attestations).toMatchObject([{ outcome: 'non-conformant', standing: 'revoked' }]);
  expect(auditor.troubles).toEqual([]);
  await auditor.close();
}, 120_000);
