import { AbiCoder } from 'ethers/abi';
import { keccak256 } from 'ethers/crypto';
import { type Hex, hex } from './hex.ts';
import { hashStruct, type Output } from './statements.ts';

/** What a lot's id is the hash of. Whoever spends the lot presents it, and the ledger re-hashes it. */
export type Birth = {
  readonly production: Hex;
  readonly index: number;
  readonly output: Output;
};

/** keccak256(abi.encode(production id, uint256 index, hashStruct(Output))). */
export function lotId({ production, index, output }: Birth): Hex {
  const words = [production, index, hashStruct('Output', output)];
  return hex(keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256', 'bytes32'], words)));
}

/** The lots that a production gives birth to, in the order of its outputs. */
export function birthsOf(production: Hex, outputs: readonly Output[]): (Birth & { lot: Hex })[] {
  return outputs.map((output, index) => {
    const birth = { production, index, output };
    return { ...birth, lot: lotId(birth) };
  });
}
