import { AbiCoder, Interface } from 'ethers/abi';
import { keccak256 } from 'ethers/crypto';
import { TypedDataEncoder } from 'ethers/hash';
import { recoverAddress } from 'ethers/transaction';
import type { Wallet } from 'ethers/wallet';

/**
 * A client as somebody writes it who has read /v1/protocol and docs/api.md, and nothing else: no code of Lodebook's.
 */
type Field = { name: string; type: string };
type Protocol = {
  domain: { name: string; version: string; chainId: number; verifyingContract: string };
  statements: { type: string; author: string; types: Record<string, Field[]> }[];
  enumerations: Record<string, { number: number; term: string }[]>;
  materials: { id: number; symbol: string }[];
  countries: { numeric: number; alpha2: string }[];
  contract: { address: string; abi: unknown[] };
  recordBy: { advisedSeconds: number };
  zero: string;
};
type Status = {
  id: string;
  status: string;
  lots: string[];
  refusal: { code: string; detail: string } | null;
};

export class Client {
  readonly #api: string;
  readonly #wallet: Wallet;
  #protocol: Promise<Protocol> | undefined;

  constructor(api: string, wallet: Wallet) {
    this.#api = api;
    this.#wallet = wallet;
  }

  get me(): string {
    return this.#wallet.address.toLowerCase();
  }

  protocol(): Promise<Protocol> {
    this.#protocol ??= this.get<Protocol>('/v1/protocol');
    return this.#protocol;
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.#api + path);
    const body = (await response.json()) as T & { code: string; detail: string };
    if (!response.ok) throw new Error(`${body.code}: ${body.detail}`);
    return body;
  }

  /** Signs a statement, sends it, and waits until it is recorded. */
  async say(type: string, fields: Record<string, unknown>): Promise<Status> {
    const { domain, statements, recordBy, zero } = await this.protocol();
    const statement = statements.find((candidate) => candidate.type === type);
    if (!statement) throw new Error(`No statement is called ${type}`);
    const message = {
      [statement.author]: this.me,
      evidence: zero,
      recordBy: now() + recordBy.advisedSeconds,
      ...fields,
    };
    const signature = await this.#wallet.signTypedData(domain, statement.types, message);
    const id = TypedDataEncoder.hash(domain, statement.types, message);
    if (recoverAddress(id, signature) !== this.#wallet.address) throw new Error('The signature went wrong');
    const response = await fetch(`${this.#api}/v1/statements?wait=recorded`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type, message, signature }),
    });
    const body = (await response.json()) as Status & { code?: string; detail: string };
    if (!response.ok) throw new Error(`${body.code}: ${body.detail}`);
    if (body.id !== id) throw new Error(`The service calls it ${body.id}, and it is ${id}`);
    return body;
  }

  /** The number of a term, such as `number('facilityKinds', 'mine')`. */
  async number(enumeration: string, term: string): Promise<number> {
    const found = (await this.protocol()).enumerations[enumeration]?.find((entry) => entry.term === term);
    if (!found) throw new Error(`${enumeration} has no ${term}`);
    return found.number;
  }

  /** A lot's id, as /v1/protocol says that it is derived. */
  async lotId(production: string, index: number, output: Record<string, unknown>): Promise<string> {
    const { statements } = await this.protocol();
    const { Output = [], Content = [] } = statements.find(({ type }) => type === 'Production')?.types ?? {};
    const hash = TypedDataEncoder.hashStruct('Output', { Output, Content }, output);
    return keccak256(
      AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256', 'bytes32'], [production, index, hash]),
    );
  }

  /** What the chain itself calls a lot's head, for those who would rather not ask a server. */
  async headOnChain(rpc: string, lot: string): Promise<string> {
    const { contract } = await this.protocol();
    const data = new Interface(contract.abi as string[]).encodeFunctionData('head', [lot]);
    const params = [{ to: contract.address, data }, 'latest'];
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params });
    const response = await fetch(rpc, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    return ((await response.json()) as { result: string }).result;
  }
}

export function now(): number {
  return Math.floor(Date.now() / 1000);
}
