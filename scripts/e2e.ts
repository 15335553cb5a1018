/**
 * A supplier's work in a real browser, on a real service, from an empty ledger: in English and French, on a phone and on
 * a wide screen. axe looks at every page and dialog; pictures are kept in `.cache/e2e`, to be looked at.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join as pathOf } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../test/support/browser.ts';
import { startTestService, type TestService } from '../test/support/service.ts';
import { Reader, type Setting } from '../test/web/flows/reader.ts';
import {
  grantQuota,
  join,
  receive,
  registerLot,
  registerSite,
  sendLot,
  transform,
} from '../test/web/flows/supplier.ts';
import { ensureBuilt } from './build.ts';
import { ROOT } from './tools.ts';

const PICTURES = pathOf(ROOT, '.cache/e2e');
const RUNS = [
  { language: 'en', width: 390 },
  { language: 'fr', width: 1280 },
  { language: 'fr', width: 390 },
  { language: 'en', width: 1280 },
] as const;

/** @returns what was wrong */
async function supplierRun(service: TestService, setting: Setting, name: string): Promise<string[]> {
  const [miner, refiner] = [await Reader.open(setting), await Reader.open(setting)];
  const zambia = setting.language === 'en' ? 'Zambia' : 'Zambie';
  const [mine, works] = [`Mine ${name}`, `Works ${name}`];
  const buyer = await join(refiner, service, works);
  await registerSite(refiner, service, { party: buyer, name: `Plant ${name}`, country: zambia });
  const party = await join(miner, service, mine);
  miner.clicks = 0;
  const site = await registerSite(miner, service, { party, name: `Pit ${name}`, country: zambia });
  await grantQuota(service, site);
  const lot = await registerLot(miner, service, party);
  await sendLot(miner, service, lot, buyer.slice(0, 6));
  process.stdout.write(
    `  a first lot registered and sent in ${miner.clicks} clicks after the key was made\n`,
  );
  await receive(refiner, service, lot);
  await transform(refiner, service, lot);
  for (const place of ['delegates', 'requests', 'sites']) {
    await refiner.page.locator(`a[href$="/supplier/${place}"]`).click();
    await refiner.page.getByRole('heading', { level: 1 }).waitFor();
    await refiner.look(place);
  }
  await refiner.goto(`/lots/${lot}`);
  await refiner.page.getByRole('heading', { level: 2 }).first().waitFor();
  await refiner.look('certificate');
  const troubles = [...miner.troubles, ...refiner.troubles];
  await Promise.all([miner.close(), refiner.close()]);
  return troubles;
}

async function runAll(service: TestService, browser: Browser): Promise<number> {
  let failures = 0;
  for (const run of RUNS) {
    const name = `${run.language} ${run.width}`;
    process.stdout.write(`${name} px\n`);
    const setting = { ...run, browser, url: service.url, pictures: PICTURES };
    const troubles = await supplierRun(service, setting, name);
    for (const trouble of new Set(troubles)) process.stdout.write(`  ${trouble}\n`);
    failures += troubles.length;
  }
  return failures;
}

await rm(PICTURES, { recursive: true, force: true });
await mkdir(PICTURES, { recursive: true });
await ensureBuilt((line) => process.stdout.write(`${line}\n`));
const service = await startTestService();
const browser = await openBrowser();
let failures = 0;
try {
  failures = await runAll(service, browser);
} finally {
  await browser.close();
  await service.stop();
}
process.stdout.write(
  `${failures === 0 ? 'Nothing was wrong' : `${failures} things were wrong`}; pictures are in .cache/e2e\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
