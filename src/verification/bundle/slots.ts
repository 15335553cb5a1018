import { keccak256 } from 'ethers/crypto';
import { TypedDataEncoder } from 'ethers/hash';
import { toUtf8Bytes } from 'ethers/utils';
import { type Hex, hex, partySubject } from '../../protocol/hex.ts';
import { ledgerDomain } from '../../protocol/statements.ts';
import { hashWords } from '../../protocol/struct-hash.ts';
import { ledgerCode, ledgerSlots, ledgerWords } from './ledger.generated.ts';

/**
 * A word of the ledger's storage that a bundle proves: where it lies, and what it is, in words. Two slots of one deployment
 * are the same where these words are, so that the hash is made only for a slot that is looked up.
 */
export type Slot = { readonly slot: Hex; readonly what: string };

/** The slot of each word, as Solidity lays mappings out: keccak256(abi.encode(key, slot of the mapping)). */
export const slots = {
  party: (party: Hex): Slot => slot(`party ${party}`, ledgerSlots.parties, () => [partySubject(party)]),
  accreditation: (auditor: Hex, scheme: string): Slot =>
    slot(`accreditation of ${auditor} for ${JSON.stringify(scheme)}`, ledgerSlots.accredited, () => [
      partySubject(auditor),
      hex(keccak256(toUtf8Bytes(scheme))),
    ]),
  delegation: (party: Hex, delegate: Hex): Slot =>
    slot(`delegation of ${party} to ${delegate}`, ledgerSlots.delegations, () => [
      partySubject(party),
      partySubject(delegate),
    ]),
  lot: (lot: Hex): Slot => slot(`lot ${lot}`, ledgerSlots.lots, () => [lot]),
  head: (lot: Hex): Slot => slot(`head of lot ${lot}`, ledgerSlots.heads, () => [lot]),
  retirement: (production: Hex): Slot =>
    slot(`retirement ${production}`, ledgerSlots.retirements, () => [production]),
  attestation: (id: Hex): Slot => slot(`attestation ${id}`, ledgerSlots.attestations, () => [id]),
  trail: (subject: Hex): Slot => slot(`trail of ${subject}`, ledgerSlots.trails, () => [subject]),
  tail: (observer: Hex, device: Hex, subject: Hex): Slot =>
    slot(`log of ${device} for ${observer} on ${subject}`, ledgerSlots.tails, () => [
      partySubject(observer),
      partySubject(device),
      subject,
    ]),
};

function slot(what: string, mapping: number, keys: () => readonly Hex[]): Slot {
  return new MappedSlot(what, mapping, keys);
}

class MappedSlot implements Slot {
  readonly what: string;
  readonly #mapping: number;
  readonly #keys: () => readonly Hex[];

  constructor(what: string, mapping: number, keys: () => readonly Hex[]) {
    this.what = what;
    this.#mapping = mapping;
    this.#keys = keys;
  }

  get slot(): Hex {
    const start: Hex = `0x${this.#mapping.toString(16).padStart(64, '0')}`;
    return this.#keys().reduce((base, key) => hashWords(key, base), start);
  }
}

export type PartyWord = { readonly key: Hex; readonly suspended: boolean; readonly keyNumber: number };
export type DelegationWord = {
  readonly scope: number;
  readonly validUntil: number;
  readonly issuedAt: number;
  readonly keyNumber: number;
};
export type AttestationWord = { readonly auditor: Hex; readonly endsAt: number };
/** `trace`: what touched the lot since its birth: nothing, corrections of what had spent it alone, a dispatch. */
export type LotWord = {
  readonly custodian: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly status: 'none' | 'held' | 'in-transit' | 'spent' | 'void';
  readonly trace: 'none' | 'corrected' | 'dispatched';
};

/** As contracts/libraries/LotWord.sol packs it by hand. */
const lotPlaces = {
  custodian: { offset: 0, size: 20 },
  occurredAt: { offset: 20, size: 5 },
  recordedAt: { offset: 25, size: 5 },
  status: { offset: 30, size: 1 },
  trace: { offset: 31, size: 1 },
} as const;
const statuses = ['none', 'held', 'in-transit', 'spent', 'void'] as const;
const traces = ['none', 'corrected', 'dispatched'] as const;

export function partyWord(word: Hex): PartyWord {
  const { key, suspended, keyNumber } = ledgerWords.PartyState;
  return {
    key: bytesAt(word, key),
    suspended: numberAt(word, suspended) === 1,
    keyNumber: numberAt(word, keyNumber),
  };
}

export function delegationWord(word: Hex): DelegationWord {
  const { scope, validUntil, issuedAt, keyNumber } = ledgerWords.DelegationState;
  return {
    scope: numberAt(word, scope),
    validUntil: numberAt(word, validUntil),
    issuedAt: numberAt(word, issuedAt),
    keyNumber: numberAt(word, keyNumber),
  };
}

export function attestationWord(word: Hex): AttestationWord {
  const { auditor, endsAt } = ledgerWords.AttestationState;
  return { auditor: bytesAt(word, auditor), endsAt: numberAt(word, endsAt) };
}

export function lotWord(word: Hex): LotWord {
  return {
    custodian: bytesAt(word, lotPlaces.custodian),
    occurredAt: numberAt(word, lotPlaces.occurredAt),
    recordedAt: numberAt(word, lotPlaces.recordedAt),
    status: statuses[numberAt(word, lotPlaces.status)] ?? 'none',
    trace: traces[numberAt(word, lotPlaces.trace)] ?? 'none',
  };
}

type Bytes = { readonly offset: number; readonly size: number };

function bytesAt(word: Hex, { offset, size }: Bytes): Hex {
  const end = word.length - 2 * offset;
  return `0x${word.slice(end - 2 * size, end)}`;
}

function numberAt(word: Hex, bytes: Bytes): number {
  return Number(bytesAt(word, bytes));
}

/** keccak256 of the code that this version's ledger has at that address of that chain. */
export function ledgerCodeHash(chainId: number, address: Hex): Hex {
  const words = {
    domainSeparator: hex(TypedDataEncoder.hashDomain(ledgerDomain(chainId, address))),
    chainId: `0x${chainId.toString(16).padStart(64, '0')}`,
    address: partySubject(address),
  };
  let code: string = ledgerCode.code;
  for (const [name, starts] of Object.entries(ledgerCode.holes))
    for (const start of starts) {
      const at = 2 + 2 * start;
      code = code.slice(0, at) + words[name as keyof typeof words].slice(2) + code.slice(at + 64);
    }
  return hex(keccak256(code));
}
