import { originProcesses, type Process, processes, recordedTerm } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import { originKey, originOfKey } from '../protocol/origin.ts';
import type { OriginSummary } from '../provenance/origins.ts';
import type { ProductionSummary, SitePassage } from '../provenance/summary.ts';
import { inOrder, Reader, Writer } from './bytes-codec.ts';

/**
 * Summaries as bytes. Counts and times are big-endian; units take a byte for their length and as many as they need;
 * maps are written in the order of their keys, so that equal summaries are equal bytes.
 */
const VERSION = 1;
const ID = 32;
const ACCOUNT = 20;
const TIME = 6;

type Shares = OriginSummary['shares'];
type Sites = Pick<ProductionSummary, 'totals' | 'sites'>;

/** Per pair, the units of each origin. */
export function encodeOrigins(shares: Shares): Hex {
  const writer = new Writer();
  writer.number(VERSION, 1);
  writer.list(inOrder(shares), ([pair, origins]) => {
    writer.pair(pair);
    writer.list(inOrder(origins), ([key, units]) => {
      const { facility, process } = originOfKey(key);
      writer.hex(facility);
      writer.number(processes[process], 1);
      writer.units(units);
    });
  });
  return writer.written();
}

/** @throws RangeError where the bytes are not those of `encodeOrigins` */
export function decodeOrigins(bytes: Hex): Shares {
  const reader = new Reader(bytes, VERSION);
  return new Map(
    reader.list(() => [
      reader.pair(),
      new Map(
        reader.list(() => {
          const facility = reader.hex(ID);
          const process = recordedTerm(processes, reader.number(1));
          const known = originProcesses.find((origin) => origin === process);
          if (!known) throw new RangeError(`"${process}" brings nothing onto the ledger`);
          return [originKey({ facility, process: known }), reader.units()] as const;
        }),
      ),
    ]),
  );
}

/** The totals, then each site: when, what was done, who held it, and its part of each total. */
export function encodeSites({ totals, sites }: Sites): Hex {
  const writer = new Writer();
  writer.number(VERSION, 1);
  writer.amounts(totals);
  writer.list(inOrder(sites), ([facility, site]) => {
    writer.hex(facility);
    writer.number(site.firstAt, TIME);
    writer.number(site.lastAt, TIME);
    writer.list([...site.processes].map((process) => processes[process]).sort(byNumber), (code) =>
      writer.number(code, 1),
    );
    writer.list([...site.holders].sort(), (holder) => writer.hex(holder));
    writer.amounts(site.through);
  });
  return writer.written();
}

/** @throws RangeError where the bytes are not those of `encodeSites` */
export function decodeSites(bytes: Hex): Sites {
  const reader = new Reader(bytes, VERSION);
  const totals = reader.amounts();
  const sites = new Map(reader.list(() => [reader.hex(ID), siteIn(reader)] as const));
  return { totals, sites };
}

function siteIn(reader: Reader): SitePassage {
  return {
    firstAt: reader.number(TIME),
    lastAt: reader.number(TIME),
    processes: new Set(reader.list((): Process => recordedTerm(processes, reader.number(1)))),
    holders: new Set(reader.list(() => reader.hex(ACCOUNT))),
    through: reader.amounts(),
  };
}

function byNumber(a: number, b: number): number {
  return a - b;
}
