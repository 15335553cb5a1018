import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import type { StoryPack } from '../../src/demo/ground.ts';
import { runStory } from '../../src/demo/run.ts';
import { openBrowser } from '../support/browser.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let browser: Browser;
let packs: readonly StoryPack[];

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  service = await startTestService();
  const { registrar: registrarKey, accreditor: accreditorKey } = service.keys;
  packs = await runStory({ api: service.url, rpc: service.chainUrl, registrarKey, accreditorKey });
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

/** A phone's page at a path, or at none yet, and whatever went wrong on it. */
async function open(path: string, locale = 'en-GB'): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(service.url)) troubles.push(`a request to ${request.url()}`);
  });
  if (path !== '') await page.goto(`${service.url}${path}`);
  return { page, troubles };
}

const HEADLINES = {
  meets: 'Meets the policy',
  'does not meet': 'Does not meet the policy',
  'not enough evidence': 'Not enough evidence',
} as Record<string, string>;

describe('a certificate’s page, as the server draws it', () => {
  test('is read without any script, in the reader’s language', async () => {
    const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${service.url}/lots/${packs[0]?.lot}`);
    expect(await page.title()).toContain('Cellules et batteries au lithium-ion');
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    const text = await page.locator('main').innerText();
    expect(text).toContain('Conforme à la politique');
    expect(text).toContain('Comparez avec le produit');
    expect(text).toContain('L’origine de toute la matière est-elle dans le registre');
    expect(text).toContain('attestations ont été inscrites après coup');
    // What only a script can do does not look as if it could be done.
    for (const button of await page.getByRole('button').all()) expect(await button.isDisabled()).toBe(true);
    await context.close();
  });

  test('is taken over by its script, and not drawn anew', async () => {
    const { page, troubles } = await open('');
    await page.addInitScript(() => {
      document.addEventListener('readystatechange', () => {
        document.querySelector('main')?.setAttribute('data-drawn-by', 'the server');
      });
    });
    await page.goto(`${service.url}/lots/${packs[1]?.lot}`);
    await page.getByRole('button', { name: 'Check it now', disabled: false }).waitFor();
    expect(await page.locator('main').getAttribute('data-drawn-by')).toBe('the server');
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('keeps what can only be read as the server drew it, until it says something else', async () => {
    const { page, troubles } = await open(`/lots/${packs[1]?.lot}`);
    await page.getByRole('button', { name: 'Check it now', disabled: false }).waitFor();
    await page.getByRole('button', { name: 'Follow this lot' }).waitFor();
    const marked = page.locator('[data-drawn-by="the server"]');
    await page.evaluate(() => {
      for (const section of document.querySelectorAll('.as-drawn > *'))
        section.setAttribute('data-drawn-by', 'the server');
    });
    const drawn = await marked.count();
    expect(drawn).toBeGreaterThan(5);
    const text = await page.locator('main').innerText();
    await page.getByRole('button', { name: 'FR, Français' }).click();
    await page.getByRole('heading', { level: 2, name: 'D’où il vient' }).waitFor();
    expect(await marked.count()).toBe(0);
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.getByRole('heading', { level: 2, name: 'Where it comes from' }).waitFor();
    expect(await page.locator('main').innerText()).toBe(text);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('gives way to the policy that this reader chose before', async () => {
    const { page, troubles } = await open(`/lots/${packs[0]?.lot}?policy=us-feoc`);
    const under = page.getByText('Under US');
    await under.waitFor();
    const { body } = await service.get<{ items: { id: string; name: string }[] }>('/v1/policies');
    const other = body.items.find(({ id }) => id === 'eu-batteries-due-diligence');
    await page.evaluate((id) => localStorage.setItem('lodebook.policy', id), other?.id ?? '');
    await page.goto(`${service.url}/lots/${packs[0]?.lot}`);
    await page.getByText(`Under ${other?.name}`).waitFor();
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('is asked for again only where something changed', async () => {
    const accept = { accept: 'text/html', 'accept-language': 'fr' };
    const url = `${service.url}/lots/${packs[0]?.lot}`;
    const first = await fetch(url, { headers: accept });
    expect(first.headers.get('vary')).toContain('Accept-Language');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const known = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    expect((await fetch(url, { headers: { ...accept, ...known } })).status).toBe(304);
    const english = await fetch(url, { headers: { accept: 'text/html', ...known } });
    expect(english.status).toBe(200);
  });
});

describe('the pages, in a real browser', () => {
  test('each pack’s certificate says its verdict, its origins and what is missing', async () => {
    for (const { lot, verdict } of packs) {
      const { page, troubles } = await open(`/lots/${lot}`);
      await page.getByRole('heading', { name: HEADLINES[verdict] ?? '', exact: true }).waitFor();
      const cobalt = page.locator('section', { hasText: 'Where it comes from' });
      expect(await cobalt.innerText()).toContain('DR Congo');
      const gaps = await page.getByRole('heading', { name: 'What is missing' }).count();
      expect(gaps).toBe(verdict === 'meets' ? 0 : 1);
      await page.getByText('Compare with the product itself').waitFor();
      expect(troubles).toEqual([]);
      await page.close();
    }
  });

  test('what is missing can be asked for, and reaches who is responsible', async () => {
    const lot = packs.find(({ verdict }) => verdict === 'not enough evidence')?.lot;
    const { page, troubles } = await open(`/lots/${lot}`);
    await page.getByText('Ask for what is missing').click();
    await page.getByLabel('What you ask for').fill('Please show the audit report.');
    await page.getByRole('button', { name: 'Send' }).click();
    const link = page.getByRole('link', { name: 'this address' });
    await link.waitFor();
    const { body } = await service.get((await link.getAttribute('href')) ?? '');
    expect(body).toMatchObject({ message: 'Please show the audit report.', lot, answer: null });
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('a void lot says so first, why, and what not to do with it', async () => {
    const { items } = (await service.get<{ items: { id: string }[] }>('/v1/lots?status=void')).body;
    const { page, troubles } = await open(`/lots/${items[0]?.id}`);
    await page.getByRole('heading', { name: 'This lot is void', exact: true }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('Do not accept, pay for or process anything under this id');
    expect(text).toContain('What was corrected');
    expect(text).toContain('a zero too many');
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('the chain of custody counts what was observed, and names the delegates that signed', async () => {
    const { page, troubles } = await open(`/lots/${packs[0]?.lot}`);
    const custody = page.getByRole('region', { name: 'Chain of custody' });
    await custody.locator('summary').first().click();
    await custody.getByText('observed: 6 readings').waitFor();
    const text = (await custody.innerText()).replaceAll(/\s+/g, ' ');
    expect(text).toContain('observed: 6 readings, in 2 signed observations by 1 device of Tisza Cell Kft.');
    expect(text).toMatch(/Production signed by a delegate, 0x[0-9a-f]{6}…/);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('the first page leads to a certificate, and back', async () => {
    const { page, troubles } = await open('/');
    await page.getByRole('link', { name: 'Latest lots on this ledger' }).click();
    await page.getByRole('link', { name: 'Lithium-ion cells and batteries' }).first().click();
    await page.getByRole('heading', { name: 'Chain of custody' }).waitFor();
    await page.getByRole('link', { name: 'Lodebook' }).click();
    await page.getByRole('heading', { name: 'Every gram, back to the mine' }).waitFor();
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('in French, every sentence of a certificate that is ours is French', async () => {
    const { page, troubles } = await open(`/lots/${packs[0]?.lot}`, 'fr-FR');
    await page.getByRole('heading', { name: 'Conforme à la politique', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.getByRole('heading', { name: 'Cellules et batteries au lithium-ion' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Meets the policy', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('a lot that is not there is said to be unknown, in words', async () => {
    const { page } = await open(`/lots/0x${'00'.repeat(32)}`);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('The certificate could not be read');
    await page.close();
  });
});
