import Papa from 'papaparse';
import { readSheet } from 'read-excel-file/universal';

/** A file as a table of texts: CSV with commas, semicolons or tabs, or the first sheet of an XLSX. @throws what the file's format has wrong */
export async function tableIn(file: File): Promise<string[][]> {
  if (!/\.xlsx$/i.test(file.name))
    return Papa.parse<string[]>(await file.text(), { skipEmptyLines: false }).data;
  const sheet = await readSheet(await file.arrayBuffer());
  return sheet.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
}
