import { custodyModels, processes, recordedTerm } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import {
  keyedMoves,
  keyedRuns,
  keyedUses,
  type MovePassage,
  type Passages,
  type RunPassage,
  type Span,
  type UsePassage,
  type Weights,
  WITHOUT_DISPATCH,
} from '../provenance/passages.ts';
import { inOrder, Reader, Writer } from './bytes-codec.ts';

/** Passages as bytes: sites and parties once, in a list at the start, and by their place in it from then on. */
const VERSION = 2;
const ID = 32;
const ACCOUNT = 20;
const TIME = 5;

/** Equal passages are equal bytes. */
export function encodePassages(passages: Passages): Hex {
  const writer = new Writer();
  writer.number(VERSION, 1);
  const known = listed(passages);
  writer.list(known.sites, (site) => writer.hex(site));
  writer.list(known.parties, (party) => writer.hex(party));
  writer.list(known.lots, (lot) => writer.hex(lot));
  const [site, party, lot] = [placesOf(known.sites), placesOf(known.parties), placesOf(known.lots)];
  writer.list(inOrder(passages.uses), ([, use]) => writeUse(writer, use, { site, party }));
  writer.list(inOrder(passages.runs), ([, run]) => writeRun(writer, run, { site, party, lot }));
  writer.list(inOrder(passages.moves), ([, move]) => writeMove(writer, move, { site, party }));
  writer.list(inOrder(passages.through), ([place, through]) => {
    const parts = place.split(' ');
    writer.number(parts.length, 1);
    for (const one of sitesIn(place)) writer.whole(site(one));
    writer.amounts(through);
  });
  writer.amounts(passages.unrefined);
  writer.list(inOrder(passages.weakest), ([pair, model]) => {
    writer.pair(pair);
    writer.number(custodyModels[model], 1);
  });
  writer.list(passages.corrections, ({ id, occurredAt }) => {
    writer.hex(id);
    writer.number(occurredAt, TIME);
  });
  return writer.written();
}

/** @throws RangeError where the bytes are not those of `encodePassages` */
export function decodePassages(bytes: Hex): Passages {
  const reader = new Reader(bytes, VERSION);
  const sites = reader.list(() => reader.hex(ID));
  const parties = reader.list(() => reader.hex(ACCOUNT));
  const lots = reader.list(() => reader.hex(ID));
  const at = {
    site: () => placed(reader, sites),
    party: () => placed(reader, parties),
    lot: () => placed(reader, lots),
  };
  return {
    uses: keyedUses(reader.list(() => readUse(reader, at))),
    runs: keyedRuns(reader.list(() => readRun(reader, at))),
    moves: keyedMoves(reader.list(() => readMove(reader, at))),
    through: new Map(
      reader.list(() => {
        const parts = reader.number(1);
        const sites: string[] = Array.from({ length: Math.min(parts, 2) }, at.site);
        if (parts > 2) sites.push(WITHOUT_DISPATCH);
        return [sites.join(' '), reader.amounts()] as const;
      }),
    ),
    unrefined: reader.amounts(),
    weakest: new Map(
      reader.list(() => [reader.pair(), recordedTerm(custodyModels, reader.number(1))] as const),
    ),
    corrections: reader.list(() => ({ id: reader.hex(ID), occurredAt: reader.number(TIME) })),
  };
}

type Places = { readonly site: (id: Hex) => number; readonly party: (id: Hex) => number };
type Read = { readonly site: () => Hex; readonly party: () => Hex };
type WithLots<Ids> = Ids & { readonly lot: Ids[keyof Ids] };

function writeUse(writer: Writer, use: UsePassage, { site, party }: Places): void {
  writer.whole(site(use.facility));
  writer.whole(party(use.custodian));
  writer.number(processes[use.process], 1);
  writer.number((use.chokePoint ? 1 : 0) + (use.recycled ? 2 : 0), 1);
  writer.pair(use.pair);
  writeSpan(writer, use.span);
}

function readUse(reader: Reader, { site, party }: Read): UsePassage {
  const [facility, custodian] = [site(), party()];
  const process = recordedTerm(processes, reader.number(1));
  const flags = reader.number(1);
  const pair = reader.pair();
  const span = readSpan(reader);
  return { facility, custodian, process, chokePoint: flags % 2 === 1, recycled: flags >= 2, pair, span };
}

function writeRun(writer: Writer, run: RunPassage, { site, party, lot }: WithLots<Places>): void {
  for (const end of [run.from, run.to]) writer.whole(site(end));
  for (const end of [run.consignor, run.consignee]) writer.whole(party(end));
  const has = [run.upstream, run.arrival, run.short, run.over, run.receipt].map((part, bit) =>
    part ? 1 << bit : 0,
  );
  writer.number(
    has.reduce((sum, bit) => sum + bit, 0),
    1,
  );
  writer.pair(run.pair);
  writeSpan(writer, run.span);
  for (const one of [run.lots.first, run.lots.last, run.lots.latest]) writer.whole(lot(one));
  if (run.arrival) writeSpan(writer, run.arrival);
  if (run.receipt) {
    writer.number(run.receipt.occurredAt, TIME);
    writer.signed(run.receipt.recordedAt - run.receipt.occurredAt);
  }
  if (run.short) writeWeights(writer, run.short);
  if (run.over) writeWeights(writer, run.over);
}

function readRun(reader: Reader, { site, party, lot }: WithLots<Read>): RunPassage {
  const [from, to, consignor, consignee] = [site(), site(), party(), party()];
  const flags = reader.number(1);
  const pair = reader.pair();
  const span = readSpan(reader);
  const lots = { first: lot(), last: lot(), latest: lot() };
  const has = (bit: number) => (flags & (1 << bit)) !== 0;
  return {
    ...{ from, to, consignor, consignee, pair, span, lots },
    upstream: has(0),
    arrival: has(1) ? readSpan(reader) : null,
    receipt: has(4) ? readMoment(reader) : null,
    short: has(2) ? readWeights(reader) : null,
    over: has(3) ? readWeights(reader) : null,
  };
}

function readMoment(reader: Reader) {
  const occurredAt = reader.number(TIME);
  return { occurredAt, recordedAt: occurredAt + reader.signed() };
}

function writeMove(writer: Writer, move: MovePassage, { site, party }: Places): void {
  for (const end of [move.from, move.to]) writer.whole(site(end));
  writer.whole(party(move.party));
  writer.pair(move.pair);
  writeSpan(writer, move.span);
}

function readMove(reader: Reader, { site, party }: Read): MovePassage {
  return { from: site(), to: site(), party: party(), pair: reader.pair(), span: readSpan(reader) };
}

/** Times are told from the first one on. */
function writeSpan(writer: Writer, { firstAt, lastAt, recordedBy, latest }: Span): void {
  writer.number(firstAt, TIME);
  for (const time of [lastAt, recordedBy, latest.occurredAt, latest.recordedAt])
    writer.signed(time - firstAt);
}

function readSpan(reader: Reader): Span {
  const firstAt = reader.number(TIME);
  const time = () => firstAt + reader.signed();
  return { firstAt, lastAt: time(), recordedBy: time(), latest: { occurredAt: time(), recordedAt: time() } };
}

function writeWeights(writer: Writer, { sent, weighed }: Weights): void {
  writer.whole(sent);
  writer.whole(weighed);
}

function readWeights(reader: Reader): Weights {
  return { sent: reader.whole(), weighed: reader.whole() };
}

function listed({ uses, runs, moves, through }: Passages) {
  const ways = [...runs.values(), ...moves.values()];
  const ends = [...through.keys()].flatMap(sitesIn);
  const sites = [
    ...[...uses.values()].map(({ facility }) => facility),
    ...ways.flatMap(({ from, to }) => [from, to]),
    ...ends,
  ];
  const parties = [
    ...[...uses.values()].map(({ custodian }) => custodian),
    ...[...runs.values()].flatMap(({ consignor, consignee }) => [consignor, consignee]),
    ...[...moves.values()].map(({ party }) => party),
  ];
  const lots = [...runs.values()].flatMap((run) => Object.values(run.lots) as Hex[]);
  const once = (ids: readonly Hex[]) => [...new Set(ids)].sort();
  return { sites: once(sites), parties: once(parties), lots: once(lots) };
}

/** The site, or both ends of the way, that a key of `through` is of. */
function sitesIn(place: string): Hex[] {
  return place.split(' ').slice(0, 2) as Hex[];
}

function placesOf(ids: readonly Hex[]): (id: Hex) => number {
  const places = new Map(ids.map((id, place) => [id, place]));
  return (id) => places.get(id) as number;
}

function placed(reader: Reader, ids: readonly Hex[]): Hex {
  const id = ids[Number(reader.whole())];
  if (id === undefined) throw new RangeError('Passages name what their lists lack');
  return id;
}
