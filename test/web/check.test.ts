import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import type { Certificate } from '../../src/verification/certificate.ts';
import { tellStory } from '../api/story.ts';
import { openBrowser } from '../support/browser.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let browser: Browser;
let lot: string;

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  service = await startTestService();
  ({ lot } = (await tellStory(service)).received);
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const phone = { viewport: { width: 390, height: 844 } };

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
      pattern: '**/certificate',
      body: (json) => JSON.stringify({ ...JSON.parse(json), verdict: 'meets' }),
    });
    const alert = await page.getByRole('alert').innerText();
    expect(alert).toContain('This server shows something else');
    expect(alert).toContain('the verdict');
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
