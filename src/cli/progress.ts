import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** How far something is. Shown from the first word of it on, at a terminal alone. */
export type Bar = { show(done: number, total: number): void; end(): void };

/** @param format as cli-progress has it  @param terminal where programs read, there is none */
export function progressBar({ errors, isJson }: Terminal, format: string): Bar {
  if (isJson || !errors.isTTY) return { show: () => {}, end: () => {} };
  const bar = new SingleBar({
    format,
    hideCursor: true,
    clearOnComplete: true,
    stream: errors as NodeJS.WritableStream,
  });
  let isShown = false;
  return {
    show: (done, total) => {
      if (isShown) bar.setTotal(total);
      else bar.start(total, done);
      isShown = true;
      bar.update(done);
    },
    end: () => {
      if (isShown) bar.stop();
      isShown = false;
    },
  };
}
