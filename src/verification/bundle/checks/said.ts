import { type Hex, partySubject, ZERO_BYTES32 } from '../../../protocol/hex.ts';
import { trailOf } from '../../../protocol/trail.ts';
import { pathOf, type Said } from '../book.ts';
import type { Explored } from '../explore.ts';
import type { Report } from '../problems.ts';
import { attestationWord, slots } from '../slots.ts';
import type { Log } from '../trails.ts';

/** Nothing that was said of any subject is left out, or put in: each trail and each log ends in the ledger's word. */
export function checkTrails({ subjects, trails, logs, word }: Explored, report: Report): void {
  for (const subject of subjects) {
    const { joined } = trails.on(subject);
    const proven = word(slots.trail(subject));
    const got = trailOf(joined.map(({ id }) => id));
    if (got !== proven)
      report(
        'trail-incomplete',
        joined[0] ? pathOf(joined[0]) : 'records',
        `of ${subject} the ledger keeps the trail ${proven}, and its ${joined.length} records give ${got}`,
      );
    for (const log of logs.on(subject)) checkLog(log, word, report);
  }
}

function checkLog(log: Log, word: Explored['word'], report: Report): void {
  let previous: Hex = ZERO_BYTES32;
  for (const said of log.observations) {
    const { previous: named } = said.statement.message;
    if (named !== previous)
      report('tail-incomplete', pathOf(said, 'message.previous'), `the log's last was ${previous}`);
    previous = said.id;
  }
  const proven = word(slots.tail(log.observer, log.device, log.subject));
  const last = log.observations.at(-1);
  if (last && proven !== previous)
    report(
      'tail-incomplete',
      pathOf(last),
      `the ledger has the tail ${proven}, and the records end in ${previous}`,
    );
}

/** Each attestation stands in the ledger as its records leave it, and was its auditor's to make. */
export function checkAttestations(explored: Explored, report: Report): void {
  for (const subject of explored.subjects)
    for (const said of explored.trails.on(subject).attestations) {
      checkAttestation(explored, said, report);
      checkForeign(explored, said, report);
    }
}

function checkAttestation({ trails, word }: Explored, said: Said<'Attestation'>, report: Report): void {
  const { auditor, validUntil } = said.statement.message;
  let endsAt = validUntil;
  for (const revocation of trails.revocationsOf(said.id)) {
    const { effectiveAt } = revocation.statement.message;
    if (effectiveAt >= endsAt)
      report(
        'time-broken',
        pathOf(revocation, 'message.effectiveAt'),
        `the attestation ends at ${endsAt} already`,
      );
    endsAt = effectiveAt;
  }
  const proven = attestationWord(word(slots.attestation(said.id)));
  if (proven.auditor !== auditor || proven.endsAt !== endsAt)
    report(
      'attestation-unproven',
      pathOf(said),
      `the ledger has it end at ${proven.endsAt}, by ${proven.auditor}; the records at ${endsAt}, by ${auditor}`,
    );
}

/** Nobody attests to a site or itself; who held a lot at that moment, the ledger alone knows. */
function checkForeign({ facilities }: Explored, said: Said<'Attestation'>, report: Report): void {
  const { auditor, subject } = said.statement.message;
  const operator = facilities.get(subject)?.statement.message.operator;
  if (operator === auditor || subject === partySubject(auditor))
    report('authority-broken', pathOf(said, 'message.subject'), `${auditor} attests to what is its own`);
}
