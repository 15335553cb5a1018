/** What spreadsheets run as a formula when a cell begins with it (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell as text that no spreadsheet runs: what would be a formula gets an apostrophe before it. */
export function harmless(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** Rows as CSV (RFC 4180), nothing of them a formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${csvLine(row.map(harmless))}\r\n`).join('');
}

/** Cells as a line of CSV, quoted where they need it. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(quoted).join(',');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
