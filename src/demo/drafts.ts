import type { CustodyModel, Outcome, Process, Scope, TransportMode } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Output } from '../protocol/statements.ts';
import type { Papers } from './documents.ts';
import type { KeyName, PersonaName } from './personas.ts';
import type { Mix } from './quantities.ts';
import type { SiteName } from './sites.ts';

/** A lot of the story, as it was born. Where it is, and who holds it, the book keeps. */
export type Lot = {
  readonly name: string;
  readonly id: Hex;
  readonly output: Output;
  readonly production: Hex;
};

/** A lot to be. Milligrams net, content dry. */
export type LotDraft = {
  readonly name: string;
  readonly commodity: number;
  readonly milligrams: bigint;
  readonly content: Mix;
  readonly papers?: Papers;
};

export type Making = {
  readonly name: string;
  readonly daysAgo: number;
  readonly site: SiteName;
  readonly process: Process;
  readonly model: CustodyModel;
  readonly inputs?: readonly Lot[];
  readonly outputs: readonly LotDraft[];
  readonly papers?: Papers;
  /** The delegate that signs; if not given, the operator's own key. */
  readonly signedBy?: KeyName;
};

export type Sending = {
  readonly name: string;
  readonly daysAgo: number;
  readonly from: SiteName;
  readonly to: SiteName;
  readonly mode: TransportMode;
  readonly lots: readonly Lot[];
  readonly papers?: Papers;
};

export type Shipment = Sending & { readonly id: Hex };

export type Arriving = {
  readonly daysAgo: number;
  /** What the scales say, by name of lot; a lot that is not named is not weighed. */
  readonly weighed?: Readonly<Record<string, bigint>>;
  readonly outcome?: 'accept' | 'refuse' | 'recall';
  readonly papers?: Papers;
};

export type Correcting = { readonly name: string; readonly daysAgo: number; readonly papers: Papers };

export type Delegating = {
  readonly party: PersonaName;
  readonly delegate: KeyName;
  readonly scope: readonly Scope[];
  readonly daysAgo: number;
};

/** Readings, one after the other: what each says, with its time. */
export type Observing = {
  readonly name: string;
  readonly observer: PersonaName;
  readonly device: KeyName;
  readonly readings: readonly { readonly daysAgo: number; readonly fields: Papers['fields'] }[];
};

export type Attesting = {
  readonly name: string;
  readonly auditor: PersonaName;
  readonly scheme: string;
  readonly outcome: Outcome;
  readonly fromDaysAgo: number;
  /** Below zero: in the future. */
  readonly untilDaysAgo: number;
  readonly papers?: Papers;
};

export type Revoking = {
  readonly name: string;
  readonly author: PersonaName;
  readonly daysAgo: number;
  readonly papers: Papers;
};
