import { Store } from '../session/store.ts';
import type { Draft } from './draft.ts';
import type { Queued } from './queued.ts';

type Asked = { readonly draft: Draft; readonly answer: (queued: Queued | null) => void };

/** What somebody is asked to sign at the moment: the dialog shows it. */
export const asked = new Store<Asked | null>(null);

/** Shows in words what is to be signed, and has it signed. @returns null where the person did not */
export function askToSign(draft: Draft): Promise<Queued | null> {
  return new Promise((resolve) => {
    asked.set({
      draft,
      answer: (queued) => {
        asked.set(null);
        resolve(queued);
      },
    });
  });
}
