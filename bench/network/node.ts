import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { WrittenBlock } from './chain.ts';
import { PROPOSAL_CALL, type Recording } from './recording.ts';

type Call = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] };
type Filter = {
  readonly fromBlock?: string;
  readonly toBlock?: string;
  readonly blockHash?: string;
  readonly topics?: readonly (string | readonly string[] | null)[];
};

/** Everything as JSON: a real node spends its time on other things than the measured indexers do. */
type KeptBlock = {
  readonly number: number;
  readonly hash: string;
  readonly bare: string;
  readonly whole: string;
  readonly logs: readonly { readonly topic: string; readonly text: string }[];
};

/** Answers what indexers ask, from a recording in memory. Every block is final. */
export class RecordedNode {
  readonly #recording: Recording;
  readonly #blocks: readonly KeptBlock[];
  readonly #byHash: ReadonlyMap<string, KeptBlock>;

  private constructor(recording: Recording, blocks: readonly KeptBlock[]) {
    this.#recording = recording;
    this.#blocks = blocks;
    this.#byHash = new Map(blocks.map((block) => [block.hash, block]));
  }

  static async open(recording: Recording): Promise<RecordedNode> {
    const blocks: KeptBlock[] = [];
    for await (const line of createInterface({ input: createReadStream(recording.path) }))
      blocks.push(kept(JSON.parse(line) as WrittenBlock));
    return new RecordedNode(recording, blocks);
  }

  /** The JSON-RPC answer to a request's body, as text. */
  answer(body: string): string {
    const asked = JSON.parse(body) as Call | Call[];
    return Array.isArray(asked)
      ? `[${asked.map((call) => this.#reply(call)).join(',')}]`
      : this.#reply(asked);
  }

  #reply(call: Call): string {
    const result = this.#result(call);
    const id = JSON.stringify(call.id);
    if (result !== null) return `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
    const error = JSON.stringify({ code: -32_601, message: `the method ${call.method} is not recorded` });
    return `{"jsonrpc":"2.0","id":${id},"error":${error}}`;
  }

  #result({ method, params }: Call): string | null {
    const { identity, code, proposal } = this.#recording;
    switch (method) {
      case 'eth_chainId':
        return JSON.stringify(`0x${identity.chainId.toString(16)}`);
      case 'eth_blockNumber':
        return JSON.stringify(`0x${(this.#blocks.length - 1).toString(16)}`);
      case 'eth_getCode':
        return JSON.stringify(code);
      case 'eth_call':
        return (params[0] as { data?: string }).data === PROPOSAL_CALL ? JSON.stringify(proposal) : null;
      case 'eth_getBlockByNumber':
        return told(this.#blocks[this.#number(params[0] as string)], params[1]);
      case 'eth_getBlockByHash':
        return told(this.#byHash.get(params[0] as string), params[1]);
      case 'eth_getLogs':
        return this.#logs(params[0] as Filter);
      default:
        return null;
    }
  }

  #number(name: string): number {
    if (name === 'earliest') return 0;
    return name.startsWith('0x') ? Number(name) : this.#blocks.length - 1;
  }

  #logs({ fromBlock = 'earliest', toBlock = 'latest', blockHash, topics = [] }: Filter): string {
    const [first] = topics;
    const wanted = first ? new Set([first].flat()) : null;
    const block = blockHash === undefined ? undefined : this.#byHash.get(blockHash);
    const blocks = block ? [block] : this.#blocks.slice(this.#number(fromBlock), this.#number(toBlock) + 1);
    const texts: string[] = [];
    for (const { logs } of blocks)
      for (const { topic, text } of logs) if (wanted === null || wanted.has(topic)) texts.push(text);
    return `[${texts.join(',')}]`;
  }
}

function kept({ header, logs }: WrittenBlock): KeptBlock {
  const transactions = header.transactions as readonly { readonly hash: string }[];
  return {
    number: Number(header.number),
    hash: header.hash,
    bare: JSON.stringify({ ...header, transactions: transactions.map(({ hash }) => hash) }),
    whole: JSON.stringify(header),
    logs: logs.map((log) => ({ topic: log.topics[0] ?? '', text: JSON.stringify(log) })),
  };
}

function told(block: KeptBlock | undefined, whole: unknown): string {
  if (block === undefined) return 'null';
  return whole === true ? block.whole : block.bare;
}
