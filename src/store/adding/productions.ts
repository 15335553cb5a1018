import { setImmediate as turn } from 'node:timers/promises';
import { custodyModels, facilityKinds, processes, recordedTerm } from '../../protocol/codes.ts';
import { pairKey, sumContent } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { LifeEvent } from '../lives.ts';
import type { LotEvent } from '../projections/lot-event.ts';
import type { Recorded } from '../projections/projection.ts';
import { type Input, type Page, summaryRows } from '../summaries.ts';
import type { Known, KnownLot } from './known.ts';

type Production = Recorded<'Production'>;

function lotIn({ lots }: Known, lot: Hex): KnownLot {
  const known = lots.get(lot);
  if (!known) throw new Error(`A production spends lot ${lot}, which nothing made`);
  return known;
}

/**
 * The rows of `production_content` (0007-recall.sql). An older index is filled from its rows instead
 * (projections/production-content.ts); a test holds the two against each other.
 */
export function contentRows(productions: readonly Production[], known: Known) {
  return productions.map(({ place: { seq, block }, message: { inputs, outputs } }) => {
    const sums = sumContent(inputs.map(({ lot }) => lotIn(known, lot).content));
    const into = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
    const out = outputs.flatMap(({ content }, output) =>
      content.map(
        ({ material, recycled, milligrams }) => `${output} ${pairKey(material, recycled)} ${milligrams}`,
      ),
    );
    return {
      seq,
      block,
      inputs: into.map(([pair, milligrams]) => `${pair} ${milligrams}`).join(' '),
      outputs: out.join(' '),
    };
  });
}

/** The rows of `production_summary`. What else there is to do gets its turn after each. */
export async function summariesIn(
  productions: readonly Production[],
  events: readonly LotEvent[],
  known: Known,
) {
  const given = {
    inputs: new Map(productions.map((one) => [one.id, inputsOf(one, known)])),
    outputs: new Map(
      productions.map(({ id, message }) => [id, message.outputs.map(({ content }) => content)]),
    ),
    lives: livesIn(productions, events, known),
    known: known.summaries,
  };
  const rows = [];
  for (const row of summaryRows(pageOf(productions, known), given)) {
    rows.push(row);
    await turn();
  }
  return rows;
}

function inputsOf({ message }: Production, known: Known): Input[] {
  return message.inputs.map(({ lot }) => {
    const { milligrams, content, bornAt, maker } = lotIn(known, lot);
    return { lot, milligrams, content, bornAt, maker };
  });
}

/** What happened to the lots that are spent, before the batch and in it. */
function livesIn(
  productions: readonly Production[],
  events: readonly LotEvent[],
  { lives, dispatches }: Known,
): Map<Hex, LifeEvent[]> {
  const spent = new Set(productions.flatMap(({ message }) => message.inputs.map(({ lot }) => lot)));
  const all = new Map([...lives].map(([lot, life]) => [lot, [...life]]));
  for (const { lot, kind, place, ...event } of events) {
    if (kind === 'birth' || !spent.has(lot)) continue;
    const way = kind === 'dispatch' ? (dispatches.get(event.statement) ?? null) : null;
    const happened = { ...event, kind, seq: place.seq, recordedAt: place.recordedAt, way };
    const life = all.get(lot);
    if (life) life.push(happened);
    else all.set(lot, [happened]);
  }
  return all;
}

function pageOf(productions: readonly Production[], { kinds }: Known): Page {
  return productions.flatMap(({ place, id, message }) => {
    const kind = kinds.get(message.facility);
    if (kind === undefined) return [];
    const { facility, custodian, occurredAt } = message;
    return [
      {
        ...{ id, facility, custodian, occurredAt, seq: place.seq, recordedAt: place.recordedAt },
        process: recordedTerm(processes, message.process),
        kind: recordedTerm(facilityKinds, kind),
        custodyModel: recordedTerm(custodyModels, message.custodyModel),
      },
    ];
  });
}
