/**
 * The work of suppliers, an auditor and a buyer in a real browser, on a real service, from an empty ledger: in English and
 * French, on a phone and on a wide screen, once by keyboard alone. axe looks at every page and dialog; pictures are kept
 * in `.cache/e2e`, to be looked at. `-- en-390` runs one setting alone.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../test/support/browser.ts';
import { startTestService, type TestService } from '../test/support/service.ts';
import { DIALOGS, PAGES } from '../test/web/flows/places.ts';
import { lookedAt } from '../test/web/flows/reader.ts';
import { cameraArgs } from '../test/web/flows/scan.ts';
import { ensureBuilt } from './build.ts';
import { auditorRun } from './e2e/auditor.ts';
import { buyerRun } from './e2e/buyer.ts';
import { clerkRun, keysRun } from './e2e/clerk.ts';
import { type Run, say, takeClicks, troubles } from './e2e/run.ts';
import { suppliersRun } from './e2e/suppliers.ts';
import { ROOT } from './tools.ts';

const PICTURES = join(ROOT, '.cache/e2e');
const CAMERA = join(PICTURES, 'camera.y4m');
const SETTINGS = [
  { language: 'en', width: 390 },
  { language: 'fr', width: 1280 },
  { language: 'fr', width: 390 },
  { language: 'en', width: 1280, byKeyboard: true },
] as const;

const nameOf = ({ language, width }: (typeof SETTINGS)[number]): string => `${language}-${width}`;

/** @throws Error where there is no setting of that name: nothing would run, and nothing be wrong */
function chosenSettings(only: string | undefined): readonly (typeof SETTINGS)[number][] {
  const chosen = SETTINGS.filter((setting) => only === undefined || nameOf(setting) === only);
  if (chosen.length === 0)
    throw new Error(`No setting is called ${only}: ${SETTINGS.map(nameOf).join(', ')}`);
  return chosen;
}

async function everybody(run: Run): Promise<void> {
  lookedAt.clear();
  const made = await suppliersRun(run);
  await auditorRun(run, made);
  await buyerRun(run, made);
  await clerkRun(run);
  await keysRun(run);
  for (const place of [...PAGES, ...Object.values(DIALOGS)])
    if (!lookedAt.has(place)) troubles.push(`axe did not look at ${place}`);
}

async function runAll(service: TestService, browser: Browser, settings: ReturnType<typeof chosenSettings>) {
  let failures = 0;
  for (const each of settings) {
    const name = nameOf(each);
    process.stdout.write(`${name}\n`);
    const setting = { ...each, browser, url: service.url, pictures: PICTURES };
    await everybody({ service, name, setting, camera: CAMERA });
    const found = new Set(troubles.splice(0));
    for (const trouble of found) say(trouble);
    say(`${takeClicks()} clicks; axe looked at ${lookedAt.size} pages and dialogs`);
    failures += found.size;
  }
  return failures;
}

const settings = chosenSettings(process.argv.slice(2).find((given) => given !== '--'));
await rm(PICTURES, { recursive: true, force: true });
await mkdir(PICTURES, { recursive: true });
await ensureBuilt((line) => process.stdout.write(`${line}\n`));
const service = await startTestService();
const browser = await openBrowser(cameraArgs(CAMERA));
let failures = 0;
try {
  failures = await runAll(service, browser, settings);
} finally {
  for (const trouble of troubles) say(trouble);
  await browser.close();
  await service.stop();
}
process.stdout.write(
  `${failures === 0 ? 'Nothing was wrong' : `${failures} things were wrong`}; pictures are in .cache/e2e\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
