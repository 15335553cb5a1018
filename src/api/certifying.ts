import type { Hex } from '../protocol/hex.ts';
import { digestOf } from '../store/queries/digest.ts';
import { attestedLotsOf, eventsOf } from '../store/queries/events.ts';
import { HistoryTooLarge, historyOf } from '../store/queries/history.ts';
import { partiesAndAttestations } from '../store/queries/history-parts.ts';
import { lotsByIds } from '../store/queries/lots.ts';
import type { Db } from '../store/schema.ts';
import { inSnapshot } from '../store/transactions.ts';
import type { Certificate } from '../verification/certificate.ts';
import { certify, certifyDigest } from '../verification/certify.ts';
import type { Digest } from '../verification/digest.ts';
import { hangsOn } from '../verification/moments.ts';
import type { Policy } from '../verification/policy.ts';

/** A history of so many productions is told step by step: it costs no more than telling it by site. */
const SHORT = 100;
/** The most that are read where an answer, or what a finding affects, hangs on single steps. */
const MOST = 1_000;

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
    if (long !== 'longer') return long && certify(long, policy);
    return certifyDigest(await withEvents(trx, digest, policy), policy).certificate;
  });
}

/** The answers then rest on what did happen among all ancestors; what a finding affects is the most that it can be. */
async function withEvents(db: Db, digest: Digest, policy: Policy): Promise<Digest> {
  const { lot } = digest.history;
  const attestedLots = digest.attestedLots.any ? await attestedLotsOf(db, lot) : [];
  const said = await partiesAndAttestations(db, attestedLots, []);
  const history = {
    ...digest.history,
    attestations: [...digest.history.attestations, ...said.attestations],
    lots: new Map([...digest.history.lots, ...(await lotsByIds(db, attestedLots))]),
    parties: new Map([...digest.history.parties, ...said.parties]),
  };
  const events = await eventsOf(db, lot, hangsOn(history, policy));
  return { ...digest, history, events: { ...events, attestedLots } };
}

async function historyUpTo(db: Db, lot: Hex, most: number) {
  try {
    return await historyOf(db, lot, most);
  } catch (error) {
    if (error instanceof HistoryTooLarge) return 'longer';
    throw error;
  }
}
