import type { CustodyModel, FacilityKind, Outcome, Process, TransportMode } from '../protocol/codes.ts';
import type { JsonValue } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Content } from '../protocol/statements.ts';

/** What an evidence document discloses: value by path. A path that is absent is hidden, or was never there. */
export type DisclosedFields = Readonly<Record<string, JsonValue>>;

/** A lot as it was born. Masses in milligrams. */
export type LotNode = {
  readonly lot: Hex;
  readonly production: Hex;
  readonly index: number;
  readonly commodity: number;
  readonly milligrams: bigint;
  readonly content: readonly Content[];
  readonly evidence: Hex;
};

/** A recorded production. `inputs` and `outputs` are lot ids, in the statement's order; an origin has no inputs. */
export type ProductionNode = {
  readonly id: Hex;
  readonly custodian: Hex;
  readonly facility: Hex;
  readonly process: Process;
  readonly custodyModel: CustodyModel;
  readonly inputs: readonly Hex[];
  readonly outputs: readonly Hex[];
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
};

/** A registered site. `country` is ISO 3166-1 numeric. */
export type FacilityNode = {
  readonly id: Hex;
  readonly operator: Hex;
  readonly kind: FacilityKind;
  readonly country: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
};

/** How a leg ended for one lot. `weighed` is the mass on arrival in milligrams, null where it was not weighed. */
export type LegReceipt = {
  readonly id: Hex;
  readonly kind: 'accept' | 'refuse' | 'recall';
  readonly party: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly weighed: bigint | null;
  readonly evidence: Hex;
};

/** One lot's part in one dispatch. `from` and `to` are facility ids; `receipt` is null while the lot is in transit. */
export type Leg = {
  readonly dispatch: Hex;
  readonly lot: Hex;
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly from: Hex;
  readonly to: Hex;
  readonly mode: TransportMode;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
  readonly receipt: LegReceipt | null;
};

/** A recorded revocation; `author` is the auditor or the registrar. */
export type RevocationNode = {
  readonly id: Hex;
  readonly author: Hex;
  readonly effectiveAt: number;
  readonly recordedAt: number;
};

/**
 * What an auditor said of a facility, a lot or a party (`subject`; a party's is its address padded to 32 bytes).
 * It is in force from `validFrom` (included) to `endsAt` (excluded); `endsAt` is `validUntil`, or the earliest
 * revocation's `effectiveAt`. `accreditedNow`: the auditor still holds the accreditation at the history's block.
 */
export type AttestationNode = {
  readonly id: Hex;
  readonly auditor: Hex;
  readonly subject: Hex;
  readonly scheme: string;
  readonly outcome: Outcome;
  readonly validFrom: number;
  readonly validUntil: number;
  readonly endsAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
  readonly revocations: readonly RevocationNode[];
  readonly accreditedNow: boolean;
};

/**
 * A correction that touched the lot in question or an ancestor: it undid `production`, which made that lot or had used it
 * up. `restored`: those among the history's lots that it gave back.
 */
export type CorrectionNode = {
  readonly id: Hex;
  readonly production: Hex;
  readonly author: Hex;
  readonly restored: readonly Hex[];
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
};

/** What a device of `observer`, or an inspector, saw of a dispatch, lot or production. A count of 0 is an inspection. */
export type ObservationNode = {
  readonly id: Hex;
  readonly observer: Hex;
  readonly device: Hex;
  readonly subject: Hex;
  readonly count: number;
  readonly from: number;
  readonly until: number;
  readonly recordedAt: number;
};

/** An organisation; `evidence` is the root of its latest admission. */
export type PartyNode = {
  readonly party: Hex;
  readonly standing: 'admitted' | 'suspended';
  readonly evidence: Hex;
};

/**
 * Where the lot in question stands now. `facility` is where it is or, in transit, where it is going. Void: the production
 * that made it was corrected; the history is then that of what it was.
 */
export type LotState = {
  readonly status: 'held' | 'in-transit' | 'spent' | 'void';
  readonly custodian: Hex;
  readonly facility: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
};

/**
 * All that is known of one lot, back to its origins, at one block.
 *
 * Whole when it holds: every production that the lot descends from; every input and output lot of each of them;
 * every leg of the lot and of its ancestors, by lot and in the order of recording; every facility and party that
 * these name; every attestation on any of these facilities, parties and lots; every correction that touched the lot or
 * an ancestor; and every observation of these dispatches, lots and productions, in the order of recording. `delegates`
 * holds, by statement, who signed it where that was not the party's own key. `disclosed` holds, by evidence root, what the ledger's users have shown; a root that is absent is of a document that nobody has shown.
 */
export type History = {
  readonly ledger: { readonly chainId: number; readonly address: Hex };
  readonly asOf: { readonly block: number; readonly hash: Hex; readonly time: number };
  readonly lot: Hex;
  readonly state: LotState;
  readonly lots: ReadonlyMap<Hex, LotNode>;
  readonly productions: ReadonlyMap<Hex, ProductionNode>;
  readonly facilities: ReadonlyMap<Hex, FacilityNode>;
  readonly parties: ReadonlyMap<Hex, PartyNode>;
  readonly legs: ReadonlyMap<Hex, readonly Leg[]>;
  readonly attestations: readonly AttestationNode[];
  readonly corrections: readonly CorrectionNode[];
  readonly observations: readonly ObservationNode[];
  readonly delegates: ReadonlyMap<Hex, Hex>;
  readonly disclosed: ReadonlyMap<Hex, DisclosedFields>;
};

/** What of a history attribution goes by: the productions that a lot descends from, and all lots that they made. */
export type Lineage = Pick<History, 'lots' | 'productions'>;
