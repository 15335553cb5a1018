import { readFile, stat } from 'node:fs/promises';
import { openNode } from '../../chain/node.ts';
import type { Hex } from '../../protocol/hex.ts';
import { blocksNamed, type RecordedBlock } from '../../verification/bundle/checks/recorded.ts';
import { type Bundle, bundleJson } from '../../verification/bundle/format.ts';
import { readHeader } from '../../verification/bundle/header.ts';
import { bundleTextIn } from '../../verification/bundle/html.ts';
import type { BundleProblem } from '../../verification/bundle/problems.ts';
import { type BundleResult, type VerifyOptions, verifyBundle } from '../../verification/bundle/verify.ts';
import { Failure, UsageError } from '../failure.ts';
import { type Bar, progressBar } from '../progress.ts';
import { type AddCommands, examples } from '../runner.ts';
import type { Session } from '../session.ts';
import { accountIn, idIn } from '../values.ts';
import { count } from '../words.ts';
import { certificateWords } from './look.ts';

type Options = { blockHash?: string; ledger?: string; policyHash?: string; rpc?: string };

const MOST_BYTES = 400 * 1024 * 1024;

export const addVerify: AddCommands = (program, run) => {
  const command = program
    .command('verify')
    .description("check a lot's bundle, offline, and compute its certificate again")
    .argument(
      '<file>',
      'the bundle, or the certificate file that holds it, as /v1/lots/{lot}/bundle or …/certificate.html gives it',
    )
    .option('--block-hash <hash>', 'the hash of its block, from where you trust it')
    .option('--ledger <address>', 'the address of the ledger that it has to be of')
    .option('--policy-hash <hash>', 'the hash of the policy that it has to be under')
    .option(
      '--rpc <url>',
      'a node of the chain: it vouches for the block, and for when each statement was recorded',
    );
  examples(
    command.action(run(verify)),
    'verify lot-7b2ae6b3.bundle.json',
    'verify lot-7b2ae6b3.bundle.json --ledger 0x972d… --block-hash 0x91c5…',
    'verify lot-7b2ae6b3.bundle.json --rpc http://127.0.0.1:8545',
  ).addHelpText(
    'after',
    `
No service is asked, and none has to exist any more. It says what is proven, and what you still trust: without
--block-hash and --rpc, that the bundle's own block is of the chain. Exit code 1 where anything in it does not hold.`,
  );
};

async function verify(session: Session, [file = '']: readonly string[], options: Options): Promise<void> {
  const input = await readBundle(file);
  const named = options.blockHash === undefined ? undefined : idIn(options.blockHash, 'a block');
  const ledger = options.ledger === undefined ? undefined : accountIn(options.ledger);
  const policyHash = options.policyHash === undefined ? undefined : idIn(options.policyHash, 'a policy');
  const asked = options.rpc === undefined ? {} : await askNode(session, options.rpc, input);
  if (named !== undefined && asked.blockHash !== undefined && named !== asked.blockHash)
    throw new Failure(`The node's block has the hash ${asked.blockHash}, and --block-hash is ${named}.`);
  const result = watched(session, input, {
    ...asked,
    blockHash: named ?? asked.blockHash,
    ledger,
    policyHash,
  });
  if (!result.ok) throw new Failure(problemWords(file, result.problems));
  session.terminal.result(result, resultWords(result));
}

async function readBundle(file: string): Promise<unknown> {
  const failed = (error: NodeJS.ErrnoException): never => {
    throw new Failure(`The bundle ${file} cannot be read (${error.code ?? error.message}).`);
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

/** Hashing and recovering is nearly all of the work. */
function watched({ terminal }: Session, input: unknown, options: VerifyOptions): BundleResult {
  const bar = progressBar(terminal, 'Checking the bundle {bar} {percentage} %');
  try {
    return verifyBundle(input, { ...options, onProgress: bar.show });
  } finally {
    bar.end();
  }
}

type Answers = { readonly blockHash?: Hex; readonly recorded?: readonly RecordedBlock[] };

/** A bundle that is malformed is left to the verifier, which says why. */
async function askNode({ terminal }: Session, url: string, input: unknown): Promise<Answers> {
  if (!URL.canParse(url))
    throw new UsageError(`"${url}" is not a URL: expected one such as http://127.0.0.1:8545`);
  const parsed = bundleJson.safeParse(input);
  if (!parsed.success) return {};
  const { ledger, header, records } = parsed.data as Bundle;
  const node = openNode({ url, ledger: ledger.address });
  const chainId = await node.chainId();
  if (chainId !== ledger.chainId)
    throw new Failure(
      `The bundle is of chain ${ledger.chainId}, and ${url} is chain ${chainId}. Name that chain's node.`,
    );
  const { number } = readHeader(header);
  const found = await node.header(number);
  if (!found) throw new Failure(`The node does not reach block ${number}, which the bundle is of.`);
  const bar = progressBar(terminal, 'Asking the node {bar} {value}/{total} blocks');
  try {
    return { blockHash: found.hash, recorded: await blocksAt(node, blocksNamed(records), bar) };
  } finally {
    bar.end();
  }
}

/** So many blocks are asked for at once; those between that hold nothing of the bundle cost little. */
const WINDOW = 1_000;

async function blocksAt(
  node: ReturnType<typeof openNode>,
  numbers: readonly number[],
  bar: Bar,
): Promise<RecordedBlock[]> {
  const blocks: RecordedBlock[] = [];
  for (let index = 0; index < numbers.length; ) {
    const from = numbers[index] as number;
    const next = numbers.findIndex((number) => number >= from + WINDOW);
    const end = next === -1 ? numbers.length : next;
    blocks.push(...(await node.settledBlocks(from, numbers[end - 1] as number)));
    index = end;
    bar.show(index, numbers.length);
  }
  return blocks;
}

function problemWords(file: string, problems: readonly BundleProblem[]): string {
  return [
    `${file} does not hold: ${count(problems.length, 'problem')}. Do not rely on its certificate.`,
    ...problems.map(({ code, at, detail }) => `  ${code} at ${at || 'the bundle'}: ${detail}`),
  ].join('\n');
}

function resultWords({ certificate, proven, trusted }: Extract<BundleResult, { ok: true }>): string[] {
  return [
    'The bundle holds. Its certificate, computed again from what it proves:',
    '',
    ...certificateWords(certificate),
    '',
    'Proven:',
    ...proven.map((line) => `- ${line}`),
    '',
    'What you still trust:',
    ...trusted.map((line) => `- ${line}`),
  ];
}
