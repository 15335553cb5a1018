import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { WholeKey } from '../../../src/web/i18n/parts.ts';
import { type Messages, Translator, type Values } from '../../../src/web/i18n/translator.ts';

const MESSAGES = join(import.meta.dirname, '../../../src/web/messages');
const PARTS = ['common', 'terms', 'certificate', 'check', 'session', 'supplier', 'auditor', 'buyer'] as const;

export type Setting = {
  readonly browser: Browser;
  readonly url: string;
  readonly language: 'en' | 'fr';
  readonly width: number;
  /** Where pictures are kept; null: none are taken. */
  readonly pictures: string | null;
};

/** Somebody at a browser of their own: reads what stands on the pages, clicks and types, and notices what is wrong. */
export class Reader {
  readonly page: Page;
  readonly troubles: string[] = [];
  clicks = 0;
  readonly #setting: Setting;
  readonly #translator: Translator;
  #picture = 0;

  private constructor(page: Page, setting: Setting, translator: Translator) {
    this.page = page;
    this.#setting = setting;
    this.#translator = translator;
    page.setDefaultTimeout(45_000);
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('console', (message) => {
      // A browser writes every answer from 400 on to its console; what pages make of it is looked at on the pages.
      if (message.type() === 'error' && !/status of (40[14]|422)/.test(message.text()))
        this.troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(setting.url))
        this.troubles.push(`a request to ${request.url()}`);
    });
  }

  static async open(setting: Setting): Promise<Reader> {
    const translator = new Translator(setting.language);
    for (const part of PARTS) {
      const text = await readFile(join(MESSAGES, setting.language, `${part}.json`), 'utf8');
      translator.add(part, JSON.parse(text) as Messages);
    }
    const context = await setting.browser.newContext({
      viewport: { width: setting.width, height: 844 },
      locale: setting.language === 'en' ? 'en-GB' : 'fr-FR',
      acceptDownloads: true,
    });
    return new Reader(await context.newPage(), setting, translator);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** A message as the pages say it. */
  says(key: WholeKey, values: Values = {}): string {
    const text = this.#translator.find(key, values);
    if (text === undefined) throw new Error(`There is no message ${key}`);
    return text;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(`${this.#setting.url}${path}`);
  }

  async click(place: Locator): Promise<void> {
    this.clicks += 1;
    await place.click();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async type(role: 'textbox' | 'combobox', name: string, text: string): Promise<void> {
    await this.page.getByRole(role, { name, exact: true }).fill(text);
  }

  /** Types into a list, and takes what it finds first. */
  async choose(name: string, text: string): Promise<void> {
    await this.type('combobox', name, text);
    // Before the list is narrowed to what was typed, its first option is another.
    const marked = this.page.locator('[data-combobox-option][data-combobox-selected]:visible');
    const option = marked.filter({ hasText: text }).first();
    await option.waitFor();
    await this.page.keyboard.press('Enter');
    await option.waitFor({ state: 'hidden', timeout: 2_000 }).catch(() => undefined);
    // A list that is drawn anew while the key goes down takes nothing.
    if (await option.isVisible()) await this.click(option);
  }

  /** Reads what is to be signed, and signs it. */
  async sign(): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await this.click(dialog.getByRole('button', { name: this.says('session:sign.button'), exact: true }));
    await dialog.waitFor({ state: 'detached' });
  }

  /** Takes a picture, and has axe look at the page: what it finds is trouble. */
  async look(name: string): Promise<void> {
    const { pictures, language, width } = this.#setting;
    this.#picture += 1;
    const file = `${language}-${width}-${String(this.#picture).padStart(2, '0')}-${name}.png`;
    if (pictures) await this.page.screenshot({ path: join(pictures, file), fullPage: true });
    await this.page.evaluate(axe.source);
    const found = await this.page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run(),
    );
    for (const { id, help, nodes } of found.violations)
      this.troubles.push(
        `axe on ${name}: ${id}, ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
  }
}

type Violation = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
};
