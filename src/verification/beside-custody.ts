import type { Hex } from '../protocol/hex.ts';
import type { CorrectionNode, History, ObservationNode } from '../provenance/history.ts';
import type { Certificate, CertificateCorrection, CertificateObserved } from './certificate.ts';
import { disclosedIn } from './facts.ts';
import { unique } from './finding.ts';
import { partyView } from './names.ts';

/** What was observed of the subjects, counted together; null where nothing was. */
export function observedOf(history: History, subjects: readonly Hex[]): CertificateObserved | null {
  const seen = observationsOn(history, subjects);
  if (seen.length === 0) return null;
  return {
    observers: unique(seen.map(({ observer }) => observer)).map((party) => partyView(history, party)),
    devices: new Set(seen.map(({ observer, device }) => `${observer} ${device}`)).size,
    observations: seen.length,
    readings: seen.reduce((sum, { count }) => sum + count, 0),
    inspections: seen.filter(({ count }) => count === 0).length,
    from: seen.reduce((first, { from }) => Math.min(first, from), Number.POSITIVE_INFINITY),
    until: seen.reduce((last, { until }) => Math.max(last, until), 0),
  };
}

const bySubject = new WeakMap<History, ReadonlyMap<Hex, readonly ObservationNode[]>>();

function observationsOn(history: History, subjects: readonly Hex[]): ObservationNode[] {
  const known = bySubject.get(history) ?? Map.groupBy(history.observations, ({ subject }) => subject);
  bySubject.set(history, known);
  return subjects.flatMap((subject) => known.get(subject) ?? []);
}

/** Who signed for the party; null where its own key did. */
export function delegateOf(history: History, statement: Hex): Hex | null {
  return history.delegates.get(statement) ?? null;
}

/** What was undone of the lot's history, by time. */
export function correctionsOf(history: History): Certificate['corrections'] {
  return history.corrections
    .toSorted((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1))
    .map((correction) => correctionView(history, correction));
}

function correctionView(history: History, correction: CorrectionNode): CertificateCorrection {
  const { id, production, author, occurredAt, recordedAt, evidence } = correction;
  const { reason } = disclosedIn(history, evidence);
  return {
    correction: id,
    production,
    author: partyView(history, author),
    effect: correction === voidingOf(history) ? 'void' : 'restored',
    reason: typeof reason === 'string' && reason !== '' ? reason : null,
    signedBy: delegateOf(history, id),
    occurredAt,
    recordedAt,
  };
}

/** The correction that made the history's lot void; undefined where the lot stands. */
export function voidingOf(history: History): CorrectionNode | undefined {
  const production = history.lots.get(history.lot)?.production;
  return history.corrections.find((correction) => correction.production === production);
}
