import type { History } from '../provenance/history.ts';
import { voidingOf } from './beside-custody.ts';
import { day, shortId } from './finding.ts';
import type { Judgement } from './verify.ts';

/** What a certificate says of a void lot before any policy is asked: nothing can make it meet one. */
export function voidJudgement(history: History): Judgement {
  const correction = voidingOf(history);
  const made = history.lots.get(history.lot)?.production ?? history.lot;
  const when = correction
    ? `on ${day(correction.occurredAt)} (recorded ${day(correction.recordedAt)}), by correction ${shortId(correction.id)}`
    : `at ${day(history.state.occurredAt)}`;
  return {
    rule: {
      id: 'lot-stands',
      clause: 'The ledger itself',
      source: 'ILots.CorrectionRecorded: the outputs of a corrected production are void',
      question: 'Does the lot stand, or was what made it corrected?',
    },
    answer: 'does not meet',
    summary: `The lot is void: its production was corrected ${when}.`,
    findings: [
      {
        answer: 'does not meet',
        title: 'This lot is void: what made it was corrected',
        detail:
          `Production ${shortId(made)} was undone by its own author ${when}. The lot never was what it says, and the ledger ` +
          'lets nobody send, process or retire it. Do not accept, pay for or process anything under this id, and do not ' +
          'count its mass or its origins anywhere. What follows describes what was stated, not what is.',
        affected: [],
        atMost: false,
        sites: [history.state.facility],
        parties: [history.state.custodian],
        statements: correction ? [correction.id, made] : [made],
        mend: 'Ask its maker which lot was registered in its place, and look at that one.',
      },
    ],
  };
}
