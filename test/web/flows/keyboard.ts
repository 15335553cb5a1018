import type { Locator, Page } from 'playwright-core';

/** Whoever has not reached something by so many Tabs never will. */
const MOST_TABS = 400;
const MOST_ARROWS = 60;
/** What a mouse, a finger or a program does to a page, and no keyboard. */
const NOT_BY_KEYBOARD = new Set(
  'click dblclick tap hover check uncheck setChecked fill clear focus selectOption selectText dragTo setInputFiles'.split(
    ' ',
  ),
);

const isPlace = (thing: unknown): thing is Locator =>
  typeof thing === 'object' && thing !== null && 'getByRole' in thing && 'dblclick' in thing;

/** The same page or place, which throws for whatever is not done by keyboard; so do the places that are found in it. */
export function byKeyboardAlone<T extends Page | Locator>(thing: T): T {
  return new Proxy(thing, {
    get(target, name) {
      if (name === 'mouse' || name === 'touchscreen')
        throw new Error(`By keyboard alone there is no ${String(name)}`);
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        if (NOT_BY_KEYBOARD.has(String(name)))
          throw new Error(`${String(name)} is not done by keyboard: ${target}`);
        const result: unknown = value.apply(target, given);
        return isPlace(result) ? byKeyboardAlone(result) : result;
      };
    },
  });
}

/** Presses keys as somebody without a mouse does, and tells where they did not see what they were at. */
export class Keys {
  readonly #page: Page;
  readonly #troubles: string[];
  readonly #mostTabs: number;

  constructor(page: Page, troubles: string[], mostTabs = MOST_TABS) {
    this.#page = page;
    this.#troubles = troubles;
    this.#mostTabs = mostTabs;
  }

  /** Enter where it acts; Space for a box to tick, arrows within tabs and choices. */
  async act(place: Locator): Promise<void> {
    await place.first().waitFor({ state: 'attached' });
    const kind = (await place.getAttribute('role')) ?? (await place.getAttribute('type'));
    if (kind === 'radio') return this.#arrowTo(place, (element) => (element as HTMLInputElement).checked);
    if (kind === 'tab') return this.#arrowTo(place, (element) => element.ariaSelected === 'true');
    await this.tabTo(place);
    await this.#page.keyboard.press(kind === 'checkbox' ? 'Space' : 'Enter');
  }

  /** By Tab, to the one control. @throws Error where it cannot be reached so */
  async tabTo(place: Locator): Promise<void> {
    await place.waitFor();
    for (let tabs = 0; tabs < this.#mostTabs; tabs += 1) {
      if (await place.evaluate((element) => element === document.activeElement)) return this.#seeFocus();
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`${place} cannot be reached by Tab`);
  }

  /** Of several that are one stop for Tab, to one of them. */
  async #arrowTo(place: Locator, isChosen: (element: Element) => boolean): Promise<void> {
    const group = await place.evaluateHandle((element) =>
      element.closest('[role=tablist],[role=radiogroup]'),
    );
    const isIn = () => group.evaluate((element) => element?.contains(document.activeElement) ?? false);
    for (let tabs = 0; !(await isIn()); tabs += 1) {
      if (tabs === this.#mostTabs) throw new Error(`${place} cannot be reached by Tab`);
      await this.#page.keyboard.press('Tab');
    }
    for (let arrows = 0; !(await place.evaluate(isChosen)); arrows += 1) {
      if (arrows === MOST_ARROWS) throw new Error(`${place} cannot be reached by arrows`);
      await this.#page.keyboard.press('ArrowRight');
    }
    await this.#seeFocus();
  }

  /** One of the choices of a list that is not searched. */
  async pick(list: Locator, label: string): Promise<void> {
    await this.tabTo(list);
    await this.#page.keyboard.press('Home');
    for (let arrows = 0; arrows < MOST_ARROWS; arrows += 1) {
      if (
        (await list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label)) === label
      )
        return;
      await this.#page.keyboard.press('ArrowDown');
    }
    throw new Error(`${list} has no choice ${label} that arrows reach`);
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.tabTo(field);
    await this.#page.keyboard.press('Control+A');
    if (text === '') await this.#page.keyboard.press('Delete');
    else await this.#page.keyboard.type(text);
  }

  /** @param day as 2026-01-31; empty: none. A browser asks for its parts in the order of its own language. */
  async typeDay(field: Locator, day: string): Promise<void> {
    if ((await field.inputValue()) === day) return;
    const [year = '', month = '', date = ''] = day.split('-');
    for (const parts of [`${month}${date}${year}`, `${date}${month}${year}`, `${year}${month}${date}`]) {
      await this.tabTo(field);
      for (let part = 0; part < 3; part += 1) await this.#page.keyboard.press('ArrowLeft');
      await this.#page.keyboard.type(parts);
      if ((await field.inputValue()) === day) return;
    }
    throw new Error(`${field} does not take ${day} by keyboard`);
  }

  /** What has the focus has to be in sight, with something drawn about it: itself, or what stands for it. */
  async #seeFocus(): Promise<void> {
    const trouble = await this.#page.evaluate(() => {
      const place = document.activeElement;
      if (!place || place === document.body) return null;
      const isDrawn = (element: Element | null) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      };
      const { top, bottom, left, right } = place.getBoundingClientRect();
      const isInSight = bottom >= 0 && right >= 0 && top <= innerHeight && left <= innerWidth;
      const what = place.outerHTML.slice(0, 160);
      if (!isInSight) return `what has the focus is out of sight: ${what}`;
      const isSeen = [place, place.nextElementSibling, place.parentElement].some(isDrawn);
      return isSeen ? null : `nothing shows that it has the focus: ${what}`;
    });
    if (trouble !== null) this.#troubles.push(trouble);
  }
}
