import { processes } from '../protocol/codes.ts';
import { pairOf } from '../protocol/content.ts';
import { type Hex, partySubject, ZERO_BYTES32 } from '../protocol/hex.ts';
import type { DisclosedFields, FacilityNode, Leg, LegReceipt } from '../provenance/history.ts';
import {
  type Moment,
  type MovePassage,
  moveKey,
  type RunPassage,
  routeKey,
  runKey,
  type UsePassage,
  type Weights,
} from '../provenance/passages.ts';
import type { Digest, LegEvent, UseEvent } from './digest.ts';
import { type CarriedLeg, type Move, type SiteUse, standingFor } from './facts.ts';
import { transitCountries } from './journeys.ts';
import { type Boundaries, certainOf } from './moments.ts';

/**
 * `certain`: what did happen, at the first and the last of each span. `least`: the same, without the runs whose dispatches do
 * not all disclose the same, for any of them may be the lot's. `most`: with everything that may have happened in between.
 * More events never mean fewer findings: where the least and the most give the same, so does the whole history.
 */
export type Doubt = 'least' | 'certain' | 'most';

/** Where something stands: on a site, or on a way (`routeKey`, `moveKey`), and for which material. */
export type Stand = { readonly place: string; readonly material: number };

/** Events that stand for the many of a span, each with an id that says where it stands. */
export class StandIns {
  readonly stands = new Map<Hex, Stand[]>();
  readonly disclosed = new Map<Hex, DisclosedFields>();
  readonly #counts = new Map<string, number>();
  readonly #digest: Digest;
  readonly #boundaries: Boundaries;
  readonly #doubt: Doubt;

  constructor(digest: Digest, boundaries: Boundaries, doubt: Doubt) {
    this.#digest = digest;
    this.#boundaries = boundaries;
    this.#doubt = doubt;
  }

  uses(use: UsePassage): SiteUse[] {
    const { custodian, process, chokePoint, recycled, pair } = use;
    const facility = this.#siteOf(use.facility);
    const { material } = pairOf(pair);
    return this.#momentsOf(use).map(({ disclosed, occurredAt, recordedAt }) => {
      const id = this.#stand({ place: use.facility, material });
      const shape = { inputs: [], outputs: [], custodyModel: 'segregated' } as const;
      const evidence = this.#document(disclosed);
      const production = {
        id,
        custodian,
        facility: use.facility,
        process,
        ...shape,
        occurredAt,
        recordedAt,
        evidence,
      };
      return {
        production,
        facility,
        chokePoint,
        materials: [material],
        recycled: recycled ? [material] : [],
      };
    });
  }

  legs(run: RunPassage): CarriedLeg[] {
    const [from, to] = [this.#siteOf(run.from), this.#siteOf(run.to)];
    const { material } = pairOf(run.pair);
    const weights = [run.short, run.over];
    return this.#legEventsOf(run).map((event, index) => {
      const leg = this.#leg(run, event, weights[index] ?? null);
      const transit = transitCountries(event.disclosed?.transitCountries);
      const upstreamMaterials = run.upstream ? [material] : [];
      return {
        leg,
        from,
        to,
        sent: weights[index]?.sent ?? 0n,
        transit,
        upstreamMaterials,
        materials: [material],
      };
    });
  }

  moves({ from: start, to: end, party, pair, span }: MovePassage): Move[] {
    const [from, to] = [this.#siteOf(start), this.#siteOf(end)];
    const may = this.#doubt === 'most' ? this.#boundaries.within(span, []) : [];
    return [...certainOf(span), ...may].map(({ occurredAt: before }) => {
      const stand = this.#stand({
        place: moveKey({ from: start, to: end }),
        material: pairOf(pair).material,
      });
      return { lot: stand, party, from, to, before, statement: stand };
    });
  }

  #momentsOf({
    facility,
    custodian,
    process,
    span,
  }: UsePassage): (Moment & { disclosed: DisclosedFields | null })[] {
    const { events } = this.#digest;
    const isOne = (event: UseEvent) => event.facility === facility && event.custodian === custodian;
    if (events)
      return events.uses.filter(
        (event) => isOne(event) && event.process === processes[process] && isWithin(event, span),
      );
    const subjects = [facility, partySubject(custodian)];
    const may = this.#doubt === 'most' ? this.#boundaries.within(span, subjects) : [];
    return [...certainOf(span), ...may].map((moment) => ({ ...moment, disclosed: null }));
  }

  #legEventsOf(run: RunPassage): LegEvent[] {
    const { events } = this.#digest;
    if (events) {
      const legs = events.legs.filter((event) => runKey(event) === runKey(run) && isWithin(event, run.span));
      // One more for the receipt recorded longest after: between two boundaries, events do not keep which it was.
      const late = legs.slice(0, 1).map((leg) => ({ ...leg, receipt: run.receipt && refused(run.receipt) }));
      return run.receipt ? [...legs, ...late] : legs;
    }
    const shown = this.#shownOn(run);
    const moments = this.#legMoments(run);
    return moments.flatMap((moment) => shown.map((disclosed) => ({ ...moment, ...runOf(run), disclosed })));
  }

  /** What the dispatches of a run disclose, as far as this doubt goes. */
  #shownOn(run: RunPassage): readonly (DisclosedFields | null)[] {
    const shown = this.#digest.shown.get(runKey(run)) ?? [null];
    return this.#doubt === 'least' && shown.length > 1 ? [] : shown;
  }

  #legMoments({ from, to, consignor, consignee, span, lots, arrival, receipt: latest }: RunPassage) {
    const asStated = (time: number): Moment => ({ occurredAt: time, recordedAt: time });
    const accepted = (moment: Moment) => ({ ...moment, accepted: true });
    const first = { ...asStated(span.firstAt), lot: this.#attested(lots.first) };
    const certain = [
      { ...first, receipt: arrival && accepted(asStated(arrival.firstAt)) },
      {
        ...asStated(span.lastAt),
        lot: this.#attested(lots.last),
        receipt: arrival && accepted(asStated(arrival.lastAt)),
      },
      { ...span.latest, lot: this.#attested(lots.latest), receipt: arrival && accepted(arrival.latest) },
      { ...first, receipt: latest && refused(latest) },
    ];
    if (this.#doubt !== 'most') return certain;
    const subjects = [from, to, partySubject(consignor), partySubject(consignee)];
    const ofOthers = Object.values(lots).some((lot) => this.#attested(lot))
      ? [span.firstAt, span.lastAt].map(asStated)
      : [];
    const sent = [...ofOthers, ...this.#boundaries.within(span, subjects)].map((moment) => ({
      ...{ ...moment, lot: null, receipt: null },
    }));
    // Who receives answers for nothing but what is adverse.
    const arrived =
      arrival && this.#boundaries.isAdverse(subjects) ? this.#boundaries.within(arrival, subjects) : [];
    return [...certain, ...sent, ...arrived.map((one) => ({ ...first, receipt: accepted(one) }))];
  }

  /** The lot, if anything is attested of it. */
  #attested(lot: Hex): Hex | null {
    return this.#boundaries.attestationsOn(lot).length > 0 ? lot : null;
  }

  #leg(
    run: RunPassage,
    { occurredAt, recordedAt, receipt: ended, ...event }: LegEvent,
    weights: Weights | null,
  ): Leg {
    const { material } = pairOf(run.pair);
    const stand = this.#stand({ place: routeKey(run), material });
    if (event.lot) this.#add(event.lot, { place: routeKey(run), material });
    const receipt: LegReceipt = {
      ...{ id: stand, kind: ended?.accepted ? 'accept' : 'refuse', party: run.consignee },
      occurredAt: ended?.occurredAt ?? occurredAt,
      recordedAt: ended?.recordedAt ?? recordedAt,
      ...{ weighed: weights?.weighed ?? null, evidence: ZERO_BYTES32 },
    };
    const evidence = this.#document(event.disclosed);
    const dispatched = {
      dispatch: stand,
      lot: event.lot ?? stand,
      mode: 'not-applicable',
      evidence,
    } as const;
    return { ...dispatched, ...runOf(run), occurredAt, recordedAt, receipt };
  }

  #siteOf(id: Hex): FacilityNode {
    const facility = this.#digest.history.facilities.get(id);
    if (!facility) throw new RangeError(`The digest lacks facility ${id}`);
    return facility;
  }

  /** How many stand at a place for a material. */
  countAt({ place, material }: Stand): number {
    return this.#counts.get(`${material} ${place}`) ?? 0;
  }

  #stand(stand: Stand): Hex {
    const id = standingFor(String(this.stands.size));
    this.#add(id, stand);
    return id;
  }

  #add(id: Hex, stand: Stand): void {
    const known = this.stands.get(id) ?? [];
    if (known.some(({ place, material }) => place === stand.place && material === stand.material)) return;
    this.stands.set(id, [...known, stand]);
    this.#counts.set(`${stand.material} ${stand.place}`, this.countAt(stand) + 1);
  }

  #document(fields: DisclosedFields | null): Hex {
    if (!fields) return ZERO_BYTES32;
    const root = standingFor(`document ${this.disclosed.size}`);
    this.disclosed.set(root, fields);
    return root;
  }
}

function runOf({ from, to, consignor, consignee }: RunPassage) {
  return { from, to, consignor, consignee };
}

/** So that nobody is taken to have got anything then. */
function refused(moment: Moment) {
  return { ...moment, accepted: false };
}

function isWithin({ occurredAt }: Moment, { firstAt, lastAt }: { firstAt: number; lastAt: number }): boolean {
  return firstAt <= occurredAt && occurredAt <= lastAt;
}
