import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AbiCoder } from 'ethers/abi';
import { getCreateAddress } from 'ethers/address';
import { type Hex, hex } from '../protocol/hex.ts';
import type { LedgerNode } from './node.ts';
import { perform } from './perform.ts';
import type { Sender } from './sender.ts';

/** The compiled contract, where the compiler leaves it. */
export const artifactPath = join(
  import.meta.dirname,
  '../../artifacts/contracts/MaterialLedger.sol/MaterialLedger.json',
);

export type Deployment = {
  readonly bytecode: Hex;
  /** Admits and suspends parties, grants quotas, may revoke. */
  readonly registrar: Hex;
  readonly accreditor: Hex;
};

/** Where a ledger is, and the block that holds its deployment. */
export type Deployed = { readonly ledger: Hex; readonly deployedAt: number };

/** @returns the creation code of the ledger  @throws Error where the contract was not compiled */
export async function ledgerBytecode(path = artifactPath): Promise<Hex> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`The compiled contract is not at ${path}. Compile it: npm run build`, { cause });
  });
  return hex((JSON.parse(text) as { bytecode: string }).bytecode);
}

/** Deploys a new ledger. @throws as `perform` */
export async function deployLedger(
  sender: Sender,
  { bytecode, registrar, accreditor }: Deployment,
): Promise<Deployed> {
  const roles = AbiCoder.defaultAbiCoder().encode(['address', 'address'], [registrar, accreditor]);
  const { created, block, transaction } = await perform(sender, {
    to: null,
    data: hex(bytecode + roles.slice(2)),
  });
  if (created === null) throw new Error(`Transaction ${transaction} created no contract`);
  return { ledger: created, deployedAt: block };
}

/**
 * The address of a ledger that an account's very first transaction deploys: known before, so that a deployment whose
 * answer was lost is found again.
 */
export function firstLedgerOf(account: Hex): Hex {
  return hex(getCreateAddress({ from: account, nonce: 0 }));
}

/**
 * The block that holds the ledger's deployment, by bisection on its code; null where there is none now.
 * @throws NodeError where the node keeps no old states: then the operator has to say the block
 */
export async function deploymentBlock(node: LedgerNode): Promise<number | null> {
  const { head } = await node.tips();
  const isThere = async (block: number): Promise<boolean> => (await node.code(node.ledger, block)) !== '0x';
  if (!(await isThere(head.number))) return null;
  let [absent, there] = [-1, head.number];
  while (there - absent > 1) {
    const middle = Math.floor((absent + there) / 2);
    if (await isThere(middle)) there = middle;
    else absent = middle;
  }
  return there;
}
