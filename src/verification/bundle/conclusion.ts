import type { Hex } from '../../protocol/hex.ts';
import type { History } from '../../provenance/history.ts';
import { type Policy, policyHash } from '../policy.ts';
import { english } from '../wording/english.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import type { Signatures } from './checks/signatures.ts';
import type { BlockHeader } from './header.ts';
import { standingOf } from './shipped.ts';

/** What a bundle's certificate rests on, in plain words. */
export type Conclusion = {
  readonly block: { readonly number: number; readonly hash: Hex; readonly time: number };
  /** How many statements were hashed, by how their authority was shown. */
  readonly signed: Signatures['counts'];
  readonly proven: readonly string[];
  /** What no proof in the bundle shows: whoever relies on the certificate trusts this. */
  readonly trusted: readonly string[];
  /** The same sentences apart from any language. */
  readonly wording: { readonly proven: readonly Phrase[]; readonly trusted: readonly Phrase[] };
};

type Grounds = {
  readonly header: BlockHeader;
  readonly history: History;
  readonly signatures: Signatures;
  readonly policy: Policy;
  readonly isBlockGiven: boolean;
  readonly isLedgerGiven: boolean;
  readonly isPolicyGiven: boolean;
  readonly isConfirmed: boolean;
};

export function conclusionOf(grounds: Grounds): Conclusion {
  const { number, hash, time } = grounds.header;
  const [proven, trusted] = [provenBy(grounds), trustedBy(grounds)];
  return {
    block: { number, hash, time },
    signed: grounds.signatures.counts,
    proven: proven.map((sentence) => english(sentence)),
    trusted: trusted.map((sentence) => english(sentence)),
    wording: { proven, trusted },
  };
}

function provenBy({ header, history, signatures }: Grounds): Phrase[] {
  const { key, delegate, 'smart-account': smart } = signatures.counts;
  const signed = { count: key + delegate };
  return [
    say('proven.ledger', {
      block: String(header.number),
      chain: String(history.ledger.chainId),
      ledger: history.ledger.address,
    }),
    say(`proven.lot.${history.state.status}`),
    delegate > 0
      ? say('proven.signed-delegates', { ...signed, delegated: delegate })
      : say('proven.signed', signed),
    ...(smart > 0 ? [say('proven.smart', { count: smart })] : []),
    say('proven.conserved', { count: history.productions.size }),
    say('proven.all-said'),
    say('proven.evidence', { count: history.disclosed.size }),
  ];
}

function trustedBy(grounds: Grounds): Phrase[] {
  return [
    blockWords(grounds),
    ledgerWords(grounds),
    policyWords(grounds),
    ...(grounds.isConfirmed ? [say('trusted.node')] : [say('trusted.recorded'), say('trusted.names')]),
    say('trusted.disclosed'),
    say('trusted.true'),
  ];
}

function blockWords({ header, history, isBlockGiven }: Grounds): Phrase {
  const block = { hash: header.hash, number: String(header.number) };
  return isBlockGiven
    ? say('trusted.block-given', block)
    : say('trusted.block', { ...block, chain: String(history.ledger.chainId) });
}

/** Whoever deploys the code with a state of their own making, or as a registrar of their own, has another ledger. */
function ledgerWords({ history, isLedgerGiven }: Grounds): Phrase {
  return say(isLedgerGiven ? 'trusted.ledger-given' : 'trusted.ledger', { ledger: history.ledger.address });
}

function policyWords({ policy, isPolicyGiven }: Grounds): Phrase {
  const named = say('trusted.policy', {
    ...{ name: { policy: policy.name }, version: policy.version, hash: policyHash(policy) },
  });
  const lists = policy.countries.highRisk.length;
  if (isPolicyGiven) return say('trusted.policy-given', { policy: named });
  if (standingOf(policy) !== 'shipped') return say('trusted.policy-own', { policy: named });
  return lists === 0
    ? say('trusted.policy-shipped', { policy: named })
    : say('trusted.policy-shipped-lists', { policy: named, count: lists });
}
