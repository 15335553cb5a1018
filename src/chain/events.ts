import type { Hex } from '../protocol/hex.ts';
import type { Statement } from '../protocol/statements.ts';

/**
 * One event of the ledger, decoded: a recorded statement, or an act: of the registrar, of the accreditor, or (what
 * completes a key proposal) of anyone.
 */
export type LedgerEvent =
  | {
      readonly kind: 'statement';
      readonly id: Hex;
      readonly statement: Statement;
      readonly signer: Hex;
      readonly signature: Hex;
    }
  | {
      readonly kind: 'party';
      readonly act: 'admit' | 'suspend' | 'reinstate';
      readonly party: Hex;
      readonly evidence: Hex;
    }
  | {
      readonly kind: 'accreditation';
      readonly act: 'accredit' | 'withdraw';
      readonly auditor: Hex;
      readonly scheme: string;
      readonly evidence: Hex;
    }
  | {
      readonly kind: 'quota';
      readonly facility: Hex;
      readonly material: number;
      readonly recycled: boolean;
      readonly year: number;
      readonly milligrams: bigint;
      readonly evidence: Hex;
    }
  | {
      readonly kind: 'key';
      readonly act: 'propose';
      readonly party: Hex;
      readonly key: Hex;
      readonly effectiveAt: number;
      readonly evidence: Hex;
    }
  | {
      readonly kind: 'key';
      readonly act: 'complete';
      readonly party: Hex;
      readonly key: Hex;
      readonly number: number;
    };

/** An event and where in the stream it stands. */
export type RecordedEvent = {
  readonly logIndex: number;
  readonly transaction: Hex;
  readonly event: LedgerEvent;
};

/** A block that the ledger's events are folded from. Blocks without events are only headers. Time in Unix seconds. */
export type LedgerBlock = {
  readonly number: number;
  readonly hash: Hex;
  readonly parent: Hex;
  readonly time: number;
  readonly events: readonly RecordedEvent[];
};
