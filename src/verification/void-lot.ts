import type { History } from '../provenance/history.ts';
import { voidingOf } from './beside-custody.ts';
import { day, siteLabel, unique } from './finding.ts';
import type { Judgement } from './verify.ts';

/** What a certificate says of a void lot before any policy is asked: nothing can make it meet one. */
export function voidJudgement(history: History): Judgement {
  const correction = voidingOf(history);
  const lot = history.lots.get(history.lot);
  const made = lot?.production ?? history.lot;
  const site = history.facilities.get(history.productions.get(made)?.facility ?? history.state.facility);
  const when = correction
    ? `on ${day(correction.occurredAt)} (recorded ${day(correction.recordedAt)})`
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
          `The production that made it${site ? ` at ${siteLabel(history, site)}` : ''} was undone by its own author ${when}. The lot never was what it says, and the ledger ` +
          'lets nobody send, process or retire it. Do not accept, pay for or process anything under this id, and do not ' +
          'count its mass or its origins anywhere. What follows describes what was stated, not what is.',
        affected: unique((lot?.content ?? []).map(({ material }) => material)).map((material) => ({
          material,
          milligrams: (lot?.content ?? [])
            .filter((content) => content.material === material)
            .reduce((sum, { milligrams }) => sum + milligrams, 0n),
          sharePpm: 1_000_000,
        })),
        atMost: false,
        sites: [history.state.facility],
        parties: [history.state.custodian],
        statements: correction ? [correction.id, made] : [made],
        mend: 'Ask its maker which lot was registered in its place, and look at that one.',
      },
    ],
  };
}
