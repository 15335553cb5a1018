import { type Hex, ZERO_BYTES32 } from '../protocol/hex.ts';
import type { History, Leg, ObservationNode } from '../provenance/history.ts';
import { type CertificateConcern, type CertificateConcerns, concernKinds } from './certificate-concerns.ts';
import { disclosedIn } from './facts.ts';
import { partyView, siteView } from './names.ts';

/** A concern, and where in the history it is about. */
export type Concern = CertificateConcern & {
  readonly productions: readonly Hex[];
  readonly lots: readonly Hex[];
};

/**
 * Alerts, disputes and grievances that parties recorded as observations, by the fixed paths of their evidence:
 * `concern.kind` raises one, with `concern.summary`; `concern.about`, the id of the observation that raised it, answers it,
 * with `concern.answer`, and with `concern.closed` closes it, where it is of whoever raised it.
 */
export function concernsOf(history: History): Concern[] {
  const legs = legsBySubject(history);
  return history.observations.flatMap((observation): Concern[] => {
    const fields = disclosedIn(history, observation.evidence);
    const kind = concernKinds.find((one) => one === fields['concern.kind']);
    const place = kind && placeOf(history, observation.subject, legs);
    if (!kind || !place) return [];
    const answers = answersTo(history, observation);
    const closed = answers.some(({ closes }) => closes);
    const { id, subject, observer, device, from, until, recordedAt } = observation;
    return [
      {
        ...{ observation: id, kind, summary: textIn(fields['concern.summary']), subject },
        ...{ ...place, raisedBy: partyView(history, observer), device, from, until, recordedAt },
        status: closed ? 'closed' : answers.length > 0 ? 'answered' : 'open',
        answers,
      },
    ];
  });
}

/** As a certificate shows them. @param mayLack those of single lots and deliveries of a long history */
export function concernsView(history: History, mayLack: boolean): CertificateConcerns {
  return {
    raised: concernsOf(history).map(({ productions: _, lots: __, ...concern }) => concern),
    undisclosed: undisclosedIn(history),
    mayLack,
  };
}

/** Of the sites and of the lot itself: those of earlier steps are counted there. */
function undisclosedIn(history: History): number {
  const { lot } = history;
  const own = (history.legs.get(lot) ?? []).flatMap(({ dispatch, receipt }) => [
    dispatch,
    receipt?.id ?? dispatch,
  ]);
  const subjects = new Set<Hex>([...history.facilities.keys(), lot, ...own]);
  const made = history.lots.get(lot)?.production;
  if (made) subjects.add(made);
  return history.observations.filter(({ subject, evidence }) => {
    if (!subjects.has(subject) || evidence === ZERO_BYTES32) return false;
    const fields = disclosedIn(history, evidence);
    return fields['concern.kind'] === undefined && fields['concern.about'] === undefined;
  }).length;
}

function answersTo(history: History, raised: ObservationNode): CertificateConcern['answers'] {
  return history.observations.flatMap((observation) => {
    if (observation.subject !== raised.subject) return [];
    const fields = disclosedIn(history, observation.evidence);
    if (fields['concern.about'] !== raised.id) return [];
    const closes = fields['concern.closed'] === true && observation.observer === raised.observer;
    const answer = textIn(fields['concern.answer']);
    const { id, observer, recordedAt } = observation;
    return [{ observation: id, by: partyView(history, observer), answer, closes, recordedAt }];
  });
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function legsBySubject(history: History): Map<Hex, Leg[]> {
  const all = [...history.legs.values()].flat();
  const named = all.flatMap((leg) =>
    [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])].map((subject) => ({ subject, leg })),
  );
  return new Map(
    [...Map.groupBy(named, ({ subject }) => subject)].map(([subject, group]) => [
      subject,
      group.map(({ leg }) => leg),
    ]),
  );
}

type Place = Pick<Concern, 'about' | 'sites' | 'productions' | 'lots'>;

function placeOf(history: History, subject: Hex, legs: ReadonlyMap<Hex, Leg[]>): Place | null {
  const at = (about: Place['about'], facilities: readonly Hex[], rest: Partial<Place> = {}): Place => ({
    ...{ about, sites: [...new Set(facilities)].map((id) => siteView(history, id)) },
    ...{ productions: [], lots: [], ...rest },
  });
  if (history.facilities.has(subject)) return at('site', [subject]);
  const production = history.productions.get(subject);
  if (production) return at('production', [production.facility], { productions: [subject] });
  const lot = history.lots.get(subject);
  const birthplace = lot && history.productions.get(lot.production)?.facility;
  if (lot && birthplace) return at('lot', [birthplace], { lots: [subject] });
  const made = legs.get(subject);
  return made
    ? at(
        'delivery',
        made.flatMap(({ from, to }) => [from, to]),
        { lots: made.map((leg) => leg.lot) },
      )
    : null;
}
