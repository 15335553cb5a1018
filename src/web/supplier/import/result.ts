import { birthsOf } from '../../../protocol/lots.ts';
import { formatMass } from '../../../protocol/mass.ts';
import { csvOf } from '../../components/csv.ts';
import type { Queued } from '../../signing/queued.ts';
import type { LotRow } from './rows.ts';

/** What was signed for some rows of a file. */
export type SignedRows = { readonly queued: Queued; readonly rows: readonly LotRow[] };

/** A file with the lot that each row has become: ids are known as soon as the statement is signed. */
export function resultFile(signed: readonly SignedRows[], stateOf: (id: string) => string): Blob {
  const lines = signed.flatMap(({ queued: { id, statement }, rows }) => {
    const births = statement.type === 'Production' ? birthsOf(id, statement.message.outputs) : [];
    return rows.map(({ row, output, fields }, index) => [
      ...[String(row), births[index]?.lot ?? '', id, stateOf(id)],
      ...[String(output.commodity).padStart(6, '0'), formatMass(output.milligrams)],
      ...[fields.serial ?? '', fields.batch ?? '', fields.gtin ?? ''],
    ]);
  });
  const header = ['row', 'lot', 'statement', 'state', 'commodity', 'mass', 'serial', 'batch', 'gtin'];
  return new Blob([csvOf([header, ...lines])], { type: 'text/csv;charset=utf-8' });
}

/** What a file has to look like, with two rows that show how. */
export function templateFile(): Blob {
  const rows = [
    ['commodity', 'mass', 'content', 'serial', 'batch', 'gtin'],
    ['2605.00', '12.5 t', 'Co=6.5%; Cu=1.2%', '', 'B-2026-001', ''],
    ['8507.60', '450 kg', 'Co=12 kg; Ni=28 kg; Li=6.1 kg', 'SN-0001', '', '09520123456788'],
  ];
  return new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' });
}
