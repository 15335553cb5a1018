import type { Hex } from '../protocol/hex.ts';
import { digestOf } from '../store/queries/digest.ts';
import { HistoryTooLarge, historyOf } from '../store/queries/history.ts';
import type { Db } from '../store/schema.ts';
import { inSnapshot } from '../store/transactions.ts';
import type { Certificate } from '../verification/certificate.ts';
import { certify, certifyDigest } from '../verification/certify.ts';
import type { Policy } from '../verification/policy.ts';

/** A history of so many productions is told step by step: it costs no more than telling it by site. */
const SHORT = 100;
/** The most that are read where an answer, or what a finding affects, hangs on single steps. */
const MOST = 5_000;

/**
 * A lot's certificate, as of the newest block. A history that is not short is told by site, at a cost that does not grow
 * with it, wherever that gives the same; else it is read. Null where there is no such lot.
 */
export function certificateOf(db: Db, lot: Hex, policy: Policy): Promise<Certificate | null> {
  return inSnapshot(db, async (trx) => {
    const short = await historyUpTo(trx, lot, SHORT);
    if (short !== 'longer') return short && certify(short, policy);
    const digest = await digestOf(trx, lot);
    if (!digest) return null;
    const told = certifyDigest(digest, policy);
    if (told.isExact) return told.certificate;
    const long = await historyUpTo(trx, lot, MOST);
    return long !== 'longer' && long ? certify(long, policy) : told.certificate;
  });
}

async function historyUpTo(db: Db, lot: Hex, most: number) {
  try {
    return await historyOf(db, lot, most);
  } catch (error) {
    if (error instanceof HistoryTooLarge) return 'longer';
    throw error;
  }
}
