import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openTerminal } from '../../src/cli/terminal.ts';

function streams(isTTY: boolean) {
  const written: string[] = [];
  const sink = (): Writable =>
    new Writable({
      write: (chunk, _encoding, done) => {
        written.push(String(chunk));
        done();
      },
    });
  const input = Object.assign(new PassThrough(), { isTTY });
  return { written, streams: { input, output: sink(), errors: sink() } };
}

test('a password is asked for without being shown', async () => {
  const { written, streams: all } = streams(true);
  const asked = openTerminal(all, false).askHidden('Password: ');
  all.input.write('correct horse\r');
  expect(await asked).toBe('correct horse');
  expect(written.join('')).toBe('Password: \n');
});

test('without a terminal nobody is asked, and other ways are named', async () => {
  await expect(openTerminal(streams(false).streams, false).askHidden('Password: ')).rejects.toThrow(
    'Set LODEBOOK_PASSWORD, or name a file with --password-file.',
  );
});

test('with JSON, a result is one line, masses are decimal strings, and nothing else is said', () => {
  const { written, streams: all } = streams(false);
  const terminal = openTerminal(all, true);
  terminal.note('to read meanwhile');
  terminal.result({ milligrams: 5n }, ['five']);
  expect(written).toEqual(['{"milligrams":"5"}\n']);
});

test('what would steer the terminal, or turn the direction of writing, is shown and does nothing', () => {
  const { written, streams: all } = streams(false);
  openTerminal(all, false).result({}, ['Mine \u001b[2JMEETS\u009b\u202e', 'line\r\n']);
  expect(written).toEqual(['Mine \ufffd[2JMEETS\ufffd\ufffd\nline\ufffd\ufffd\n']);
});
