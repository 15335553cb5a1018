import { custodyModels, type OriginProcess, processes } from '../../../protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../../protocol/hex.ts';
import type { Draft, Paper } from '../../signing/draft.ts';
import { newField, paperIn } from '../fields/evidence.ts';
import type { LotRow } from './rows.ts';

/** Lots in one statement: as many as a block has room for, with what they contain. */
export const LOTS_A_STATEMENT = 50;

export type Import = {
  readonly custodian: Hex;
  readonly facility: Hex;
  readonly process: OriginProcess;
  /** Unix seconds. */
  readonly occurredAt: number;
  readonly recordBy: number;
};

/** The statements of a file, each with the rows that its outputs come from, in order. */
export function draftsOf(lots: readonly LotRow[], made: Import): { draft: Draft; rows: readonly LotRow[] }[] {
  const starts = Array.from(
    { length: Math.ceil(lots.length / LOTS_A_STATEMENT) },
    (_, at) => at * LOTS_A_STATEMENT,
  );
  return starts.map((start) => {
    const rows = lots.slice(start, start + LOTS_A_STATEMENT);
    return { draft: draftOf(rows, made), rows };
  });
}

function draftOf(
  rows: readonly LotRow[],
  { custodian, facility, process, occurredAt, recordBy }: Import,
): Draft {
  const papers: Paper[] = [];
  const outputs = rows.map(({ output, fields }) => {
    const paper = paperIn(Object.entries(fields).map(([path, value]) => newField(path, value)));
    if (paper) papers.push(paper);
    return { ...output, evidence: paper?.root ?? ZERO_BYTES32 };
  });
  const how = { process: processes[process], custodyModel: custodyModels['identity-preserved'] };
  const message = {
    custodian,
    facility,
    ...how,
    inputs: [],
    outputs,
    occurredAt,
    evidence: ZERO_BYTES32,
    recordBy,
  };
  return { statement: { type: 'Production', message }, papers };
}
