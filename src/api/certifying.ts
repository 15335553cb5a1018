import type { Hex } from '../protocol/hex.ts';
import type { HistoryLength } from '../provenance/summary.ts';
import { digestOf } from '../store/queries/digest.ts';
import { attestedLotsOf, eventsOf } from '../store/queries/events.ts';
import { historyOf } from '../store/queries/history.ts';
import { partiesAndAttestations } from '../store/queries/history-parts.ts';
import { lotsByIds } from '../store/queries/lots.ts';
import { historyLengthOf } from '../store/queries/provenance.ts';
import type { Db } from '../store/schema.ts';
import { inSnapshot } from '../store/transactions.ts';
import type { Certificate } from '../verification/certificate.ts';
import { certify, certifyDigest } from '../verification/certify.ts';
import type { Digest } from '../verification/digest.ts';
import { hangsOn } from '../verification/moments.ts';
import type { Policy } from '../verification/policy.ts';

/** A history of no more is told step by step: it costs no more than telling it by site. */
const SHORT: HistoryLength = { productions: 100, lots: 1_000 };
/** The most that is read where an answer, or what a finding affects, hangs on single steps. */
const MOST: HistoryLength = { productions: 1_000, lots: 10_000 };

/**
 * A lot's certificate, as of the newest block. A history that is not short is told by site, at a cost that does not grow
 * with it, wherever that gives the same; else it is read. Null where there is no such lot.
 */
export function certificateOf(db: Db, lot: Hex, policy: Policy): Promise<Certificate | null> {
  return inSnapshot(db, async (trx) => {
    const length = await historyLengthOf(trx, lot);
    if (!length) return null;
    if (isWithin(length, SHORT)) return certifyWhole(trx, lot, policy);
    const digest = await digestOf(trx, lot);
    if (!digest) return null;
    const told = certifyDigest(digest, policy);
    if (told.isExact) return told.certificate;
    if (isWithin(length, MOST)) return certifyWhole(trx, lot, policy);
    if (told.isSettled) return told.certificate;
    return certifyDigest(await withEvents(trx, digest, policy), policy).certificate;
  });
}

function isWithin(length: HistoryLength, most: HistoryLength): boolean {
  return length.productions <= most.productions && length.lots <= most.lots;
}

async function certifyWhole(db: Db, lot: Hex, policy: Policy): Promise<Certificate | null> {
  const history = await historyOf(db, lot);
  return history && certify(history, policy);
}

/** The answers then rest on what did happen among all ancestors; what a finding affects is the most that it can be. */
async function withEvents(db: Db, digest: Digest, policy: Policy): Promise<Digest> {
  const { lot } = digest.history;
  const attestedLots = await attestedLotsOf(db, lot);
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
