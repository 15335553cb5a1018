import { readFile, stat } from 'node:fs/promises';
import { bundleTextIn } from '../../verification/bundle/html.ts';
import type { BundleResult } from '../../verification/bundle/verify.ts';
import { certificateHash } from '../../verification/certificate-hash.ts';
import { verifySealed } from '../../verification/sealed/verify.ts';
import { checkBundle, type DemandOptions, demandsIn, withDemands } from '../bundle-check.ts';
import { Failure } from '../failure.ts';
import { type AddCommands, examples } from '../runner.ts';
import type { Session } from '../session.ts';
import { provenWords } from '../words.ts';
import { certificateWords } from './look.ts';
import { askBlock, isSealedFile, tellSealed } from './verify-sealed.ts';

const MOST_BYTES = 400 * 1024 * 1024;

export const addVerify: AddCommands = (program, run) => {
  const command = program
    .command('verify')
    .description("check a lot's bundle or sealed certificate, offline")
    .argument('<file>', 'what /v1/lots/{lot}/bundle, …/certificate.html or …/sealed gives');
  examples(
    withDemands(command).action(run(verify)),
    'verify lot-7b2ae6b3.bundle.json',
    'verify lot-7b2ae6b3.certificate.html',
    'verify lot-7b2ae6b3.sealed.json',
    'verify lot-7b2ae6b3.bundle.json --ledger 0x972d… --block-hash 0x91c5…',
    'verify lot-7b2ae6b3.bundle.json --rpc http://127.0.0.1:8545',
  ).addHelpText(
    'after',
    `
No service is asked, and none has to exist any more. It says what is proven, and what you still trust: without
--block-hash and --rpc, that the file's own block is of the chain. Of a bundle the certificate is computed again; of a
sealed certificate the auditor is trusted for what is upstream. Exit code 1 where anything in it does not hold.`,
  );
};

async function verify(
  session: Session,
  [file = '']: readonly string[],
  options: DemandOptions,
): Promise<void> {
  const input = await readJsonIn(file);
  if (isSealedFile(input)) {
    const asked = options.rpc === undefined ? undefined : await askBlock(options.rpc, input);
    return tellSealed(session, file, verifySealed(input, demandsIn(options, asked)));
  }
  const result = await checkBundle(session, { what: file, input }, options);
  session.terminal.result(result, resultWords(result));
}

/** What a JSON file says, or a certificate file holds. @throws Failure */
async function readJsonIn(file: string): Promise<unknown> {
  const failed = (error: NodeJS.ErrnoException): never => {
    throw new Failure(`The file ${file} cannot be read (${error.code ?? error.message}).`);
  };
  const { size } = await stat(file).catch(failed);
  if (size > MOST_BYTES)
    throw new Failure(`${file} has ${size} bytes, and no bundle has more than ${MOST_BYTES}.`);
  const whole = await readFile(file, 'utf8').catch(failed);
  const text = bundleTextIn(whole) ?? whole;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${(error as Error).message}`);
  }
}

function resultWords({ certificate, proven, trusted }: Extract<BundleResult, { ok: true }>): string[] {
  return [
    'The bundle holds. Its certificate, computed again from what it proves:',
    '',
    ...certificateWords(certificate),
    `Its hash is ${certificateHash(certificate)}.`,
    ...provenWords({ proven, trusted }),
  ];
}
