import type { StateProofs } from '../chain/proofs.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Statement } from '../protocol/statements.ts';
import type { StatementOutbox } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import type { Policy } from '../verification/policy.ts';
import type { ChainPort } from './ports.ts';

/** Somebody of the demo story. `keys`: those that sign, or signed, for it; everybody has them. */
export type DemoPersona = {
  readonly party: Hex;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly role: 'supplier' | 'auditor';
  readonly keys: readonly { readonly account: Hex; readonly key: Hex }[];
};

/** What handlers work with. */
export type Context = {
  readonly db: Db;
  readonly outbox: StatementOutbox;
  readonly chain: ChainPort;
  /** What the chain's node proves of the state at a block. */
  readonly proofs: (block: { readonly number: number; readonly hash: Hex }) => Promise<StateProofs>;
  readonly ledger: { readonly chainId: number; readonly address: Hex; readonly deployedAt: number };
  /** The first is the one that is meant where none is named. */
  readonly policies: readonly Policy[];
  /** Unix seconds. */
  readonly clock: () => number;
  /** Tells the relay that there is something to send, and the log what. */
  readonly onAccepted: (id: Hex, statement: Statement) => void;
  /** The chain contradicts the index: only the operator can help. */
  readonly isIndexStuck: () => boolean;
  /** This server works with a copy that it cannot write to; `writerUrl` is where statements go, if its operator says. */
  readonly readOnly: { readonly writerUrl: string | null } | null;
  /** Whether everybody may read everything, or parties their own, and others certificates alone. */
  readonly readAccess: 'public' | 'parties';
  /** Whose keys may be shown, where the demo runs; else nobody's. */
  readonly personas: readonly DemoPersona[];
  /** Where people reach this server: origin and, if any, path, without a slash at the end. */
  readonly publicUrl: () => string;
  /** Aborts when the service stops: answers that are held back are given at once. */
  readonly stopping: AbortSignal;
};
