import type { BundleStep } from '../../verification/bundle/steps.ts';
import { type BundleResult, verifyBundle } from '../../verification/bundle/verify.ts';

/** What a check tells as it goes; `broke` where the verifier itself failed, which says nothing of the bundle. */
export type CheckEvent =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'step'; readonly step: BundleStep; readonly holds: boolean }
  | { readonly kind: 'ended'; readonly result: BundleResult }
  | { readonly kind: 'broke'; readonly message: string };

/** Verifies a bundle's text, and tells each step. Never throws. */
export function check(text: string, tell: (event: CheckEvent) => void): void {
  try {
    tell({ kind: 'ended', result: verify(text, tell) });
  } catch (error) {
    tell({ kind: 'broke', message: error instanceof Error ? error.message : String(error) });
  }
}

function verify(text: string, tell: (event: CheckEvent) => void): BundleResult {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  let [percent, before] = [0, 0];
  return verifyBundle(parsed.input, {
    onProgress: (done, total) => {
      const now = Math.floor((100 * done) / Math.max(total, 1));
      if (now === percent) return;
      percent = now;
      tell({ kind: 'progress', share: now / 100 });
    },
    onStep: (step, problems) => {
      tell({ kind: 'step', step, holds: problems === before });
      before = problems;
    },
  });
}

type Parsed = { readonly ok: true; readonly input: unknown } | Extract<BundleResult, { ok: false }>;

function parse(text: string): Parsed {
  try {
    return { ok: true, input: JSON.parse(text) };
  } catch (error) {
    const detail = `it is not JSON: ${(error as Error).message}`;
    return { ok: false, problems: [{ code: 'bundle-malformed', at: '', detail }] };
  }
}
