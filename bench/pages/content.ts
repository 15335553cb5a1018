import type { Browser, Page, Request } from 'playwright-core';

/** How long a page may ask for nothing before it is taken to have all. */
const QUIET_MS = 400;
const PATIENCE_MS = 60_000;

/**
 * From opening a page until its content is there: a heading stands on it, nothing turns any more, and the last answer of
 * the API that it asked for has come. The browser keeps nothing from one run to the next. @returns milliseconds
 */
export async function timeToContent(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  try {
    const isQuiet = quietOf(page);
    await page.goto(url);
    await page.waitForFunction(() => document.querySelector('main h1') !== null);
    let shown = await shownAt(page);
    // What a page asks for follows from what it was answered: it is looked at until it asks for nothing more.
    while (!(await isQuiet())) shown = await shownAt(page);
    const alert = await page.locator('main [role=alert]').count();
    if (alert > 0) throw new Error(`${url} shows a failure: ${await page.locator('main').innerText()}`);
    return Math.max(shown, await lastAnswerAt(page));
  } finally {
    await context.close();
  }
}

/** Whether no request to the API is under way, nor was begun for a while. */
function quietOf(page: Page): () => Promise<boolean> {
  let [underway, asked] = [0, 0];
  const isCounted = (url: string) => url.includes('/v1/') && !url.includes('/v1/events');
  page.on('request', (request) => {
    if (!isCounted(request.url())) return;
    underway += 1;
    asked += 1;
  });
  const onEnd = (request: Request) => {
    if (isCounted(request.url())) underway -= 1;
  };
  page.on('requestfinished', onEnd);
  page.on('requestfailed', onEnd);
  return async () => {
    const before = asked;
    await page.waitForTimeout(QUIET_MS);
    return underway === 0 && asked === before;
  };
}

/** When nothing turned any more, by the page's own clock. */
async function shownAt(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() =>
    document.querySelector('main .mantine-Loader-root') === null ? performance.now() : false,
  );
  return Number(await handle.jsonValue());
}

function lastAnswerAt(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      0,
      ...performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/v1/') && !name.includes('/v1/events'))
        .map((entry) => (entry as PerformanceResourceTiming).responseEnd),
    ),
  );
}
