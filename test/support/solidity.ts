import { createRequire } from 'node:module';
import { AbiCoder, Interface } from 'ethers/abi';
import { perform } from '../../src/chain/perform.ts';
import type { Sender } from '../../src/chain/sender.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';

type Solc = { compile(input: string): string };
type Compiled = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: { readonly 'Source.sol': Record<string, { evm: { bytecode: { object: string } } }> };
};

/** Creation code by contract name. @throws Error with what the compiler finds wrong */
function compile(source: string): ReadonlyMap<string, Hex> {
  const solc = createRequire(import.meta.url)('solc') as Solc;
  const input = {
    language: 'Solidity',
    sources: { 'Source.sol': { content: `pragma solidity ^0.8.0;\n${source}` } },
    settings: { outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
  };
  const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input))) as Compiled;
  const wrong = errors.find(({ severity }) => severity === 'error');
  if (wrong) throw new Error(wrong.formattedMessage);
  return new Map(
    Object.entries(contracts['Source.sol']).map(([name, { evm }]) => [name, hex(`0x${evm.bytecode.object}`)]),
  );
}

/** Accounts that are contracts (ERC-1271), each with an owner: what they take for a signature is the contract's affair. */
const ACCOUNTS = `
  abstract contract Account {
    address internal immutable owner;
    constructor(address its) { owner = its; }
    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
      return takes(digest, signature) ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
    function takes(bytes32 digest, bytes calldata signature) internal view virtual returns (bool);
  }
  contract Owned is Account {
    constructor(address its) Account(its) {}
    function takes(bytes32 digest, bytes calldata signature) internal view override returns (bool) {
      return ecrecover(digest, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64])) == owner;
    }
  }
  /// Takes anything, while nobody sends it.
  contract Unsent is Account {
    constructor(address its) Account(its) {}
    function takes(bytes32, bytes calldata) internal view override returns (bool) { return tx.origin == address(0); }
  }
  /// Takes anything, at a cost that anyone may change: it uses up all but the spare part of what it is given.
  contract Fickle is Account {
    uint256 public spare = type(uint256).max;
    constructor(address its) Account(its) {}
    function leave(uint256 gas) external { spare = gas; }
    function takes(bytes32, bytes calldata) internal view override returns (bool) {
      uint256 least = spare;
      while (gasleft() > least) {}
      return true;
    }
  }`;

export type AccountKind = 'Owned' | 'Unsent' | 'Fickle';

/** As the file loads, before any chain runs: it takes seconds, in which a server would answer nobody. */
const compiled = compile(ACCOUNTS);

/** Lets a fickle account use all the gas that it is asked with but `gas`, from now on: with 0, asking fails. */
export async function leaveGas(sender: Sender, fickle: Hex, gas: bigint): Promise<void> {
  const leave = new Interface(['function leave(uint256 gas)']);
  const data = hex(leave.encodeFunctionData('leave', [gas]));
  await perform(sender, { to: fickle, data }, { pollMs: 5 });
}

/** Deploys an account. @returns its address */
export async function deployAccount(sender: Sender, kind: AccountKind, owner: Hex): Promise<Hex> {
  const code = compiled.get(kind) as Hex;
  const data = hex(code + AbiCoder.defaultAbiCoder().encode(['address'], [owner]).slice(2));
  const { created } = await perform(sender, { to: null, data }, { pollMs: 10 });
  if (created === null) throw new Error('Nothing was deployed');
  return created;
}
