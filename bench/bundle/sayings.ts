import { outcomes } from '../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Domain, type Statement, statementId } from '../../src/protocol/statements.ts';
import { type Account, seeded } from '../chain.ts';
import { auditorsOf, DAY } from '../network/sites.ts';
import { type Said, SCHEME, type Step } from '../network/voice.ts';

/** Of dispatches, one in so many is watched; of productions, one in so many brings an alert on its site. */
const WATCHED = 5;
const ALERTED = 50;
const HOUR = 3_600;

type Dated = Said & { readonly at: number };

/**
 * The steps of a network, with what devices saw on the road (a log of two observations) and alerts that auditors raise on
 * sites, every other of which they revoke.
 */
export function* withSayings(steps: Iterable<Step>, domain: Domain): Generator<Step> {
  let [dispatches, productions] = [0, 0];
  for (const step of steps) {
    yield step;
    if (step.kind !== 'statement') continue;
    const { type, message } = step.statement;
    if (type === 'Dispatch') {
      dispatches += 1;
      if (dispatches % WATCHED === 0) yield* watched(step, domain);
    }
    if (type === 'Production') {
      productions += 1;
      if (productions % ALERTED === 0) yield* alerted(step, message.facility, domain);
    }
  }
}

function* watched({ id, author, at }: Dated, domain: Domain): Generator<Step> {
  let previous = ZERO_BYTES32;
  for (const part of ['first', 'second']) {
    const root = seeded(`${id} ${part}`);
    const who = { observer: author.address, device: author.address, subject: id };
    const what = { previous, root, count: 24, from: at - HOUR, until: at, evidence: ZERO_BYTES32 };
    const step = say(domain, author, at, {
      type: 'Observation',
      message: { ...who, ...what, recordBy: at + 30 * DAY },
    });
    yield step;
    previous = step.id;
  }
}

function* alerted({ id, at }: Dated, subject: Hex, domain: Domain): Generator<Step> {
  const odd = Number.parseInt(id.slice(-1), 16) % 2 === 1;
  const auditor = auditorsOf()[0] as Account;
  const common = { evidence: seeded(id), recordBy: at + 30 * DAY };
  const attestation = {
    ...{ auditor: auditor.address, subject, scheme: SCHEME, outcome: outcomes.alert },
    ...{ validFrom: at, validUntil: at + 90 * DAY, ...common },
  };
  const alert = say(domain, auditor, at, { type: 'Attestation', message: attestation });
  yield alert;
  if (!odd) return;
  const message = { author: auditor.address, attestation: alert.id, effectiveAt: at + DAY, ...common };
  yield { ...say(domain, auditor, at, { type: 'Revocation', message }), witness: { revoked: attestation } };
}

function say(domain: Domain, author: Account, at: number, statement: Statement): Dated {
  return { kind: 'statement', at, author, id: statementId(domain, statement), statement, witness: {} };
}
