import type { Hex } from '../../src/protocol/hex.ts';

/** What the ledger knows, as plain maps: of the model, and, a second time, of the fold over the events alone. */
export type Party = { key: Hex; suspended: boolean; keyNumber: number };
export type Delegated = { scope: number; validUntil: number; issuedAt: number; keyNumber: number };
/** key 0 = closed. */
export type Proposal = { key: Hex; effectiveAt: number };
export type Facility = { operator: Hex; kind: number; country: number };
export type Quota = { granted: bigint; used: bigint };
export type Attested = { auditor: Hex; endsAt: number };
export type Lot = {
  custodian: Hex;
  occurredAt: number;
  recordedAt: number;
  status: LotStatus;
  trace: LotTrace;
  head: Hex;
};

/** The numbers of contracts/Types.sol. */
export const lotStatus = { none: 0, held: 1, inTransit: 2, spent: 3, void: 4 } as const;
export type LotStatus = (typeof lotStatus)[keyof typeof lotStatus];
export const lotTrace = { none: 0, corrected: 1, dispatched: 2 } as const;
export type LotTrace = (typeof lotTrace)[keyof typeof lotTrace];
export const retirement = { none: 0, recorded: 1, corrected: 2 } as const;
export type Retirement = (typeof retirement)[keyof typeof retirement];

export type Book = {
  /** role → who holds it. */
  readonly roles: Map<Hex, Set<Hex>>;
  readonly parties: Map<Hex, Party>;
  /** party, delegate */
  readonly delegations: Map<string, Delegated>;
  readonly proposals: Map<Hex, Proposal>;
  readonly facilities: Map<Hex, Facility>;
  /** facility, material, recycled, year */
  readonly quotas: Map<string, Quota>;
  readonly lots: Map<Hex, Lot>;
  readonly retirements: Map<Hex, Retirement>;
  readonly attestations: Map<Hex, Attested>;
  readonly trails: Map<Hex, Hex>;
  /** observer, device, subject */
  readonly tails: Map<string, Hex>;
  /** auditor, scheme */
  readonly accreditations: Map<string, boolean>;
};

export function emptyBook(): Book {
  return {
    roles: new Map(),
    parties: new Map(),
    delegations: new Map(),
    proposals: new Map(),
    facilities: new Map(),
    quotas: new Map(),
    lots: new Map(),
    retirements: new Map(),
    attestations: new Map(),
    trails: new Map(),
    tails: new Map(),
    accreditations: new Map(),
  };
}

/** The same books again: their values are never changed in place. */
export function copied(book: Book): Book {
  return {
    roles: new Map(book.roles),
    parties: new Map(book.parties),
    delegations: new Map(book.delegations),
    proposals: new Map(book.proposals),
    facilities: new Map(book.facilities),
    quotas: new Map(book.quotas),
    lots: new Map(book.lots),
    retirements: new Map(book.retirements),
    attestations: new Map(book.attestations),
    trails: new Map(book.trails),
    tails: new Map(book.tails),
    accreditations: new Map(book.accreditations),
  };
}

/** A key of several parts. Parts of a scheme's name may hold anything: it comes last. */
export function joined(...parts: readonly (string | number | boolean)[]): string {
  return parts.join('|');
}

/** Its parts again, `count` of them. */
export function parted(key: string, count: number): string[] {
  const parts = key.split('|');
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join('|')];
}

/** A quota of which nothing was granted counts as 0 of 0. */
export function quotaOf(book: Book, key: string): Quota {
  return book.quotas.get(key) ?? { granted: 0n, used: 0n };
}

/** The UTC year of a Unix time. */
export function yearOf(time: number): number {
  return new Date(time * 1000).getUTCFullYear();
}

export const SECONDS_PER_DAY = 86_400;
