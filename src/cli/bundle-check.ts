import type { Command } from 'commander';
import type { Hex } from '../protocol/hex.ts';
import { blocksNamed, type RecordedBlock } from '../verification/bundle/checks/recorded.ts';
import { type Bundle, bundleJson } from '../verification/bundle/format.ts';
import type { BundleProblem } from '../verification/bundle/problems.ts';
import { type BundleResult, type VerifyOptions, verifyBundle } from '../verification/bundle/verify.ts';
import { blockOf } from './chain-block.ts';
import { Failure } from './failure.ts';
import { type Bar, progressBar } from './progress.ts';
import type { Session } from './session.ts';
import { accountIn, idIn } from './values.ts';
import { count } from './words.ts';

/** What a file has to be of, as the options say. */
export type DemandOptions = { blockHash?: string; ledger?: string; policyHash?: string; rpc?: string };

export function withDemands(command: Command): Command {
  return command
    .option('--block-hash <hash>', 'the hash of its block, from where you trust it')
    .option('--ledger <address>', 'the address of the ledger that it has to be of')
    .option('--policy-hash <hash>', 'the hash of the policy that it has to be under')
    .option(
      '--rpc <url>',
      'a node of the chain: it vouches for the block, and for when each statement was recorded',
    );
}

export type Demands = Pick<VerifyOptions, 'blockHash' | 'ledger' | 'policyHash'>;

/** @param nodes what a node has as the block's hash  @throws UsageError; Failure where it is another than was named */
export function demandsIn({ blockHash, ledger, policyHash }: DemandOptions, nodes: Hex | undefined): Demands {
  const named = blockHash === undefined ? undefined : idIn(blockHash, 'a block');
  if (named !== undefined && nodes !== undefined && named !== nodes)
    throw new Failure(`The node's block has the hash ${nodes}, and --block-hash is ${named}.`);
  return {
    blockHash: named ?? nodes,
    ledger: ledger === undefined ? undefined : accountIn(ledger),
    policyHash: policyHash === undefined ? undefined : idIn(policyHash, 'a policy'),
  };
}

type Given = { readonly what: string; readonly input: unknown };
type Holds = Extract<BundleResult, { ok: true }>;

/** Verifies a full bundle, as far as the options go. @throws UsageError, Failure where it does not hold */
export async function checkBundle(
  session: Session,
  { what, input }: Given,
  options: DemandOptions,
): Promise<Holds> {
  demandsIn(options, undefined);
  const asked: Answers = options.rpc === undefined ? {} : await askNode(session, options.rpc, input);
  const result = watched(session, input, { ...asked, ...demandsIn(options, asked.blockHash) });
  if (!result.ok) throw new Failure(problemWords(what, result.problems));
  return result;
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
  const parsed = bundleJson.safeParse(input);
  if (!parsed.success) return {};
  const { ledger, header, records } = parsed.data as Bundle;
  const { node, blockHash } = await blockOf(url, ledger, header);
  const bar = progressBar(terminal, 'Asking the node {bar} {value}/{total} blocks');
  try {
    return { blockHash, recorded: await blocksAt(node, blocksNamed(records), bar) };
  } finally {
    bar.end();
  }
}

/** So many blocks are asked for at once; those between that hold nothing of the bundle cost little. */
const WINDOW = 1_000;

async function blocksAt(
  node: Awaited<ReturnType<typeof blockOf>>['node'],
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

function problemWords(what: string, problems: readonly BundleProblem[]): string {
  return [
    `${what} does not hold: ${count(problems.length, 'problem')}. Do not rely on its certificate.`,
    ...problems.map(({ code, at, detail }) => `  ${code} at ${at || 'the bundle'}: ${detail}`),
  ].join('\n');
}
