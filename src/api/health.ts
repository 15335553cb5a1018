import type { Header } from '../chain/ledger.ts';
import { type IndexHead, indexHead } from '../store/queries/head.ts';
import type { Context } from './context.ts';
import type { Health } from './schemas/health.ts';

/** The newest blocks of a fast chain are always on their way: this far behind still counts as caught up. */
const CAUGHT_UP_SECONDS = 15;

/** How far the index is, and what waits. Never throws: what is away is named in `status`. */
export async function readHealth(context: Context): Promise<Health> {
  const { db, chain, outbox, clock } = context;
  const [tips, rows] = await Promise.allSettled([
    chain.tips(),
    Promise.all([indexHead(db), outbox.backlog()]),
  ]);
  const head = tips.status === 'fulfilled' ? tips.value.head : null;
  const [indexed, backlog] = rows.status === 'fulfilled' ? rows.value : [null, null];
  const lag = lagOf(indexed, head);
  const isOk = lag.isSmall && !context.isIndexStuck();
  return {
    status:
      rows.status === 'rejected'
        ? 'database-unavailable'
        : head === null
          ? 'chain-unavailable'
          : isOk
            ? 'ok'
            : 'behind',
    indexed: indexed && { number: indexed.number, time: indexed.time },
    chainHead: head && { number: head.number, time: head.time },
    finalized: indexed?.finalized ?? null,
    lagBlocks: lag.blocks,
    lagSeconds: lag.seconds,
    outbox: backlog && {
      open: backlog.open,
      oldestSeconds: backlog.oldest === null ? null : Math.max(0, clock() - backlog.oldest),
    },
  };
}

/** A chain that is lower than the index is another, or in the middle of a reorganisation. */
function lagOf(indexed: IndexHead | null, head: Header | null) {
  if (!indexed || !head) return { blocks: null, seconds: null, isSmall: false };
  const blocks = head.number - indexed.number;
  const seconds = blocks <= 0 ? 0 : Math.max(0, head.time - indexed.time);
  return { blocks: Math.max(0, blocks), seconds, isSmall: blocks >= 0 && seconds <= CAUGHT_UP_SECONDS };
}
