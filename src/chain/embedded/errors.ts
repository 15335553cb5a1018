/**
 * Why the embedded chain does not start or stopped; each is for the operator to act on.
 * - `journal-locked`: another process has this journal open.
 * - `journal-damaged`: a record other than the last fails its checksum, or records are missing.
 * - `journal-differs`: the journal is of another chain than the one asked for.
 * - `replay-differs`: the journal is whole, but its blocks come out otherwise on this program.
 * - `journal-unwritable`: a block could not be written to disk; the chain stopped answering.
 */
export type EmbeddedChainErrorCode =
  | 'journal-locked'
  | 'journal-damaged'
  | 'journal-differs'
  | 'replay-differs'
  | 'journal-unwritable';

/** The message says what happened, where, and what to do next. Nothing on disk was changed. */
export class EmbeddedChainError extends Error {
  readonly code: EmbeddedChainErrorCode;

  constructor(code: EmbeddedChainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedChainError';
    this.code = code;
  }
}

/** An answer of JSON-RPC's error form. `data` is present for reverts alone, as 0x hex. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: string | undefined;

  constructor(code: number, message: string, data?: string) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

export const rpcCodes = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  refused: -32000,
  reverted: 3,
} as const;
