import type { Hex } from '../protocol/hex.ts';
import type { DisclosedFields, History } from '../provenance/history.ts';
import type { Moment } from '../provenance/passages.ts';
import type { SummarisedLot } from '../provenance/summary.ts';

/** Who sent what to whom, on which way. */
export type Run = { readonly from: Hex; readonly to: Hex; readonly consignor: Hex; readonly consignee: Hex };

/**
 * A lot's history told by site, route and party. It costs the same however long the history is.
 *
 * `history` is that of the lot alone: its own production and legs, and every site and party of the whole, with all that was
 * attested of them. `shown` says, by `runKey`, what dispatches of such a run disclose at the time, each combination once
 * (`null`: nothing that counts); other lots' dispatches may be among them. `adverseOnLots`: whether
 * something adverse may be attested of an ancestor lot. `events` is null until they were asked for.
 */
export type Digest = {
  readonly history: History;
  readonly lot: SummarisedLot;
  readonly shown: ReadonlyMap<string, readonly (DisclosedFields | null)[]>;
  readonly adverseOnLots: boolean;
  readonly events: Events | null;
};

/** A production among the ancestors that stands for all of its site, party and process between two boundaries. */
export type UseEvent = Moment & {
  readonly facility: Hex;
  readonly custodian: Hex;
  readonly process: number;
  readonly disclosed: DisclosedFields | null;
};

/** A leg among the ancestors' that stands for all of its run, and of what they disclose, between two boundaries. */
export type LegEvent = Moment &
  Run & {
    /** Where it is attested. */
    readonly lot: Hex | null;
    readonly disclosed: DisclosedFields | null;
    readonly receipt: (Moment & { readonly accepted: boolean }) | null;
  };

/** What did happen among the ancestors between the times at which an answer can change, and which lots are attested. */
export type Events = {
  readonly uses: readonly UseEvent[];
  readonly legs: readonly LegEvent[];
  readonly attestedLots: readonly Hex[];
};
