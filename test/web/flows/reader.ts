import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { WholeKey } from '../../../src/web/i18n/parts.ts';
import { Translator, type Values } from '../../../src/web/i18n/translator.ts';
import { readMessages } from '../texts.ts';
import { byKeyboardAlone, Keys } from './keyboard.ts';
import { dialogOn, type Place, pageAt } from './places.ts';

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
  /** Everything is reached by Tab, and chosen by Enter, Space and arrows: a click throws. */
  readonly byKeyboard?: boolean;
  readonly offline?: boolean;
};

/** What axe has looked at, in all settings so far. */
export const lookedAt = new Set<Place>();

/** Somebody at a browser of their own: reads what stands on the pages, clicks and types, and notices what is wrong. */
export class Reader {
  readonly page: Page;
  readonly troubles: string[] = [];
  /** Since somebody last set it to 0; `allClicks` goes on. */
  clicks = 0;
  allClicks = 0;
  readonly #setting: Setting;
  readonly #translator: Translator;
  readonly #keys: Keys | null;
  #picture = 0;

  private constructor(page: Page, setting: Setting, translator: Translator) {
    this.page = setting.byKeyboard ? byKeyboardAlone(page) : page;
    this.#keys = setting.byKeyboard ? new Keys(page, this.troubles) : null;
    this.#setting = setting;
    this.#translator = translator;
    page.setDefaultTimeout(45_000);
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('console', (message) => {
      // A browser writes every answer from 400 on to its console, and that it was taken off the network; what pages make of it is looked at on the pages.
      if (
        message.type() === 'error' &&
        !/status of (40[14]|422)|ERR_INTERNET_DISCONNECTED/.test(message.text())
      )
        this.troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(setting.url))
        this.troubles.push(`a request to ${request.url()}`);
    });
  }

  static async open(setting: Setting): Promise<Reader> {
    const translator = new Translator(setting.language);
    for (const part of PARTS) translator.add(part, await readMessages(setting.language, part));
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
    this.allClicks += 1;
    await (this.#keys ? this.#keys.act(place) : place.click());
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async type(role: 'textbox' | 'combobox', name: string, text: string): Promise<void> {
    await this.typeInto(this.page.getByRole(role, { name, exact: true }), text);
  }

  async typeInto(field: Locator, text: string): Promise<void> {
    await (this.#keys ? this.#keys.type(field, text) : field.fill(text));
  }

  /** @param day as 2026-01-31; empty: none */
  async typeDay(name: string, day: string): Promise<void> {
    // A label has a star beside it where the day is needed.
    const field = this.page.getByLabel(name).and(this.page.locator('input[type=date]'));
    await (this.#keys ? this.#keys.typeDay(field, day) : field.fill(day));
  }

  /** One of the choices of a list that is not searched. */
  async pick(name: string, label: string): Promise<void> {
    const list = this.page.getByRole('combobox', { name, exact: true });
    await (this.#keys ? this.#keys.pick(list, label) : list.selectOption({ label }));
  }

  /** One of a few choices that stand side by side. */
  async take(name: string): Promise<void> {
    if (this.#keys) return this.click(this.page.getByRole('radio', { name, exact: true }));
    await this.click(this.page.getByText(name, { exact: true }));
  }

  /** Chooses a file where a button asks for one. */
  async give(place: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const [asked] = await Promise.all([this.page.waitForEvent('filechooser'), this.click(place)]);
    await asked.setFiles(file);
  }

  /** What a click saves. @returns its path, and the name that it is offered under */
  async save(place: Locator): Promise<{ path: string; name: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.click(place)]);
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

  /** Like `look`, once a dialog is open. */
  async lookAtDialog(name: string): Promise<void> {
    await this.page.getByRole('dialog').waitFor();
    await this.look(name);
  }

  /** Takes a picture, and has axe look at the page once all of it is there: what it finds is trouble. */
  async look(name: string): Promise<void> {
    await this.page.waitForFunction(isAllThere);
    const { pictures, language, width, who } = this.#setting;
    this.#picture += 1;
    const file = `${language}-${width}-${who}-${String(this.#picture).padStart(2, '0')}-${name}.png`;
    const isDialog = await this.page.getByRole('dialog').isVisible();
    const dialog = isDialog && (await dialogOn(this.page, (key) => this.says(key, { what: '' }).trim()));
    lookedAt.add(dialog || pageAt(this.page.url()));
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

/** In the page: nothing is loaded, and nothing moves in or out. A button that turns waits for the reader. */
function isAllThere(): boolean {
  const isMoving = document
    .getAnimations()
    .some(({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations === 1);
  const turning = document.querySelectorAll('main .mantine-Loader-root, [role=dialog] .mantine-Loader-root');
  // A page whose script is still on its way has no heading yet; a certificate that the server drew, no tools.
  const isComing = !document.querySelector('h1, h2') || document.querySelector('.certificate-tools:empty');
  return !isMoving && !isComing && [...turning].every((loader) => loader.closest('button') !== null);
}

type Violation = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
};
