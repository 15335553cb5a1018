import { readFile } from 'node:fs/promises';
import type { JsonValue } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import { type Evidence, saltedDocument } from './evidence-file.ts';
import { Failure } from './failure.ts';
import { timeIn } from './values.ts';

/** A device's readings as they go out: the root of their tree, how many there are, and the time that they cover. */
export type Readings = {
  readonly root: Hex;
  readonly count: number;
  readonly from: number;
  readonly until: number;
  readonly papers: Evidence;
};

type Row = Readonly<Record<string, JsonValue>>;

/** No document that is shown holds more fields. */
const MOST_SHOWN = 1_000;

/**
 * Reads what a device measured: a CSV file with a header, or a JSON list of objects; one of the columns is `time`. Each
 * reading becomes the field `readings[i]` of an evidence document, so that any of them can be shown and proven alone.
 *
 * @param isShown whether the readings go to the service, for everybody to read; else their root alone
 * @throws Failure, UsageError
 */
export async function readReadings(file: string, isShown: boolean, now: number): Promise<Readings> {
  const rows = await rowsIn(file);
  if (rows.length === 0) throw new Failure(`${file} holds no readings.`);
  if (isShown && rows.length > MOST_SHOWN)
    throw new Failure(
      `${file} holds ${rows.length} readings, and at most ${MOST_SHOWN} can be shown at once. Leave out --show, or split the file.`,
    );
  const times = rows.map((row, index) => timeOf(file, row, index, now));
  const values = Object.fromEntries(rows.map((row, index) => [`readings[${index}]`, row] as const));
  const paths = Object.keys(values);
  const papers = await saltedDocument(file, values, isShown ? paths : []);
  return {
    root: papers.root,
    count: rows.length,
    from: times.reduce((a, b) => Math.min(a, b)),
    until: times.reduce((a, b) => Math.max(a, b)),
    papers: isShown ? papers : { ...papers, documents: [] },
  };
}

async function rowsIn(file: string): Promise<Row[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`The file of readings ${file} cannot be read (${error.code ?? error.message}).`);
  });
  return /\.json$/i.test(file) ? jsonRows(file, text) : csvRows(file, text);
}

function jsonRows(file: string, text: string): Row[] {
  const found: unknown = parsed(file, text);
  const isList = Array.isArray(found) && found.every((row) => row !== null && typeof row === 'object');
  if (!isList)
    throw new Failure(
      `${file} holds no readings: expected a JSON list such as [{"time": "2026-03-01T10:00Z", "celsius": 21.5}].`,
    );
  return found as Row[];
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${(error as Error).message}`);
  }
}

/** Plain CSV: a header, commas, no quotes. Numbers become numbers. */
function csvRows(file: string, text: string): Row[] {
  if (text.includes('"'))
    throw new Failure(`${file} has quotes, which are not read in a CSV file of readings. Give it as JSON.`);
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = header.split(',').map((name) => name.trim());
  return lines.map((line, index) => {
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells.length !== names.length)
      throw new Failure(
        `Line ${index + 2} of ${file} has ${cells.length} values, and the header names ${names.length}.`,
      );
    return Object.fromEntries(names.map((name, at) => [name, cellValue(cells[at] ?? '')] as const));
  });
}

function cellValue(cell: string): JsonValue {
  return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

function timeOf(file: string, row: Row, index: number, now: number): number {
  const { time } = row;
  if (typeof time === 'number' && Number.isSafeInteger(time) && time >= 0) return time;
  if (typeof time === 'string') return timeIn(time, now);
  throw new Failure(
    `Reading ${index + 1} of ${file} has no time: expected a column "time" with 2026-03-01T10:00Z, or with Unix seconds.`,
  );
}
