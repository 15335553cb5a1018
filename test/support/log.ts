import type { Log } from '../../src/chain/log.ts';

/** A log that keeps what was written, as `level: message`. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (...values: unknown[]): void => {
      lines.push(`${level}: ${String(values.at(-1))}`);
    };
  return { lines, info: write('info'), warn: write('warn'), error: write('error') };
}
