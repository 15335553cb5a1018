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
  /** Told by the names of the pictures. */
  readonly who: string;
  /** Where pictures are kept; null: none are taken. */
  readonly pictures: string | null;
  /** Everything is reached by Tab, and chosen by Enter. */
  readonly byKeyboard?: boolean;
  readonly offline?: boolean;
};

/** Whoever has not reached something by so many Tabs never will. */
const MOST_TABS = 400;

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
      offline: setting.offline ?? false,
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
    if (!this.#setting.byKeyboard) return place.click();
    await this.#tabTo(place);
    const isBox = (await place.getAttribute('type')) === 'checkbox';
    await this.page.keyboard.press(isBox ? 'Space' : 'Enter');
  }

  async #tabTo(place: Locator): Promise<void> {
    await place.waitFor();
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await place.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${place} cannot be reached by Tab`);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async type(role: 'textbox' | 'combobox', name: string, text: string): Promise<void> {
    const field = this.page.getByRole(role, { name, exact: true });
    if (!this.#setting.byKeyboard) return field.fill(text);
    await this.#tabTo(field);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** One of the choices of a list that is not searched. */
  async pick(name: string, label: string): Promise<void> {
    await this.page.getByRole('combobox', { name, exact: true }).selectOption({ label });
  }

  /** What a click saves. @returns its path, and the name that it is offered under */
  async save(place: Locator): Promise<{ path: string; name: string }> {
    const saved = this.page.waitForEvent('download');
    await this.click(place);
    const download = await saved;
    return { path: await download.path(), name: download.suggestedFilename() };
  }

  /** Another one in the same setting, in a browser of their own. */
  another(more: Partial<Setting> = {}): Promise<Reader> {
    return Reader.open({ ...this.#setting, ...more });
  }

  /** Types into a list, and takes what it finds first. */
  async choose(name: string, text: string): Promise<void> {
    await this.type('combobox', name, text);
    // Before the list is narrowed to what was typed, its first option is another.
    const marked = this.page.locator('[data-combobox-option][data-combobox-selected]:visible');
    const option = marked.filter({ hasText: text }).first();
    await option.waitFor();
    await this.page.keyboard.press('Enter');
    await option.waitFor({ state: 'hidden' });
  }

  /** Reads what is to be signed, and signs it. */
  async sign(): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await this.click(dialog.getByRole('button', { name: this.says('session:sign.button'), exact: true }));
    await dialog.waitFor({ state: 'detached' });
  }

  /** Takes a picture, and has axe look at the page: what it finds is trouble. */
  async look(name: string): Promise<void> {
    const { pictures, language, width, who } = this.#setting;
    this.#picture += 1;
    const file = `${language}-${width}-${who}-${String(this.#picture).padStart(2, '0')}-${name}.png`;
    const isDialog = await this.page.getByRole('dialog').isVisible();
    if (pictures) await this.page.screenshot({ path: join(pictures, file), fullPage: !isDialog });
    const over = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (over > 0) this.troubles.push(`${name} is ${over} px wider than the screen`);
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
