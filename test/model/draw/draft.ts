import type { Scope } from '../../../src/protocol/codes.ts';
import { type Hex, hex } from '../../../src/protocol/hex.ts';
import type { Domain, StatementType, Struct } from '../../../src/protocol/statements.ts';
import type { Call, Encoding } from '../acts.ts';
import { stranger } from '../cast.ts';
import { idOf } from '../ids.ts';
import { mirrored } from '../keyring.ts';
import { pairsOf, type Stage, signersFor } from './stage.ts';

/** A statement before it is signed. The fields are looser than the type's: drafts are broken on purpose. */
export type Draft = {
  readonly type: StatementType;
  readonly message: Readonly<Record<string, unknown>>;
  /** What stands between the statement and its signature: witnesses. */
  readonly witness: readonly unknown[];
  /** Who may sign: for a party within a scope, or as an account of its own. */
  readonly by: { readonly party: Hex; readonly scope: Scope | null } | { readonly account: Hex };
  /** Who signs instead. */
  readonly signer?: Hex;
  readonly flaw?: Flaw;
  readonly encoding?: Encoding;
};

export function draft<T extends StatementType>(
  type: T,
  message: Struct<T>,
  by: Draft['by'],
  ...witness: readonly unknown[]
): Draft {
  return { type, message, by, witness };
}

export const flaws = [
  'short',
  'long',
  'mirrored',
  'low v',
  'foreign chain',
  'foreign ledger',
  'none',
] as const;
export type Flaw = (typeof flaws)[number];

/** Signs a draft. */
export function finish(stage: Stage, { type, message, witness, encoding, ...rest }: Draft): Call {
  const id = idOf(stage.domain, type, message as Struct<StatementType>);
  const pair = rest.signer ?? stage.dice.maybe(entitled(stage, rest.by)) ?? stranger;
  const signature = flawed(stage, { type, message, id, pair, flaw: rest.flaw });
  const args = [message, ...witness, signature];
  return { method: `record${type}`, args, ...(encoding && { encoding }) } as unknown as Call;
}

function entitled(stage: Stage, by: Draft['by']): Hex[] {
  return 'account' in by ? pairsOf(stage.keyring, by.account) : signersFor(stage, by.party, by.scope);
}

type Flawed = Pick<Draft, 'type' | 'message'> & { id: Hex; pair: Hex; flaw: Flaw | undefined };

function flawed({ keyring, domain }: Stage, { type, message, id, pair, flaw }: Flawed): Hex {
  const elsewhere = (other: Partial<Domain>): Hex =>
    keyring.sign(pair, idOf({ ...domain, ...other }, type, message as Struct<StatementType>));
  switch (flaw) {
    case 'none':
      return '0x';
    case 'foreign chain':
      return elsewhere({ chainId: domain.chainId + 1 });
    case 'foreign ledger':
      return elsewhere({ verifyingContract: pair });
    case 'short':
      return hex(keyring.sign(pair, id).slice(0, -2));
    case 'long':
      return hex(`${keyring.sign(pair, id)}00`);
    case 'mirrored':
      return mirrored(keyring.sign(pair, id));
    case 'low v': {
      const signature = keyring.sign(pair, id);
      return hex(`${signature.slice(0, -2)}${signature.endsWith('1b') ? '00' : '01'}`);
    }
    default:
      return keyring.sign(pair, id);
  }
}
