import { normalContent } from '../../../protocol/content.ts';
import { parseMass } from '../../../protocol/mass.ts';
import { findMaterial } from '../../../protocol/materials.ts';
import type { Content, Output } from '../../../protocol/statements.ts';
import { hs6In } from '../fields/hs6.ts';
import { contentAt } from '../fields/mass.ts';

/** The columns of a file, in the order of its template. The first three are needed. */
export const columns = ['commodity', 'mass', 'content', 'serial', 'batch', 'gtin'] as const;
export type Column = (typeof columns)[number];

/** What is wrong with a cell, or with a row that is no lot as a whole. */
export type CellError = {
  readonly row: number;
  readonly column: Column;
  readonly what: 'commodity' | 'mass' | 'content' | 'material' | 'tooMuch' | 'twice';
  /** What stands there. */
  readonly found: string;
};

/** A row that is a lot. `row`: as spreadsheets count, the header is 1. */
export type LotRow = {
  readonly row: number;
  readonly output: Omit<Output, 'evidence'>;
  readonly fields: Readonly<Partial<Record<'serial' | 'batch' | 'gtin', string>>>;
};

export type Read = { readonly lots: readonly LotRow[]; readonly errors: readonly CellError[] };

/** @param table the header and the rows, as text; columns in any order, others than ours are left alone */
export function readRows(
  table: readonly (readonly string[])[],
  isRecycled: boolean,
): Read & { readonly missing: readonly Column[] } {
  const header = (table[0] ?? []).map((name) => name.trim().toLowerCase());
  const missing = (['commodity', 'mass', 'content'] as const).filter((column) => !header.includes(column));
  if (missing.length > 0) return { lots: [], errors: [], missing };
  const lots: LotRow[] = [];
  const errors: CellError[] = [];
  for (const [index, cells] of table.slice(1).entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const cell = (column: Column) => (cells[header.indexOf(column)] ?? '').trim();
    const read = readRow(cell, index + 2, isRecycled);
    if ('output' in read) lots.push(read);
    else errors.push(...read.errors);
  }
  return { lots, errors: [...errors, ...serialsTwice(lots)].sort((a, b) => a.row - b.row), missing };
}

function readRow(
  cell: (column: Column) => string,
  row: number,
  isRecycled: boolean,
): LotRow | { readonly errors: CellError[] } {
  const errors: CellError[] = [];
  const wrong = (column: Column, what: CellError['what'], found = cell(column)) =>
    errors.push({ row, column, what, found });
  const commodity = hs6In(cell('commodity'));
  if (commodity === null) wrong('commodity', 'commodity');
  const milligrams = massIn(cell('mass'));
  if (milligrams === null || milligrams === 0n) wrong('mass', 'mass');
  const content: Content[] = [];
  for (const part of cell('content')
    .split(/[;\n]/)
    .map((text) => text.trim())
    .filter(Boolean)) {
    const line = contentIn(part, milligrams);
    if (line === 'material' || line === 'content') wrong('content', line, part);
    else content.push({ ...line, recycled: isRecycled });
  }
  const sum = content.reduce((total, line) => total + line.milligrams, 0n);
  if (milligrams !== null && sum > milligrams) wrong('content', 'tooMuch');
  if (errors.length > 0 || commodity === null || milligrams === null) return { errors };
  const named = (['serial', 'batch', 'gtin'] as const).filter((column) => cell(column) !== '');
  const fields = Object.fromEntries(named.map((column) => [column, cell(column)]));
  return { row, output: { commodity, milligrams, content: normalContent(content) }, fields };
}

/** "Co=6.5%" of the net mass, or "Co=812.5 kg". */
function contentIn(
  text: string,
  net: bigint | null,
): Pick<Content, 'material' | 'milligrams'> | 'material' | 'content' {
  const [name = '', amount = '', ...more] = text.split('=').map((part) => part.trim());
  const material = findMaterial(name);
  if (!material) return 'material';
  const milligrams = amount.endsWith('%') ? contentAt(amount.slice(0, -1), net) : massIn(amount);
  if (milligrams === null || more.length > 0)
    return net === null ? { material: material.id, milligrams: 0n } : 'content';
  return { material: material.id, milligrams };
}

function massIn(text: string): bigint | null {
  try {
    return parseMass(text.replace(',', '.'));
  } catch {
    return null;
  }
}

/** A serial number belongs to one lot. */
function serialsTwice(lots: readonly LotRow[]): CellError[] {
  const seen = new Set<string>();
  return lots.flatMap(({ row, fields: { serial, gtin = '' } }) => {
    const key = `${gtin}/${serial}`;
    if (serial === undefined || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ row, column: 'serial' as const, what: 'twice' as const, found: serial }];
  });
}
