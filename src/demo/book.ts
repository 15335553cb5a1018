import { custodyModels, facilityKinds, outcomes, processes, transportModes } from '../protocol/codes.ts';
import { findCountry } from '../protocol/countries.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import { birthsOf } from '../protocol/lots.ts';
import { type Domain, type LotHead, type Statement, statementId } from '../protocol/statements.ts';
import { checkBalance } from './balance.ts';
import { type Filed, file, type Papers } from './documents.ts';
import type { Arriving, Attesting, Correcting, Lot, Making, Revoking, Sending, Shipment } from './drafts.ts';
import { type KeyName, type PersonaName, walletOf } from './personas.ts';
import { contentOf } from './quantities.ts';
import { type Site, type SiteName, sites } from './sites.ts';
import type { Act, Step } from './steps.ts';

const DAY_SECONDS = 86_400;
/** The story begins this long before the ledger: what is older than 90 days cannot be recorded. */
export const STORY_DAYS = 80;
/** So a story that was cut short can be finished this long after the ledger began, and not later. */
export const DAYS_TO_FINISH = 10;
const RECALL_AFTER_SECONDS = 3 * DAY_SECONDS;

/** `signedBy`: the delegate, or the device, that signs for the persona. */
export type Signing = {
  readonly name: string;
  readonly persona: PersonaName;
  readonly at: number;
  readonly signedBy?: KeyName | undefined;
};
type Place = { head: Hex; site: SiteName | null; at: number };
type Made = { readonly site: SiteName; readonly inputs: readonly Lot[]; readonly outputs: readonly Hex[] };

/** Writes the story down. Every call is one step, checked as the ledger will check it; a mistake throws RangeError. */
export class Book {
  readonly steps: Step[] = [];
  readonly #domain: Domain;
  readonly #anchor: number;
  readonly #places = new Map<Hex, Place>();
  readonly #facilities = new Map<SiteName, Hex>();
  readonly #addresses = new Map<KeyName, Hex>();
  readonly #made = new Map<Hex, Made>();
  readonly #replaced = new Map<PersonaName, { readonly key: KeyName; readonly from: number }>();

  /** @param anchor the time of the ledger's deployment, Unix seconds: the story's times count back from it */
  constructor(domain: Domain, anchor: number) {
    this.#domain = domain;
    this.#anchor = anchor;
  }

  /** Unix seconds. Below zero days: after the anchor. */
  time(daysAgo: number): number {
    return this.#anchor - Math.round(daysAgo * DAY_SECONDS);
  }

  address(key: KeyName): Hex {
    const address = this.#addresses.get(key) ?? hex(walletOf(key).address);
    this.#addresses.set(key, address);
    return address;
  }

  /** From that time on the persona signs with another key. Say so before anything that it signs is written. */
  signsWith(persona: PersonaName, key: KeyName, from: number): void {
    this.#replaced.set(persona, { key, from });
  }

  facility(site: SiteName): Hex {
    const id = this.#facilities.get(site);
    if (id === undefined) throw new RangeError(`${site} is not registered yet`);
    return id;
  }

  act(name: string, act: Act, papers?: Papers): void {
    const [evidence = null] = file(name, papers).documents;
    this.steps.push({ kind: 'act', name, act, evidence });
  }

  register(site: SiteName): void {
    const { operator, kind, country, name, region, coordinates, cid, hidesCoordinates }: Site = sites[site];
    const fields = { name, region, coordinates, ...(cid === undefined ? {} : { cid }) };
    const label = `facility ${site}`;
    const filed = file(label, { fields, hidden: hidesCoordinates ? ['coordinates'] : [] });
    const message = {
      operator: this.address(operator),
      kind: facilityKinds[kind],
      country: findCountry(country)?.numeric ?? 0,
      evidence: filed.root,
      recordBy: this.recordBy,
    };
    const statement = { type: 'FacilityRegistration', message } as const;
    this.#facilities.set(
      site,
      this.sign({ name: label, persona: operator, at: this.time(STORY_DAYS) }, statement, [filed]),
    );
  }

  make(making: Making): Lot[] {
    const { name, daysAgo, site, process, model, inputs = [], outputs: drafts, papers } = making;
    const at = this.time(daysAgo);
    const filed = file(name, papers);
    const births = drafts.map((draft) => ({ draft, filed: file(`${name}/${draft.name}`, draft.papers) }));
    const outputs = births.map(
      ({ draft: { commodity, milligrams, content }, filed: { root: evidence } }) => ({
        commodity,
        milligrams,
        content: contentOf(content),
        evidence,
      }),
    );
    checkBalance({
      step: name,
      kind: sites[site].kind,
      process,
      inputs: inputs.map((lot) => lot.output),
      outputs,
    });
    const message = {
      custodian: this.address(sites[site].operator),
      facility: this.facility(site),
      process: processes[process],
      custodyModel: custodyModels[model],
      inputs: inputs.map((lot) => this.#at(lot, site, at)),
      outputs,
      occurredAt: at,
      evidence: filed.root,
      recordBy: this.recordBy,
    };
    const papersOfAll = [filed, ...births.map((birth) => birth.filed)];
    const id = this.sign(
      { name, persona: sites[site].operator, at, signedBy: making.signedBy },
      { type: 'Production', message },
      papersOfAll,
    );
    for (const lot of inputs) this.#places.delete(lot.id);
    const born = birthsOf(id, outputs);
    this.#made.set(id, { site, inputs, outputs: born.map(({ lot }) => lot) });
    return born.map(({ lot, output, index }) => {
      this.#places.set(lot, { head: lot, site, at });
      return { name: drafts[index]?.name ?? name, id: lot, output, production: id };
    });
  }

  /** Undoes a production whose lots have not moved: they are void, and what went in is there again. */
  correct(production: Hex, { name, daysAgo, papers }: Correcting): void {
    const made = this.#made.get(production);
    if (!made) throw new RangeError(`${name}: no such production`);
    const at = this.time(daysAgo);
    for (const lot of made.outputs) {
      const place = this.#places.get(lot);
      if (place?.head !== lot || place.at > at) throw new RangeError(`${name}: what was made has moved`);
      this.#places.delete(lot);
    }
    const filed = file(name, papers);
    const persona = sites[made.site].operator;
    const message = {
      author: this.address(persona),
      production,
      occurredAt: at,
      evidence: filed.root,
      recordBy: this.recordBy,
    };
    const id = this.sign({ name, persona, at }, { type: 'Correction', message }, [filed]);
    for (const lot of made.inputs) this.#places.set(lot.id, { head: id, site: made.site, at });
  }

  send(sending: Sending): Shipment {
    const { name, from, to, mode, papers } = sending;
    const at = this.time(sending.daysAgo);
    const filed = file(name, papers);
    const message = {
      consignor: this.address(sites[from].operator),
      consignee: this.address(sites[to].operator),
      lots: sending.lots.map((lot) => this.#at(lot, from, at)),
      from: this.facility(from),
      to: this.facility(to),
      mode: transportModes[mode],
      recallFrom: at + RECALL_AFTER_SECONDS,
      occurredAt: at,
      evidence: filed.root,
      recordBy: this.recordBy,
    };
    const id = this.sign({ name, persona: sites[from].operator, at }, { type: 'Dispatch', message }, [filed]);
    for (const lot of sending.lots) this.#places.set(lot.id, { head: id, site: null, at });
    return { ...sending, id };
  }

  receive(shipment: Shipment, { daysAgo, outcome = 'accept', weighed = {}, papers }: Arriving): void {
    const at = this.time(daysAgo);
    const name = `${outcome} ${shipment.name}`;
    const site = outcome === 'accept' ? shipment.to : shipment.from;
    const persona = sites[outcome === 'recall' ? shipment.from : shipment.to].operator;
    const filed = file(name, papers);
    const message = {
      party: this.address(persona),
      dispatch: shipment.id,
      lots: shipment.lots.map((lot) => ({ lot: lot.id, milligrams: weighed[lot.name] ?? 0n })),
      accepted: outcome === 'accept',
      occurredAt: at,
      evidence: filed.root,
      recordBy: this.recordBy,
    };
    for (const lot of shipment.lots) this.#inTransit(lot, shipment, at);
    const id = this.sign({ name, persona, at }, { type: 'Receipt', message }, [filed]);
    for (const lot of shipment.lots) this.#places.set(lot.id, { head: id, site, at });
  }

  /** @returns the attestation's id */
  attest(
    subject: Hex,
    { name, auditor, scheme, outcome, fromDaysAgo, untilDaysAgo, papers }: Attesting,
  ): Hex {
    const filed = file(name, papers);
    const message = {
      auditor: this.address(auditor),
      subject,
      scheme,
      outcome: outcomes[outcome],
      validFrom: this.time(fromDaysAgo),
      validUntil: this.time(untilDaysAgo),
      evidence: filed.root,
      recordBy: this.recordBy,
    };
    const at = this.time(Math.min(fromDaysAgo, STORY_DAYS));
    return this.sign({ name, persona: auditor, at }, { type: 'Attestation', message }, [filed]);
  }

  revoke(attestation: Hex, { name, author, daysAgo, papers }: Revoking): void {
    const filed = file(name, papers);
    const effectiveAt = this.time(daysAgo);
    const message = {
      author: this.address(author),
      attestation,
      effectiveAt,
      evidence: filed.root,
      recordBy: this.recordBy,
    };
    this.sign({ name, persona: author, at: effectiveAt }, { type: 'Revocation', message }, [filed]);
  }

  get recordBy(): number {
    return this.time(-DAYS_TO_FINISH);
  }

  /** Signs a statement as whoever signs for the persona at that time. @returns its id */
  sign({ name, persona, at, signedBy }: Signing, statement: Statement, filed: readonly Filed[]): Hex {
    if (at < this.time(STORY_DAYS) || at > this.#anchor)
      throw new RangeError(`${name} is outside the story's time`);
    const id = statementId(this.#domain, statement);
    const evidence = filed.flatMap((papers) => papers.documents);
    this.steps.push({
      ...{ kind: 'statement', name, at, persona, id, statement, evidence },
      key: signedBy ?? this.#keyAt(persona, at),
    });
    return id;
  }

  #keyAt(persona: PersonaName, at: number): KeyName {
    const replaced = this.#replaced.get(persona);
    return replaced && at > replaced.from ? replaced.key : persona;
  }

  #at(lot: Lot, site: SiteName, at: number): LotHead {
    const place = this.#places.get(lot.id);
    if (place?.site !== site) throw new RangeError(`${lot.name} is not at ${site}`);
    if (place.at > at) throw new RangeError(`${lot.name} would be used at ${site} before its last event`);
    return { lot: lot.id, head: place.head };
  }

  #inTransit(lot: Lot, shipment: Shipment, at: number): void {
    const place = this.#places.get(lot.id);
    if (place?.head !== shipment.id)
      throw new RangeError(`${lot.name} is not on its way with ${shipment.name}`);
    if (place.at > at) throw new RangeError(`${lot.name} would arrive before it left`);
  }
}
