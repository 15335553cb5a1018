import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { byKeyboardAlone, Keys } from './flows/keyboard.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);

afterAll(() => browser?.close());

async function open(html: string): Promise<{ page: Page; keys: Keys; troubles: string[] }> {
  const page = byKeyboardAlone(await browser.newPage());
  await page.setContent(`<style>:focus-visible { outline: 2px solid }</style>${html}`);
  const troubles: string[] = [];
  return { page, troubles, keys: new Keys(page, troubles, 20) };
}

describe('somebody with a keyboard alone', () => {
  test('clicks nothing, fills nothing, and has no mouse', async () => {
    const { page } = await open('<main><button>Go</button></main>');
    const button = page.locator('main').getByRole('button').first();
    expect(() => button.click()).toThrow('click is not done by keyboard');
    expect(() => page.getByRole('button').fill('x')).toThrow('fill is not done by keyboard');
    expect(() => page.mouse).toThrow('no mouse');
  });

  test('does not reach what Tab does not reach', async () => {
    const { page, keys } = await open('<button>Go</button><button tabindex="-1">Hidden</button>');
    await expect(keys.act(page.getByRole('button', { name: 'Hidden' }))).rejects.toThrow('by Tab');
  });

  test('notices where nothing shows what has the focus', async () => {
    const { page, keys, troubles } = await open(
      '<button>Seen</button><button style="outline: none">Not seen</button>',
    );
    await keys.act(page.getByRole('button', { name: 'Seen', exact: true }));
    expect(troubles).toEqual([]);
    await keys.act(page.getByRole('button', { name: 'Not seen' }));
    expect(troubles).toEqual([expect.stringContaining('nothing shows that it has the focus')]);
  });

  test('presses, ticks, picks, chooses and types', async () => {
    const { page, keys, troubles } = await open(`
      <button onclick="this.textContent = 'Gone'">Go</button>
      <input type="checkbox"><input type="text" value="old">
      <select><option>One</option><option>Two</option><option>Three</option></select>
      <div role="radiogroup"><input type="radio" name="a" checked><input type="radio" name="a"></div>
      <input type="date" aria-label="Day">`);
    await keys.act(page.getByRole('button'));
    await page.getByText('Gone').waitFor();
    await keys.act(page.getByRole('checkbox'));
    expect(await page.getByRole('checkbox').isChecked()).toBe(true);
    await keys.type(page.getByRole('textbox').first(), 'new');
    expect(await page.getByRole('textbox').first().inputValue()).toBe('new');
    await keys.pick(page.getByRole('combobox'), 'Three');
    expect(await page.getByRole('combobox').inputValue()).toBe('Three');
    await keys.act(page.getByRole('radio').last());
    expect(await page.getByRole('radio').last().isChecked()).toBe(true);
    await keys.typeDay(page.getByLabel('Day'), '2026-02-28');
    expect(await page.getByLabel('Day').inputValue()).toBe('2026-02-28');
    expect(troubles).toEqual([]);
  });
});
