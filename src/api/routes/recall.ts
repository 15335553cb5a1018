import type { Hex } from '../../protocol/hex.ts';
import { recallOf } from '../../provenance/recall.ts';
import { recallGraph } from '../../store/queries/recall.ts';
import type { Db } from '../../store/schema.ts';
import { type Access, requirePartyTo } from '../access.ts';
import { answer, route } from '../route.ts';
import { type RecallLine, recallLine } from '../schemas/recall.ts';
import { Turns } from '../turns.ts';
import { namesOf } from '../views/names.ts';
import { holdingsOf, recallLines } from '../views/recall.ts';
import { lotParams, unknownLot } from './lots.ts';

/** The largest takes a gigabyte until it is sent, whoever reads it slowly included. */
/** For impacts as well, which are as large. */
export const turns = new Turns('recalls', { atOnce: 2, waiting: 20 });

export const getRecall = route({
  method: 'get',
  path: '/v1/lots/:lot/recall',
  operationId: 'recallLot',
  summary: 'Where a lot is now, in whatever was made of it',
  description:
    'Every live lot that descends from it (held or in transit; the lot itself, if it is live), by holder, each with the ' +
    'mass that came from it, per material. JSON lines, all of one block: a recall that was read page by page would be of ' +
    'as many blocks as pages, and could miss a lot that moved in between. First a line about the whole, then one per ' +
    'holder with one for each of its lots after it, and last `{"kind":"end"}`. The server answers two at a time; others ' +
    'wait, and beyond 20 that wait there is 429 with Retry-After.',
  tags: ['lots'],
  access: 'own',
  params: lotParams,
  responses: { 200: { description: 'One JSON object a line.', schema: recallLine, lines: true } },
  errors: ['unknown-lot', 'recall-too-large', 'database-unavailable'],
  handler: async ({ db }, { params: { lot } }, { signal, onEnd, access }) => {
    await requirePartyTo(db, access, lot);
    const giveBack = await turns.take(signal);
    try {
      return answer(200, await linesOf(db, lot, access));
    } finally {
      onEnd(giveBack);
    }
  },
});

async function linesOf(db: Db, lot: Hex, access: Access): Promise<Iterable<RecallLine>> {
  const found = await recallGraph(db, lot);
  if (!found) throw unknownLot(lot);
  const { subject } = found.graph;
  const recall = recallOf(found.graph);
  const holdings = holdingsOf(recall);
  access.requireAll(holdings.map(({ party }) => party));
  const names = await namesOf(db, { parties: holdings.map(({ party }) => party), facilities: [] });
  return recallLines({ subject, recall, holdings, asOf: found.asOf }, names);
}
