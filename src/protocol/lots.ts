import type { Hex } from './hex.ts';
import { hashStruct, type Output } from './statements.ts';
import { hashWords } from './struct-hash.ts';

/** What a lot's id is the hash of. Whoever spends the lot presents it, and the ledger re-hashes it. */
export type Birth = {
  readonly production: Hex;
  readonly index: number;
  readonly output: Output;
};

/** keccak256(abi.encode(production id, uint256 index, hashStruct(Output))). */
export function lotId({ production, index, output }: Birth): Hex {
  return hashWords(production, numberWord(index), hashStruct('Output', output));
}

/** The lots that a production gives birth to, in the order of its outputs. */
export function birthsOf(production: Hex, outputs: readonly Output[]): (Birth & { lot: Hex })[] {
  return outputs.map((output, index) => {
    const birth = { production, index, output };
    return { ...birth, lot: lotId(birth) };
  });
}

function numberWord(number: number): Hex {
  return `0x${number.toString(16).padStart(64, '0')}`;
}
