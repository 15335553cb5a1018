import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import { BUNDLE_START, bundleTextIn } from '../../src/verification/bundle/html.ts';
import type { Certificate } from '../../src/verification/certificate.ts';
import { tellStory } from '../api/story.ts';
import { openBrowser } from '../support/browser.ts';
import { commandLine } from '../support/cli.ts';
import { startTestService, type TestService } from '../support/service.ts';

const phone = { viewport: { width: 390, height: 844 } };

let service: TestService;
let browser: Browser;
let folder: string;
let lot: string;
let file: string;

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  service = await startTestService();
  ({ lot } = (await tellStory(service)).received);
  const reply = await service.get<string>(`/v1/lots/${lot}/certificate.html`);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(reply.headers.get('content-disposition')).toContain('attachment');
  file = reply.body;
  folder = await mkdtemp(join(tmpdir(), 'lodebook-file-'));
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function saved(html: string): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.html`);
  await writeFile(path, html);
  return path;
}

/** What stands in another language than the page, of what the verifier words: findings, questions and answers. */
const FOREIGN = ':is(.finding, .data-table) [lang]';

/** A file, opened from disk with no network, and whatever went wrong on it. */
async function opened(html: string): Promise<{ page: Page; troubles: string[] }> {
  // Its own context: a language that was chosen is kept for all files of one.
  const page = await browser.newPage({ offline: true, ...phone });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) troubles.push(`a request to ${request.url()}`);
  });
  await page.goto(pathToFileURL(await saved(html)).href);
  return { page, troubles };
}

/** The file with one character of its bundle changed: the digit after `before`. */
function flipped(before: RegExp): string {
  const start = file.indexOf(BUNDLE_START);
  const found = before.exec(file.slice(start));
  if (!found) throw new Error(`The bundle has no ${before}`);
  const at = start + found.index + found[0].length;
  return `${file.slice(0, at)}${file[at] === '1' ? '2' : '1'}${file.slice(at + 1)}`;
}

describe('the certificate file, from disk, with no network', () => {
  test('checks itself, and shows verdict, origins on a map, and the chain of custody', async () => {
    const { page, troubles } = await opened(file);
    await page.getByRole('heading', { name: 'Not enough evidence', exact: true }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('was checked on this device just now');
    expect(text).toContain('There is not enough evidence that this lot of 100 g');
    expect(text).toContain('DR Congo: 100 % of the cobalt'.replace(' %', '%'));
    expect(text).toContain('What you still trust');
    await page.getByRole('img', { name: 'Map of the countries of origin' }).waitFor();
    expect(await page.locator('.origin-map .land.origin').count()).toBe(1);
    await page.getByRole('region', { name: 'Chain of custody' }).waitFor();
    expect(troubles).toEqual([]);
    await page.close();
  });

  test.each([
    ['a signature', /"signature":"0x/],
    ['a node of the state', /"nodes":\["0x/],
    ['a quotation mark', /"lot":/],
  ])('with %s changed by one character shows a failure, and no verdict', async (_what, before) => {
    const { page } = await opened(flipped(before));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('Do not rely on this certificate');
    expect(await page.locator('.verdict').count()).toBe(0);
    await page.close();
  });

  test('speaks French to whoever reads it', async () => {
    const { page, troubles } = await opened(file);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Ce qui est prouvé' }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('vient d’être vérifié sur cet appareil');
    expect(text).toContain('L’origine de toute la matière est-elle dans le registre');
    expect(text).toContain('Que ce qui a été signé est vrai');
    expect(await page.locator(FOREIGN).count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('with its script changed runs nothing, and says so', async () => {
    const at = file.lastIndexOf('</script>');
    const { page } = await opened(`${file.slice(0, at)};document.title='changed'${file.slice(at)}`);
    expect(await page.locator('body').innerText()).toContain('This file checks itself, and has not done so');
    expect(await page.title()).not.toBe('changed');
    await page.close();
  });

  test('prints everything: what was folded is there, dark on light', async () => {
    const { page } = await opened(file);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('heading', { name: 'Not enough evidence', exact: true }).waitFor();
    const steps = page.getByText('Extracted at').first();
    await steps.waitFor({ state: 'attached' });
    const folded = page.locator('details:not([open])');
    expect(await folded.count()).toBeGreaterThan(0);
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    expect(await folded.count()).toBe(0);
    expect(await steps.isVisible()).toBe(true);
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect(await folded.count()).toBeGreaterThan(0);
    await page.close();
  });
});

test('the command line verifies such a file as it does the bundle', async () => {
  const { cli } = commandLine('http://127.0.0.1:9', folder);
  const whole = await cli('verify', await saved(file));
  expect([whole.code, whole.err]).toEqual([0, '']);
  expect(whole.out).toContain('The bundle holds.');
  const changed = await cli('verify', await saved(flipped(/"signature":"0x/)));
  expect(changed).toMatchObject({ code: 1, err: expect.stringContaining('Do not rely on its certificate') });
});

test('what people typed cannot end the element that holds it', () => {
  const text = bundleTextIn(file);
  expect(text).not.toBeNull();
  expect(text).not.toContain('<');
  expect(JSON.parse(text ?? '')).toMatchObject({ format: 'lodebook-bundle/1', lot });
});

test('there is no file of a lot that is not there', async () => {
  const { status, body } = await service.get(`/v1/lots/0x${'33'.repeat(32)}/certificate.html`);
  expect([status, body]).toMatchObject([404, { code: 'unknown-lot' }]);
});

/** The certificate's page, checked; `change` comes between the server and the browser. */
async function checked(change: { pattern: string; body: (json: string) => string } | null): Promise<Page> {
  const page = await browser.newPage(phone);
  if (change)
    await page.route(change.pattern, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: change.body(await response.text()) });
    });
  await page.goto(`${service.url}/lots/${lot}`);
  await page.getByRole('button', { name: 'Check it now' }).click();
  await page.getByRole('button', { name: 'Check it again' }).waitFor();
  return page;
}

describe('the certificate page checks its certificate in the browser', () => {
  test('what is untouched holds, step by step, and is what the server shows', async () => {
    const page = await checked(null);
    const section = page.getByRole('region', { name: 'Check it yourself' });
    const text = await section.innerText();
    expect(text).toContain('It holds');
    expect(text).toContain('is the same, to the last character');
    const steps = await section.getByRole('list', { name: 'Steps of the check' }).innerText();
    expect(steps.match(/\(holds\)/g)).toHaveLength(11);
    const { asOf } = (await service.get<Certificate>(`/v1/lots/${lot}/certificate`)).body;
    expect(text).toContain(asOf.hash);
    await section
      .getByLabel('Paste the hash that you found')
      .fill(asOf.hash.toUpperCase().replace('0X', '0x'));
    await section.getByText('It is the same hash.').waitFor();
    await section.getByLabel('Paste the hash that you found').fill(`0x${'12'.repeat(32)}`);
    await section.getByText('It is another hash').waitFor();
    await page.close();
  });

  test('a bundle that was changed on its way says what is wrong', async () => {
    const page = await checked({
      pattern: '**/bundle?*',
      body: (json) => json.replace('"milligrams":"', '"milligrams":"1'),
    });
    const alert = page.getByRole('alert');
    expect(await alert.innerText()).toContain('Do not rely on this certificate');
    expect(await alert.innerText()).toContain('statement-missing');
    await page.close();
  });

  test('a server that shows another certificate than it proves is found out', async () => {
    const page = await checked({
      pattern: `**/lots/${lot}`,
      body: (html) => html.replaceAll(/"verdict":"[^"]*"/g, '"verdict":"meets"'),
    });
    const alert = await page.getByRole('alert').innerText();
    expect(alert).toContain('This server shows something else');
    expect(alert).toContain('the verdict');
    await page.close();
  });

  test('a reader of French is told in English, and it is marked, what a newer service alone can say', async () => {
    const page = await browser.newPage({ ...phone, locale: 'fr-FR' });
    await page.route(`**/lots/${lot}`, async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      // What is said to be drawn in other words, the browser draws itself.
      const body = html.replace('"locale":"fr-FR"', '"locale":"fr-CA"');
      await route.fulfill({
        response,
        body: body.replace(/(?<="title":\{"key":)"[^"]*"/, '"of-a-newer-service"'),
      });
    });
    await page.goto(`${service.url}/lots/${lot}`);
    await page.getByRole('heading', { name: 'Ce qui a été vérifié' }).waitFor();
    const marked = page.locator(FOREIGN);
    await marked.first().waitFor();
    const { findings } = (await service.get<Certificate>(`/v1/lots/${lot}/certificate`)).body;
    expect(await marked.allInnerTexts()).toEqual([
      findings.find(({ severity }) => severity !== 'information')?.title,
    ]);
    expect(await marked.first().getAttribute('lang')).toBe('en');
    await page.close();
  });

  test('no bundle, no check: it says why', async () => {
    const page = await browser.newPage(phone);
    await page.route('**/bundle?*', (route) =>
      route.fulfill({ status: 422, json: { code: 'bundle-too-large', detail: 'It is too large.' } }),
    );
    await page.goto(`${service.url}/lots/${lot}`);
    await page.getByRole('button', { name: 'Check it now' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('It is too large.');
    await page.close();
  });
});
