import type { LedgerEvent } from '../../src/chain/events.ts';
import { type Hex, partySubject, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { cobalt, id, output, Story, T0 } from './ledger.ts';
import { RandomSayings } from './random-sayings.ts';

type HeldLot = { lot: Hex; head: Hex; at: number; mass: bigint; sent: boolean };
type Made = { production: Hex; at: number; inputs: HeldLot[]; outputs: Hex[] };
type Journey = { dispatch: Hex; lots: HeldLot[]; to: number };

/** Turns any numbers into events that a ledger could emit: each number is a choice of what happens next. */
export class RandomEvents {
  private readonly story = new Story();
  private readonly parties = [this.story.mine, this.story.refiner, this.story.auditor];
  private readonly facilities: Hex[] = [];
  private readonly attestations: { id: Hex; endsAt: number }[] = [];
  private held: HeldLot[] = [];
  private journeys: Journey[] = [];
  private made: Made[] = [];
  private readonly beside: RandomSayings;
  private readonly salt: string;
  private count = 0;

  constructor(salt: string) {
    this.salt = salt;
    this.beside = new RandomSayings(this.story, this.parties);
  }

  /** The lots that somebody holds by now, with their heads. */
  heldHeads(): Map<Hex, Hex> {
    return new Map(this.held.map(({ lot, head }) => [lot, head]));
  }

  /** What everything else needs: a facility of each party. */
  opening(): LedgerEvent[] {
    const facilities = this.parties.map((party) => this.story.facility(party, 6));
    this.facilities.push(...facilities.map((facility) => facility.id));
    return [
      ...this.parties.map((party) => this.story.admit(party, id(`admission of ${party}`))),
      ...facilities,
    ];
  }

  next(choice: number): LedgerEvent {
    this.count += 1;
    const moves = [this.produce, this.transform, this.correct, this.send, this.receive];
    const says = [this.attest, this.revoke, this.act, (one: number) => this.beside.next(one)];
    const acts = [...moves, ...says];
    const act = acts[choice % acts.length] ?? this.produce;
    return act.call(this, Math.floor(choice / acts.length)) ?? this.produce(choice);
  }

  private produce(choice: number): LedgerEvent {
    const at = choice % 3;
    return this.bear(at, { process: 1 }, this.masses(choice, 10_000n));
  }

  private transform(choice: number): LedgerEvent | null {
    const [first] = this.held;
    if (!first) return null;
    const inputs = this.held.filter((lot) => lot.at === first.at).slice(0, 1 + (choice % 3));
    this.held = this.held.filter((lot) => !inputs.includes(lot));
    const total = inputs.reduce((sum, { mass }) => sum + mass, 0n);
    return this.bear(first.at, { process: 7, inputs }, choice % 5 === 0 ? [] : this.masses(choice, total));
  }

  private bear(
    at: number,
    { process, inputs = [] }: { process: number; inputs?: HeldLot[] },
    masses: bigint[],
  ): LedgerEvent {
    const { custodian, facility } = this.place(at);
    const named = inputs.map(({ lot, head }) => ({ lot, head }));
    const outputs = masses.map((mass) => output([cobalt(mass)], { evidence: id(`assay ${mass % 7n}`) }));
    const evidence = id(`${this.salt} ${this.count}`);
    const event = this.story.produce({ custodian, facility, process, inputs: named, outputs, evidence });
    const born = event.lots.map((lot, index) => ({ lot, head: lot, mass: masses[index] ?? 0n }));
    this.held.push(...born.map((lot) => ({ ...lot, at, sent: false })));
    this.made.push({ production: event.id, at, inputs, outputs: event.lots });
    return event;
  }

  /** Undoes one of the productions whose lots are all where they were born: the newest, or any. */
  private correct(choice: number): LedgerEvent | null {
    const unmoved = new Set(this.held.filter(({ sent }) => !sent).map(({ lot }) => lot));
    const open = this.made.filter(({ outputs }) => outputs.every((lot) => unmoved.has(lot)));
    const one = choice % 2 === 0 ? open.at(-1) : open[choice % Math.max(open.length, 1)];
    if (!one) return null;
    const event = this.story.correct(this.place(one.at).custodian, one.production, id(`slip ${choice % 5}`));
    this.made = this.made.filter((other) => other !== one);
    this.held = this.held.filter(({ lot }) => !one.outputs.includes(lot));
    this.held.push(...one.inputs.map((lot) => ({ ...lot, head: event.id })));
    return event;
  }

  private send(choice: number): LedgerEvent | null {
    const [first] = this.held;
    if (!first) return null;
    const lots = this.held.filter((lot) => lot.at === first.at).slice(0, 1 + (choice % 4));
    const [from, to] = [this.place(first.at), this.place(choice % 3)];
    this.held = this.held.filter((lot) => !lots.includes(lot));
    const way = { consignor: from.custodian, consignee: to.custodian, from: from.facility, to: to.facility };
    const event = this.story.dispatch(
      way,
      lots.map(({ lot, head }) => ({ lot, head })),
    );
    this.journeys.push({ dispatch: event.id, lots, to: choice % 3 });
    return event;
  }

  private receive(choice: number): LedgerEvent | null {
    const journey = this.journeys.shift();
    if (!journey) return null;
    const accepted = choice % 3 !== 0;
    const part = journey.lots.slice(0, 1 + (choice % journey.lots.length));
    const rest = journey.lots.slice(part.length);
    if (rest.length > 0) this.journeys.push({ ...journey, lots: rest });
    const from = part[0]?.at ?? 0;
    const party = this.place(choice % 2 === 0 || accepted ? journey.to : from).custodian;
    const milligrams = BigInt(choice % 4) * 100n;
    const lots = part.map(({ lot }) => lot);
    const event = this.story.receive(party, journey.dispatch, lots, { accepted, milligrams });
    const at = accepted ? journey.to : from;
    this.held.push(...part.map((lot) => ({ ...lot, head: event.id, at, sent: true })));
    return event;
  }

  private attest(choice: number): LedgerEvent {
    const party = partySubject(this.parties[choice % 3] ?? ZERO_BYTES32);
    const subject = [this.facilities[choice % 3], this.held[0]?.lot, party][choice % 3] ?? party;
    const event = this.story.attest(subject, { outcome: 1 + (choice % 3), validUntil: T0 + 50_000 });
    this.attestations.push({ id: event.id, endsAt: T0 + 50_000 });
    return event;
  }

  private revoke(choice: number): LedgerEvent | null {
    const attestation = this.attestations[choice % Math.max(this.attestations.length, 1)];
    if (!attestation) return null;
    attestation.endsAt -= 10;
    return this.story.revoke(attestation.id, attestation.endsAt);
  }

  private act(choice: number): LedgerEvent {
    const evidence = id(`act ${choice % 11}`);
    const auditor = this.story.auditor;
    const act = choice % 2 === 0 ? 'accredit' : 'withdraw';
    if (choice % 3 === 0)
      return { kind: 'accreditation', act, auditor, scheme: `scheme ${choice % 4}\0`, evidence };
    const party = this.parties[choice % 3] ?? auditor;
    if (choice % 3 === 1)
      return { kind: 'party', act: choice % 2 === 0 ? 'suspend' : 'reinstate', party, evidence };
    const [facility = ZERO_BYTES32] = this.facilities;
    const milligrams = BigInt(choice);
    return {
      kind: 'quota',
      facility,
      material: 27,
      recycled: choice % 2 === 0,
      year: 2026,
      milligrams,
      evidence,
    };
  }

  private masses(choice: number, total: bigint): bigint[] {
    const parts = BigInt(1 + (choice % 3));
    return Array.from({ length: Number(parts) }, (_, index) => total / parts + BigInt(index) + 1n);
  }

  private place(at: number): { custodian: Hex; facility: Hex } {
    return { custodian: this.parties[at] ?? ZERO_BYTES32, facility: this.facilities[at] ?? ZERO_BYTES32 };
  }
}
