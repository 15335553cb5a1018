import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { extendTrail } from '../../protocol/trail.ts';
import type { LogRow, ObservationRow } from '../../store/queries/observations.ts';
import type { TrailRow } from '../../store/queries/trail.ts';
import type { Observation, ObservationLog, Trail } from '../schemas/observations.ts';
import type { Names } from './names.ts';

export function observationView(row: ObservationRow, names: Names): Observation {
  return {
    ...row,
    observer: names.party(row.observer),
    kind: row.root === ZERO_BYTES32 ? 'inspection' : 'readings',
  };
}

export function logView(row: LogRow, names: Names): ObservationLog {
  return { ...row, observer: names.party(row.observer) };
}

/** What joined the trail, each with the word that came of it. */
export function trailItems(rows: readonly TrailRow[]): Trail['items'] {
  let trail: Hex = ZERO_BYTES32;
  return rows.map(({ id, type, recordedAt }) => {
    trail = extendTrail(trail, id);
    return { statement: id, type, trail, recordedAt };
  });
}
