import type { Hex } from '../../src/protocol/hex.ts';
import { account } from '../support/accounts.ts';
import type { ContractPlan } from './chain.ts';
import { type Keyring, openKeyring } from './keyring.ts';

/** Who takes part in every world: the same accounts, so that a failure can be played again. */
const named = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `model ${prefix} ${index}`);
const partyNames = named('party', 5);
const spareNames = named('key', 6);
const ownerNames = named('owner', 2);
const address = (name: string): Hex => account(name).address;

export const registrar = address('registrar');
const secondRegistrar = address('model registrar');
export const accreditor = address('accreditor');
export const stranger = address('model stranger');
const [owner, otherOwner] = ownerNames.map(address) as [Hex, Hex];
/** A key pair whose account has code besides (EIP-7702): both can sign for it. */
const twofold = address('model key 0');

/** In the order in which they are deployed. */
export const contractPlans: readonly ContractPlan[] = [
  { kind: 'Owned', owner, also: twofold },
  { kind: 'Owned', owner: otherOwner },
  { kind: 'Unsent', owner },
];

export type Cast = {
  readonly keyring: Keyring;
  /** May be admitted: key pairs and contracts. */
  readonly candidates: readonly Hex[];
  /** May become a party's key, or its delegate. */
  readonly spares: readonly Hex[];
  /** Hold a role now or may be given one. */
  readonly officials: readonly Hex[];
};

/** @param contracts the plans' addresses */
export function castOf([wallet, otherWallet, unsent]: readonly Hex[]): Cast {
  const contracts = new Map<Hex, Hex | null>([
    [wallet as Hex, owner],
    [otherWallet as Hex, otherOwner],
    [unsent as Hex, null],
    [twofold, owner],
  ]);
  const officials = ['registrar', 'model registrar', 'accreditor', 'model stranger'];
  const spares = spareNames.map(address);
  return {
    keyring: openKeyring([...partyNames, ...spareNames, ...ownerNames, ...officials], contracts),
    candidates: [...partyNames.map(address), wallet as Hex, unsent as Hex, ...spares.slice(0, 2)],
    spares: [...spares, otherWallet as Hex, wallet as Hex],
    officials: [registrar, secondRegistrar, accreditor],
  };
}
