import { csvLine } from '../components/csv.ts';

/** A table to take away: what it is of, as of which block, and when it was read. Times are Unix seconds. */
export type Paper = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly query: string;
  readonly asOf: { readonly block: number; readonly hash: string; readonly time: number } | null;
  readonly at: number;
};

/**
 * A cell that no spreadsheet takes for a formula. What begins as one gets an apostrophe; a number cannot run, and stays.
 */
export function harmless(cell: string): string {
  if (/^[+-]?\d+(\.\d+)?$/.test(cell)) return cell;
  return /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

/** The table with its provenance above it, row by row. */
export function cellsOf({ title, columns, rows, query, asOf, at }: Paper): string[][] {
  const iso = (time: number) => new Date(time * 1000).toISOString();
  const block = asOf ? [String(asOf.block), asOf.hash, iso(asOf.time)] : [];
  const head = [['Lodebook', title], ['Query', query], ['Block', ...block], ['Read', iso(at)], []];
  return [...head, [...columns], ...rows].map((row) => row.map(harmless));
}

/** RFC 4180, with a byte order mark: spreadsheets take it for UTF-8 then. */
export function csvOf(paper: Paper): string {
  const lines = cellsOf(paper).map(csvLine);
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
