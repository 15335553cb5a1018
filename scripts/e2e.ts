/**
 * The work of suppliers, an auditor and a buyer in a real browser, on a real service, from an empty ledger: in English and
 * French, on a phone and on a wide screen, once by keyboard alone. axe looks at every page and dialog; pictures are kept
 * in `.cache/e2e`, to be looked at. `-- en-390` runs one setting alone.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join as pathOf } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Hex } from '../src/protocol/hex.ts';
import { openBrowser } from '../test/support/browser.ts';
import { startTestService, type TestService } from '../test/support/service.ts';
import {
  attest,
  findLot,
  followImpact,
  joinAuditor,
  lookAround,
  openSite,
  revoke,
} from '../test/web/flows/auditor.ts';
import { checkYourself, findWhy, labelOf, openByLabel, openOffline } from '../test/web/flows/certificate.ts';
import { Reader, type Setting } from '../test/web/flows/reader.ts';
import {
  grantQuota,
  join,
  MOST_CLICKS,
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
  { language: 'en', width: 1280, byKeyboard: true },
] as const;
/** From the first page to why a lot does not meet its policy, and how much of it is concerned. */
const MOST_CLICKS_TO_WHY = 6;

type Run = { readonly service: TestService; readonly setting: Omit<Setting, 'who'>; readonly name: string };
/** What the suppliers made, and the name of the mine. */
type Made = { readonly ore: Hex; readonly product: Hex; readonly mine: string };

const troubles: string[] = [];
const say = (line: string): boolean => process.stdout.write(`  ${line}\n`);

async function asReader<T>(setting: Setting, act: (reader: Reader) => Promise<T>): Promise<T> {
  const reader = await Reader.open(setting);
  try {
    return await act(reader);
  } finally {
    troubles.push(...reader.troubles);
    await reader.close();
  }
}

function count(reader: Reader, most: number, what: string): void {
  say(`${what} in ${reader.clicks} clicks`);
  if (reader.clicks > most) troubles.push(`${what} took ${reader.clicks} clicks: more than ${most}`);
}

/** A supplier registers a site and a lot, and sends it; another one receives and transforms it. */
function supplierRun({ service, setting, name }: Run): Promise<Made> {
  const country = setting.language === 'en' ? 'Zambia' : 'Zambie';
  const mine = `Pit ${name}`;
  return asReader({ ...setting, who: 'refiner', byKeyboard: false }, async (refiner) => {
    const buyer = await join(refiner, service, `Works ${name}`);
    await registerSite(refiner, service, {
      party: buyer,
      name: `Plant ${name}`,
      country,
      kind: 'concentrator',
    });
    const ore = await asReader({ ...setting, who: 'miner' }, async (miner) => {
      const party = await join(miner, service, `Mine ${name}`);
      miner.clicks = 0;
      const site = await registerSite(miner, service, { party, name: mine, country });
      await grantQuota(service, site);
      const lot = await registerLot(miner, service, party);
      await sendLot(miner, service, lot, buyer.slice(0, 6));
      count(miner, MOST_CLICKS, 'after the key was made, a first lot was registered and sent');
      return lot;
    });
    await receive(refiner, service, ore);
    const product = await transform(refiner, service, ore);
    for (const place of ['delegates', 'requests', 'sites']) {
      await refiner.page.locator(`a[href$="/supplier/${place}"]`).click();
      await refiner.page.getByRole('heading', { level: 1 }).waitFor();
      await refiner.look(place);
    }
    return { ore, product, mine };
  });
}

/** An auditor attests to the product and raises an alert on the mine; a buyer finds out; the auditor takes it back. */
function auditorRun({ service, setting, name }: Run, { product, mine }: Made): Promise<void> {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return asReader({ ...setting, who: 'auditor', byKeyboard: false }, async (auditor) => {
    await auditor.goto('/auditor');
    await findLot(auditor, product);
    await joinAuditor(auditor, service, `Audit ${name}`);
    await attest(auditor, { outcome: 'conformant', findings: 'Books and scales were seen.' });
    await openSite(auditor, mine);
    const alert = await attest(auditor, {
      outcome: 'alert',
      findings: 'A wall is cracked.',
      from: yesterday,
    });
    const paper = await followImpact(auditor, alert);
    if (!paper.includes(product)) troubles.push('what the alert touches leaves the product out');
    await asReader({ ...setting, who: 'buyer', byKeyboard: false }, async (buyer) => {
      await findWhy(buyer, /760\skg/);
      count(buyer, MOST_CLICKS_TO_WHY, 'from the first page, why a lot does not meet its policy was found');
    });
    await revoke(auditor, alert, yesterday);
    await lookAround(auditor);
  });
}

/** A buyer opens a certificate by what its label says, has it check itself, and takes it away as one file. */
function buyerRun({ service, setting }: Run, { product }: Made): Promise<void> {
  return asReader({ ...setting, who: 'buyer-checks' }, async (buyer) => {
    await openByLabel(buyer, await labelOf(service, product));
    await checkYourself(buyer);
    troubles.push(...(await openOffline(buyer)));
  });
}

async function runAll(service: TestService, browser: Browser, only: string | undefined): Promise<number> {
  let failures = 0;
  for (const each of RUNS) {
    const name = `${each.language}-${each.width}`;
    if (only !== undefined && only !== name) continue;
    process.stdout.write(`${name}\n`);
    const run = { service, name, setting: { ...each, browser, url: service.url, pictures: PICTURES } };
    const made = await supplierRun(run);
    await auditorRun(run, made);
    await buyerRun(run, made);
    const found = new Set(troubles.splice(0));
    for (const trouble of found) say(trouble);
    failures += found.size;
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
  failures = await runAll(service, browser, process.argv[2]);
} finally {
  await browser.close();
  await service.stop();
}
process.stdout.write(
  `${failures === 0 ? 'Nothing was wrong' : `${failures} things were wrong`}; pictures are in .cache/e2e\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
