import type { Wallet } from 'ethers/wallet';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { messageJson } from '../../src/protocol/json.ts';
import {
  authorFields,
  ledgerDomain,
  type Statement,
  type StatementType,
  statementId,
} from '../../src/protocol/statements.ts';
import type { Dice } from '../model/draw/dice.ts';
import type { Json, Path } from './edits.ts';

/** A bundle as JSON has it. */
export type Raw = { readonly [key: string]: Json };
export type RawRecord = { readonly type: string; readonly [key: string]: Json };

/** A bundle that somebody has changed: how, and where. */
export type Mutant = { readonly kind: string; readonly where: string; readonly bundle: Raw };

/** What a forger has: the keys of some of the parties, who are in league. */
export type Forger = { readonly dice: Dice; readonly keys: ReadonlyMap<string, Wallet> };

/** Null where there is nothing to be changed in that way. */
export type Forge = (bundle: Raw, forger: Forger) => Mutant | null;

/** The id of a statement's record; null where its message has no form that could be signed, or it is an act. */
export function idOf(bundle: Raw, { type, message }: RawRecord): Hex | null {
  const parsed = messageJson[type as StatementType]?.safeParse(message);
  if (!parsed?.success) return null;
  const { chainId, address } = bundle.ledger as { chainId: number; address: Hex };
  return statementId(ledgerDomain(chainId, address), { type, message: parsed.data } as Statement);
}

export function recordsIn(bundle: Raw): readonly RawRecord[] {
  return bundle.records as unknown as readonly RawRecord[];
}

/** The signature of what a record says; null where that has no form that could be signed. */
export function signatureOf(bundle: Raw, record: RawRecord, wallet: Wallet): Hex | null {
  const id = idOf(bundle, record);
  return id && hex(wallet.signingKey.sign(id).serialized);
}

/** @param path where the change is */
export function mutant(kind: string, path: Path, bundle: Json): Mutant {
  return { kind, where: path.join('.'), bundle: bundle as Raw };
}

/** Whether a record is a statement. */
export function isSigned({ type }: RawRecord): boolean {
  return Object.hasOwn(authorFields, type);
}
