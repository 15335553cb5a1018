import { hashNatively } from './chain/native-keccak.ts';
import { runCli } from './cli/program.ts';

hashNatively();
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort(new Error('Stopped.')));

process.exitCode = await runCli(process.argv.slice(2), {
  streams: { input: process.stdin, output: process.stdout, errors: process.stderr },
  variables: process.env,
  signal: stopping.signal,
});
