import { type Hex, partySubject } from '../../protocol/hex.ts';
import type { Places } from '../../provenance/flow.ts';
import type { Leg, ProductionNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';

/** When something happened, as its author says, and when it was recorded. */
export type Occasion = { readonly occurredAt: number; readonly recordedAt: number };

/** A site, a party or a lot that had to do with the material: when, and with which productions and lots of it. */
export type Involved = {
  readonly subject: Hex;
  /** By the statement; for a lot, now. */
  readonly occasions: ReadonlyMap<Hex, Occasion>;
  readonly productions: ReadonlySet<Hex>;
  readonly lots: ReadonlySet<Hex>;
};

/**
 * All that had to do with the material, and always the lot itself, with the site and the parties of its own birth and
 * journeys: they can be asked about even where the lot declares no content.
 */
export function involvedIn(facts: Facts): Involved[] {
  const { history, lot } = facts;
  const all = new Subjects();
  const now = { occurredAt: history.asOf.time, recordedAt: history.asOf.time };
  const own = history.productions.get(lot.production);
  for (const production of new Set([...facts.uses.map((use) => use.production), ...(own ? [own] : [])]))
    all.production(production);
  for (const one of facts.carriedLots) all.add(one, { id: one, lot: one, ...now });
  for (const leg of new Set([...facts.legs.map((one) => one.leg), ...(history.legs.get(lot.lot) ?? [])]))
    all.leg(leg);
  return [...all.found.values()];
}

/** The places at which the material had to do with any of the subjects, for a finding that is about them. */
export function touchedBy(facts: Facts, subjects: readonly Hex[]): Places {
  const touched = involvedIn(facts).filter(({ subject }) => subjects.includes(subject));
  return {
    productions: new Set(touched.flatMap(({ productions }) => [...productions])),
    lots: new Set(touched.flatMap(({ lots }) => [...lots])),
  };
}

type Growing = { subject: Hex; occasions: Map<Hex, Occasion>; productions: Set<Hex>; lots: Set<Hex> };

class Subjects {
  readonly found = new Map<Hex, Growing>();

  production({ id, facility, custodian, occurredAt, recordedAt }: ProductionNode): void {
    for (const subject of [facility, partySubject(custodian)])
      this.add(subject, { id, production: id, occurredAt, recordedAt });
  }

  leg({ dispatch, lot, consignor, consignee, from, to, occurredAt, recordedAt, receipt }: Leg): void {
    for (const subject of [from, partySubject(consignor)])
      this.add(subject, { id: dispatch, lot, occurredAt, recordedAt });
    if (receipt?.kind !== 'accept') return;
    const arrival = { id: receipt.id, occurredAt: receipt.occurredAt, recordedAt: receipt.recordedAt };
    for (const subject of [to, partySubject(consignee)]) this.add(subject, { lot, ...arrival });
  }

  add(subject: Hex, at: Occasion & { id: Hex; production?: Hex; lot?: Hex }): void {
    const known = this.found.get(subject) ?? {
      subject,
      occasions: new Map(),
      productions: new Set(),
      lots: new Set(),
    };
    known.occasions.set(at.id, { occurredAt: at.occurredAt, recordedAt: at.recordedAt });
    if (at.production) known.productions.add(at.production);
    if (at.lot) known.lots.add(at.lot);
    this.found.set(subject, known);
  }
}
