import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import { toJson } from '../protocol/json.ts';
import { Failure } from './failure.ts';

export type Streams = {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly output: Writable;
  readonly errors: Writable & { readonly isTTY?: boolean };
};

/** Where a command speaks: results on stdout, everything beside them on stderr. */
export type Terminal = {
  /** One result: `json` as one line where JSON is asked for, else the lines. */
  result(json: unknown, lines: readonly string[]): void;
  /** Something to read meanwhile; silent where JSON is asked for. */
  note(...lines: string[]): void;
  /** Asks without showing what is typed. @throws Failure where nobody can be asked */
  askHidden(question: string): Promise<string>;
  readonly errors: Streams['errors'];
  readonly isJson: boolean;
};

export function openTerminal(streams: Streams, isJson: boolean): Terminal {
  const { output, errors } = streams;
  return {
    isJson,
    errors,
    result: (json, lines) => {
      output.write(isJson ? `${JSON.stringify(toJson(json))}\n` : plain(lines));
    },
    note: (...lines) => {
      if (!isJson) errors.write(plain(lines));
    },
    askHidden: (question) => askHidden(streams, question),
  };
}

/** Lines as text. Names come from strangers: what would steer a terminal, or turn the direction of writing, is shown. */
function plain(lines: readonly string[]): string {
  const steering = /[\p{Cc}\p{Bidi_Control}]/gu;
  return lines.map((line) => `${line.replace(steering, '\u{fffd}')}\n`).join('');
}

/** Reads one line from a terminal that echoes nothing: readline works on a stream that swallows what it writes. */
async function askHidden({ input, errors }: Streams, question: string): Promise<string> {
  if (!input.isTTY)
    throw new Failure(
      'The key needs its password, and there is no terminal to ask at. Set LODEBOOK_PASSWORD, or name a file with --password-file.',
    );
  errors.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(new Failure('Cancelled; nothing was done.')));
      lines.once('close', () => reject(new Failure('Cancelled; nothing was done.')));
    });
  } finally {
    lines.close();
    errors.write('\n');
  }
}
