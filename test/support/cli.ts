import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { expect } from 'vitest';
import { runCli } from '../../src/cli/program.ts';

export type Run = { readonly code: number; readonly out: string; readonly err: string };

/** The command line as a person in `folder` has it, with a password for all keys. */
export function commandLine(api: string, folder: string) {
  const cli = async (...args: string[]): Promise<Run> => {
    const texts = ['', ''];
    const sink = (index: number): Writable =>
      new Writable({
        write: (chunk, _encoding, done) => {
          texts[index] += chunk;
          done();
        },
      });
    const code = await runCli(args, {
      streams: { input: new PassThrough(), output: sink(0), errors: sink(1) },
      variables: {
        LODEBOOK_API: api,
        LODEBOOK_KEYS: join(folder, 'keys'),
        LODEBOOK_PASSWORD: 'correct horse',
        DATA_DIR: folder,
      },
      signal: new AbortController().signal,
    });
    return { code, out: texts[0] ?? '', err: texts[1] ?? '' };
  };
  return {
    cli,
    /** What a command says with --json. */
    json: async <T>(...args: string[]): Promise<T> => {
      const { code, out, err } = await cli(...args, '--json');
      expect([code, err], out).toEqual([0, '']);
      return JSON.parse(out) as T;
    },
  };
}
