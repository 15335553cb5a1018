import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import { openBrowser } from '../support/browser.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration } from '../support/statements.ts';
import { Reader } from './flows/reader.ts';
import { grantQuota, join, registerLot, registerSite, sendLot } from './flows/supplier.ts';

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

/** After the key is made, as few clicks as people put up with. */
const MOST_CLICKS = 12;

test('from an empty ledger, a supplier makes a key, registers a lot and sends it, on a phone', async () => {
  const [consignee] = await admit(service, 'e2e/consignee');
  if (!consignee) throw new Error('nobody was admitted');
  await service.record(facilityRegistration(consignee.address), consignee);
  const reader = await Reader.open({ browser, url: service.url, language: 'en', width: 390, pictures: null });
  const party = await join(reader, service, 'Mine <b>of</b> =cmd()');
  reader.clicks = 0;
  const site = await registerSite(reader, service, { party, name: 'Pit "A" <script>', country: 'Zambia' });
  await grantQuota(service, site);
  const lot = await registerLot(reader, service, party);
  await sendLot(reader, service, lot, consignee.address.slice(0, 6));
  expect(reader.clicks).toBeLessThanOrEqual(MOST_CLICKS);
  expect(reader.troubles).toEqual([]);
  await reader.close();
}, 120_000);
