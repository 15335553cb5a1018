import { useCallback, useEffect, useReducer, useRef } from 'react';
import { nothingYet, type Progress, progressed } from './progress.ts';
import type { CheckEvent } from './running.ts';

/** Begins a check of a bundle's text, tells what happens, and gives what ends it early. */
export type StartCheck = (text: string, tell: (event: CheckEvent) => void) => () => void;

type Check = {
  readonly progress: Progress;
  /** Resolves with the progress once the check has ended. */
  run(text: string): Promise<Progress>;
};

/** A check, and how far it is. It ends when whoever shows it goes. */
export function useCheck(start: StartCheck): Check {
  const [progress, tell] = useReducer(
    (before: Progress, event: CheckEvent | 'anew') =>
      event === 'anew' ? nothingYet : progressed(before, event),
    nothingYet,
  );
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const run = useCallback(
    (text: string) =>
      new Promise<Progress>((resolve) => {
        stop.current?.();
        tell('anew');
        let now = nothingYet;
        stop.current = start(text, (event) => {
          now = progressed(now, event);
          tell(event);
          if (now.result !== null || now.broke !== null) resolve(now);
        });
      }),
    [start],
  );
  return { progress, run };
}

/** A check in a worker, so that the page stays quick. */
export function startIn(open: () => Worker): StartCheck {
  return (text, tell) => {
    const worker = open();
    worker.addEventListener('message', ({ data }: MessageEvent<CheckEvent>) => tell(data));
    worker.addEventListener('error', ({ message }) => tell({ kind: 'broke', message }));
    worker.postMessage(text);
    return () => worker.terminate();
  };
}
