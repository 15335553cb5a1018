import type { LedgerBlock, LedgerEvent } from '../../../chain/events.ts';
import { type Act, type Book, type Placed, pathOf, type Said } from '../book.ts';
import type { ActRecord } from '../format.ts';
import type { Report } from '../problems.ts';

/** What a node says that a block recorded. */
export type RecordedBlock = Pick<LedgerBlock, 'number' | 'time' | 'events'>;

/** Each record stands where a node says that the chain has it: in that block, at that time, in that order. */
export function checkRecorded(book: Book, blocks: readonly RecordedBlock[], report: Report): void {
  const byNumber = new Map(blocks.map((block) => [block.number, block] as const));
  const records = [...book.said, ...book.acts].sort((a, b) => a.position - b.position);
  let before = { block: -1, logIndex: -1 };
  for (const record of records) {
    const logIndex = placeOf(record, byNumber.get(record.block), report);
    if (logIndex === null) continue;
    if (record.block === before.block && logIndex <= before.logIndex)
      report('order-broken', pathOf(record), 'the chain recorded it before the one that stands before it');
    before = { block: record.block, logIndex };
  }
}

function placeOf(record: Said | Act, block: RecordedBlock | undefined, report: Report): number | null {
  const unconfirmed = (field: string, detail: string) => {
    report('record-unconfirmed', pathOf(record, field), detail);
    return null;
  };
  if (!block) return unconfirmed('block', `the node has no records of block ${record.block}`);
  if (block.time !== record.recordedAt)
    return unconfirmed('recordedAt', `block ${record.block} has the time ${block.time}`);
  const found = block.events.find(({ event }) => isSame(record, event));
  return found ? found.logIndex : unconfirmed('', `block ${record.block} recorded no such thing`);
}

function isSame(record: Said | Act, event: LedgerEvent): boolean {
  if ('act' in record) return isSameAct(record.act, event);
  return (
    event.kind === 'statement' &&
    event.id === record.id &&
    event.signer === record.signer &&
    event.signature === record.signature
  );
}

const partyEvents = {
  admit: 'PartyAdmitted',
  suspend: 'PartySuspended',
  reinstate: 'PartyReinstated',
} as const;
const accreditationEvents = { accredit: 'AuditorAccredited', withdraw: 'AccreditationWithdrawn' } as const;

function isSameAct(act: ActRecord, event: LedgerEvent): boolean {
  if (event.kind === 'party')
    return (
      act.type === partyEvents[event.act] && act.party === event.party && act.evidence === event.evidence
    );
  if (event.kind === 'accreditation')
    return (
      act.type === accreditationEvents[event.act] &&
      act.auditor === event.auditor &&
      act.scheme === event.scheme &&
      act.evidence === event.evidence
    );
  if (event.kind === 'key' && event.act === 'complete')
    return (
      act.type === 'KeyProposalCompleted' &&
      act.party === event.party &&
      act.key === event.key &&
      act.number === event.number
    );
  return false;
}

/** The blocks that hold a book's records, each once, in order. */
export function blocksNamed(placed: Iterable<Pick<Placed, 'block'>>): number[] {
  return [...new Set([...placed].map(({ block }) => block))].sort((a, b) => a - b);
}
