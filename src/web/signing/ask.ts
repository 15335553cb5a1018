import { Store } from '../session/store.ts';
import type { Draft } from './draft.ts';
import type { Queued } from './queued.ts';

type Asked = {
  /** One, or several that belong together: signed all, or none. */
  readonly drafts: readonly Draft[];
  readonly answer: (queued: readonly Queued[] | null) => void;
};

/** What somebody is asked to sign at the moment: the dialog shows it. */
export const asked = new Store<Asked | null>(null);

/** Shows in words what is to be signed, and has it signed. @returns null where the person did not */
export async function askToSign(draft: Draft): Promise<Queued | null> {
  return (await askToSignAll([draft]))?.[0] ?? null;
}

/** The same for several at once. None is sent before all are signed. */
export function askToSignAll(drafts: readonly Draft[]): Promise<readonly Queued[] | null> {
  return new Promise((resolve) => {
    asked.set({
      drafts,
      answer: (queued) => {
        asked.set(null);
        resolve(queued);
      },
    });
  });
}
