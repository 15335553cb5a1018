import { type Hex, hex } from '../protocol/hex.ts';
import { decodeLog } from './decode.ts';
import type { LedgerBlock, RecordedEvent } from './events.ts';

/** A block without its events. Time in Unix seconds. */
export type Header = Omit<LedgerBlock, 'events'>;

/** As JSON-RPC has them: quantities are 0x hex. */
export type RawHeader = { number: Hex; hash: Hex; parentHash: Hex; timestamp: Hex; logsBloom?: Hex };
export type RawLog = {
  blockNumber: Hex;
  blockHash: Hex;
  logIndex: Hex;
  transactionHash: Hex;
  topics: Hex[];
  data: Hex;
  removed?: boolean;
};

/** The node's answers do not fit together: the chain moved between them. Ask again. */
export class ChainMoved extends Error {
  override readonly name = 'ChainMoved';
}

export function headerOf(raw: RawHeader): Header {
  return {
    number: Number(raw.number),
    hash: hex(raw.hash),
    parent: hex(raw.parentHash),
    time: Number(raw.timestamp),
  };
}

/**
 * Blocks from headers and the ledger's logs in them; events in the order of the stream.
 * @param headers ascending; numbers may be missing
 * @throws ChainMoved where a header does not follow from the one before, or a log is of no header here, of another
 * block at that height, or taken back. A log that is listed twice counts once.
 * @throws Error where the ledger emitted what this version does not know
 */
export function assembleBlocks(headers: readonly Header[], logs: readonly RawLog[]): LedgerBlock[] {
  requireLinked(headers);
  const byNumber = new Map(headers.map((header) => [header.number, header]));
  const events = new Map<number, Map<number, RawLog>>();
  for (const log of logs) {
    const number = Number(log.blockNumber);
    const header = byNumber.get(number);
    if (header === undefined || log.removed || header.hash !== hex(log.blockHash))
      throw new ChainMoved(
        `A log of block ${number} is of ${log.blockHash}, and the block is ${header?.hash}`,
      );
    const inBlock = events.get(number) ?? new Map<number, RawLog>();
    events.set(number, inBlock.set(Number(log.logIndex), log));
  }
  return headers.map((header) => ({ ...header, events: recordedEvents(events.get(header.number)) }));
}

function requireLinked(headers: readonly Header[]): void {
  headers.forEach((header, index) => {
    const before = headers[index - 1];
    if (before?.number === header.number - 1 && before.hash !== header.parent)
      throw new ChainMoved(
        `Block ${header.number} has the parent ${header.parent}, and block ${before.number} is ${before.hash}`,
      );
  });
}

function recordedEvents(logs: ReadonlyMap<number, RawLog> = new Map()): RecordedEvent[] {
  const ordered = [...logs].sort(([a], [b]) => a - b);
  return ordered.flatMap(([logIndex, log]) => {
    const event = decodeLog(log);
    return event === null ? [] : [{ logIndex, transaction: hex(log.transactionHash), event }];
  });
}
