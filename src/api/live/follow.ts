import type { LedgerFeed, News, Place } from './feed.ts';

/** So often a connection on which nothing happens shows that it lives. */
const HEARTBEAT_MS = 15_000;

/**
 * What becomes new, from a place on, until the signal aborts: first of all what is new since then. Null: nothing did for a
 * while. Who reads slowly is told more at a time.
 */
export async function* follow(
  feed: LedgerFeed,
  place: Place | null,
  signal: AbortSignal,
): AsyncGenerator<News | null, void> {
  let wake = () => {};
  const onWake = () => wake();
  const stop = feed.listen(onWake);
  signal.addEventListener('abort', onWake, { once: true });
  try {
    let last: News | null = null;
    while (!signal.aborted) {
      const woken = new Promise<'news'>((resolve) => {
        wake = () => resolve('news');
      });
      const news = await feed.since(last?.block ?? place);
      if (news && !isSame(news, last)) {
        last = news;
        yield news;
      } else if ((await firstOf(woken)) === 'nothing') yield null;
    }
  } finally {
    signal.removeEventListener('abort', onWake);
    stop();
  }
}

function isSame(news: News, last: News | null): boolean {
  return news.block.hash === last?.block.hash && news.finalized === last.finalized;
}

async function firstOf(woken: Promise<'news'>): Promise<'news' | 'nothing'> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<'nothing'>((resolve) => {
    timer = setTimeout(resolve, HEARTBEAT_MS, 'nothing');
  });
  return Promise.race([woken, quiet]).finally(() => clearTimeout(timer));
}
