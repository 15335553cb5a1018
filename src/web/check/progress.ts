import { type BundleStep, bundleSteps } from '../../verification/bundle/steps.ts';
import type { BundleResult } from '../../verification/bundle/verify.ts';
import type { CheckEvent } from './running.ts';

export type StepState = 'waiting' | 'running' | 'holds' | 'fails';

/** How far a check is. `share` is between 0 and 1; `result` and `broke` come at its end. */
export type Progress = {
  readonly share: number;
  readonly steps: Readonly<Partial<Record<BundleStep, 'holds' | 'fails'>>>;
  readonly result: BundleResult | null;
  readonly broke: string | null;
};

export const nothingYet: Progress = { share: 0, steps: {}, result: null, broke: null };

export function progressed(progress: Progress, event: CheckEvent): Progress {
  switch (event.kind) {
    case 'progress':
      return { ...progress, share: event.share };
    case 'step':
      return { ...progress, steps: { ...progress.steps, [event.step]: event.holds ? 'holds' : 'fails' } };
    case 'ended':
      return { ...progress, share: 1, result: event.result };
    case 'broke':
      return { ...progress, broke: event.message };
  }
}

/** What each step stands at. The one that stopped everything was not told of: it is the first that did not end. */
export function stepStates({ steps, result, broke }: Progress): [BundleStep, StepState][] {
  const current = bundleSteps.find((step) => steps[step] === undefined);
  const isOver = result !== null || broke !== null;
  const anyFails = Object.values(steps).includes('fails');
  return bundleSteps.map((step) => {
    const ended = steps[step];
    if (ended !== undefined) return [step, ended];
    if (step !== current) return [step, 'waiting'];
    if (!isOver) return [step, 'running'];
    return [step, anyFails ? 'waiting' : 'fails'];
  });
}
