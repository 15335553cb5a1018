import { keccak256 } from 'ethers/crypto';
import { type Hex, hex } from '../../protocol/hex.ts';
import { BundleFault } from './problems.ts';
import { readRlp } from './rlp.ts';

/** What is read from a block's header. Time in Unix seconds. */
export type BlockHeader = {
  readonly hash: Hex;
  readonly number: number;
  readonly time: number;
  readonly stateRoot: Hex;
};

/** Where these stand in every Ethereum header, whatever its fork added behind. */
const STATE_ROOT = 3;
const NUMBER = 8;
const TIME = 11;
const FEWEST_FIELDS = 15;

/** Reads a header; its hash is keccak256 of its RLP. @throws BundleFault `header-malformed` */
export function readHeader(rlp: Hex): BlockHeader {
  const fields = fieldsOf(rlp);
  return {
    hash: hex(keccak256(rlp)),
    number: wholeNumber(fields[NUMBER], 'number'),
    time: wholeNumber(fields[TIME], 'time'),
    stateRoot: word(fields[STATE_ROOT]),
  };
}

function fieldsOf(rlp: Hex): readonly unknown[] {
  try {
    const fields = readRlp(rlp);
    if (Array.isArray(fields) && fields.length >= FEWEST_FIELDS) return fields;
  } catch {
    // Said below.
  }
  throw new BundleFault('header-malformed', 'header', 'expected the RLP of a block header');
}

function wholeNumber(field: unknown, what: string): number {
  const value = typeof field === 'string' ? Number(field === '0x' ? 0 : field) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new BundleFault('header-malformed', 'header', `its ${what} is no number`);
}

function word(field: unknown): Hex {
  if (typeof field === 'string' && field.length === 66) return hex(field);
  throw new BundleFault('header-malformed', 'header', 'its state root is no hash');
}
