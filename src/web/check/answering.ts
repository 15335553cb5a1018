import { type CheckEvent, check } from './running.ts';

/** The part of a worker's scope that is used here: the types of pages know no workers from within. */
type WorkerScope = {
  addEventListener(type: 'message', listener: (event: { readonly data: string }) => void): void;
  postMessage(event: CheckEvent): void;
};

/** In a worker: checks each text that it is sent. */
export function answerChecks(): void {
  const scope = globalThis as unknown as WorkerScope;
  scope.addEventListener('message', ({ data }) => check(data, (event) => scope.postMessage(event)));
}
