import type { History } from '../provenance/history.ts';
import { voidingOf } from './beside-custody.ts';
import { siteLabel, unique } from './finding.ts';
import type { Judgement } from './verify.ts';
import { say } from './wording/say.ts';

/** What a certificate says of a void lot before any policy is asked: nothing can make it meet one. */
export function voidJudgement(history: History): Judgement {
  const correction = voidingOf(history);
  const lot = history.lots.get(history.lot);
  const made = lot?.production ?? history.lot;
  const site = history.facilities.get(history.productions.get(made)?.facility ?? history.state.facility);
  const when = correction
    ? say('void.when', { day: { day: correction.occurredAt }, recorded: { day: correction.recordedAt } })
    : say('void.at', { day: { day: history.state.occurredAt } });
  return {
    rule: {
      id: 'lot-stands',
      clause: 'The ledger itself',
      source: 'ILots.CorrectionRecorded: the outputs of a corrected production are void',
      question: 'Does the lot stand, or was what made it corrected?',
    },
    answer: 'does not meet',
    summary: say('void.summary', { when }),
    findings: [
      {
        answer: 'does not meet',
        title: say('void.title'),
        detail: [
          site
            ? say('void.undone-at', { site: siteLabel(history, site), when })
            : say('void.undone', { when }),
          say('void.never'),
        ],
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
        mend: say('void.mend'),
      },
    ],
  };
}
