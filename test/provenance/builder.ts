import type { CustodyModel, FacilityKind, Outcome, Process } from '../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Content } from '../../src/protocol/statements.ts';
import type {
  AttestationNode,
  DisclosedFields,
  FacilityNode,
  History,
  Leg,
  LegReceipt,
  LotNode,
  PartyNode,
  ProductionNode,
  RevocationNode,
} from '../../src/provenance/history.ts';

/** Day `n` of the story, in Unix seconds: day 0 is 1 January 2026. */
export function onDay(day: number): number {
  return Date.UTC(2026, 0, 1) / 1000 + day * 86_400;
}

/** Primary content of one material. */
export function primary(material: number, milligrams: bigint): Content {
  return { material, recycled: false, milligrams };
}

/** Recycled content of one material. */
export function recycled(material: number, milligrams: bigint): Content {
  return { material, recycled: true, milligrams };
}

type Made = {
  process: Process;
  inputs?: Hex[];
  outputs: Content[][];
  day: number;
  model?: CustodyModel;
  commodity?: number;
};

/** Builds histories by hand, with made-up ids, for what needs no chain. Parties and sites are named by a number. */
export class HistoryBuilder {
  readonly lots = new Map<Hex, LotNode>();
  readonly productions = new Map<Hex, ProductionNode>();
  readonly facilities = new Map<Hex, FacilityNode>();
  readonly parties = new Map<Hex, PartyNode>();
  readonly legs = new Map<Hex, Leg[]>();
  readonly attestations: AttestationNode[] = [];
  readonly disclosed = new Map<Hex, DisclosedFields>();
  #count = 0;

  id(): Hex {
    this.#count += 1;
    return `0x${(this.#count * 7919).toString(16).padStart(64, '0')}`;
  }

  party(): Hex {
    const party: Hex = `0x${this.id().slice(-40)}`;
    this.parties.set(party, { party, standing: 'admitted', evidence: ZERO_BYTES32 });
    return party;
  }

  site(kind: FacilityKind, country: number, operator: Hex = this.party()): Hex {
    const id = this.id();
    this.facilities.set(id, { id, operator, kind, country, recordedAt: onDay(-30), evidence: ZERO_BYTES32 });
    return id;
  }

  /** Records a production at a site, and answers its lots. */
  make(
    facility: Hex,
    { process, inputs = [], outputs, day, model = 'segregated', commodity = 260500 }: Made,
  ): Hex[] {
    const id = this.id();
    const made = outputs.map((content, index): LotNode => {
      const milligrams = content.reduce((sum, entry) => sum + entry.milligrams, 1n);
      const lot = this.id();
      return { lot, production: id, index, commodity, milligrams, content, evidence: ZERO_BYTES32 };
    });
    for (const lot of made) this.lots.set(lot.lot, lot);
    const times = { occurredAt: onDay(day), recordedAt: onDay(day) + 60 };
    const custodian = this.operatorOf(facility);
    const all = made.map(({ lot }) => lot);
    this.productions.set(id, {
      id,
      custodian,
      facility,
      process,
      custodyModel: model,
      inputs,
      outputs: all,
      ...times,
      evidence: ZERO_BYTES32,
    });
    return all;
  }

  /** Sends a lot from site to site; `day` is of the dispatch, arrival two days later. `change` alters the leg. */
  send(lot: Hex, [from, to]: readonly [Hex, Hex], day: number, change: Partial<Leg> = {}): Leg {
    const consignee = this.operatorOf(to);
    const arrival = { occurredAt: onDay(day + 2), recordedAt: onDay(day + 2) + 60 };
    const receipt: LegReceipt = {
      id: this.id(),
      kind: 'accept',
      party: consignee,
      ...arrival,
      weighed: null,
      evidence: ZERO_BYTES32,
    };
    const leg: Leg = {
      dispatch: this.id(),
      lot,
      consignor: this.operatorOf(from),
      consignee,
      from,
      to,
      mode: 'road',
      occurredAt: onDay(day),
      recordedAt: onDay(day) + 60,
      evidence: ZERO_BYTES32,
      receipt,
      ...change,
    };
    this.legs.set(lot, [...(this.legs.get(lot) ?? []), leg]);
    return leg;
  }

  /** Discloses fields, and answers the root of their document. */
  document(fields: DisclosedFields): Hex {
    const root = this.id();
    this.disclosed.set(root, fields);
    return root;
  }

  attest(
    subject: Hex,
    scheme: string,
    change: Partial<AttestationNode> & { from: number; until: number; outcome?: Outcome },
  ): AttestationNode {
    const { from, until, ...rest } = change;
    const attestation: AttestationNode = {
      id: this.id(),
      auditor: `0x${'a'.repeat(40)}`,
      subject,
      scheme,
      outcome: 'conformant',
      validFrom: onDay(from),
      validUntil: onDay(until),
      endsAt: onDay(until),
      recordedAt: onDay(from) + 60,
      evidence: ZERO_BYTES32,
      revocations: [],
      accreditedNow: true,
      ...rest,
    };
    this.attestations.push(attestation);
    return attestation;
  }

  /** Its author revokes an attestation from a day on, and says so that day; `change` alters the revocation. */
  revoke(attestation: AttestationNode, day: number, change: Partial<RevocationNode> = {}): AttestationNode {
    const revocation: RevocationNode = {
      id: this.id(),
      author: attestation.auditor,
      effectiveAt: onDay(day),
      recordedAt: onDay(day) + 60,
      ...change,
    };
    const revoked = {
      ...attestation,
      endsAt: Math.min(attestation.endsAt, onDay(day)),
      revocations: [...attestation.revocations, revocation],
    };
    this.attestations[this.attestations.indexOf(attestation)] = revoked;
    return revoked;
  }

  operatorOf(facility: Hex): Hex {
    return this.facilities.get(facility)?.operator ?? `0x${'0'.repeat(40)}`;
  }

  /** The history of a lot, as of a day. */
  history(lot: Hex, day = 300): History {
    const last = this.legs.get(lot)?.at(-1);
    const maker = this.productions.get(this.lots.get(lot)?.production ?? ZERO_BYTES32);
    const facility = last?.to ?? maker?.facility ?? ZERO_BYTES32;
    return {
      ledger: { chainId: 31337, address: `0x${'1'.repeat(40)}` },
      asOf: { block: 7, hash: `0x${'2'.repeat(64)}`, time: onDay(day) },
      lot,
      state: {
        status: last && !last.receipt ? 'in-transit' : 'held',
        custodian: this.operatorOf(facility),
        facility,
        occurredAt: onDay(day),
        recordedAt: onDay(day),
      },
      lots: this.lots,
      productions: this.productions,
      facilities: this.facilities,
      parties: this.parties,
      legs: this.legs,
      attestations: this.attestations,
      corrections: [],
      observations: [],
      delegates: new Map(),
      disclosed: this.disclosed,
    };
  }
}
