import type { Bytes, Text } from './columns.ts';

/** See 0014-auditing.sql. */
export type AuditTables = {
  book_line: {
    facility: Bytes;
    material: number;
    recycled: boolean;
    occurred_at: number;
    seq: number;
    kind: number;
    block: number;
    statement: Bytes;
    milligrams: bigint;
    lots: number;
  };
  delivery: {
    seq: number;
    block: number;
    statement: Bytes;
    dispatch: Bytes;
    from_facility: Bytes;
    to_facility: Bytes;
    consignor: Bytes;
    consignee: Bytes;
    kind: 'dispatch' | 'accept' | 'refuse' | 'recall';
    lots: number;
    milligrams: bigint;
    weighed_lots: number;
    weighed_of: bigint;
    weighed: bigint;
    off_lots: number;
    sent_at: number;
    occurred_at: number;
  };
  evidence_word: { root: Bytes; about: 'site' | 'lot'; word: Text };
};
