import type { Hex } from '../../protocol/hex.ts';
import type { History } from '../../provenance/history.ts';
import { count } from '../finding.ts';
import type { Signatures } from './checks/signatures.ts';
import type { BlockHeader } from './header.ts';

/** What a bundle's certificate rests on, in plain words. */
export type Conclusion = {
  readonly block: { readonly number: number; readonly hash: Hex; readonly time: number };
  /** How many statements were hashed, by how their authority was shown. */
  readonly signed: Signatures['counts'];
  readonly proven: readonly string[];
  /** What no proof in the bundle shows: whoever relies on the certificate trusts this. */
  readonly trusted: readonly string[];
};

type Grounds = {
  readonly header: BlockHeader;
  readonly history: History;
  readonly signatures: Signatures;
  readonly records: number;
  readonly isBlockGiven: boolean;
  readonly isPolicyGiven: boolean;
  readonly policyHash: Hex;
};

export function conclusionOf(grounds: Grounds): Conclusion {
  const { number, hash, time } = grounds.header;
  return {
    block: { number, hash, time },
    signed: grounds.signatures.counts,
    proven: provenBy(grounds),
    trusted: trustedBy(grounds),
  };
}

function provenBy({ header, history, signatures }: Grounds): string[] {
  const { key, delegate, 'smart-account': smart } = signatures.counts;
  return [
    `At block ${header.number} of chain ${history.ledger.chainId}, the contract at ${history.ledger.address} has the code of this ledger, which accepts a lot only where authority, custody and mass are in order, back to its origins.`,
    `That contract holds this lot as "${history.state.status}"; it and every lot that went into it stand there as the statements say.`,
    `${count(key + delegate, 'statement')} carry the signature of their author's key of that time${delegate > 0 ? `, or of a delegate within its scope (${delegate})` : ''}.`,
    ...(smart > 0
      ? [`${count(smart, 'statement')} of smart accounts rest on the contract's state alone: such a signature cannot be checked again later.`]
      : []),
    `No more came out of any of the ${count(history.productions.size, 'production')} than went in, and each lot was handed on by who held it.`,
    'All attestations, revocations and observations of every site, party, lot and journey are here: the contract keeps a word of each that nothing less gives.',
    `Every field of evidence that is shown (${count(history.disclosed.size, 'document')}) is of the document that its root names.`,
  ];
}

function trustedBy({ header, isBlockGiven, isPolicyGiven, policyHash, history }: Grounds): string[] {
  return [
    isBlockGiven
      ? `That the block with the hash ${header.hash}, which you named, is of the chain that you mean.`
      : `That the block with the hash ${header.hash} (number ${header.number}) is of the chain that you mean: the bundle says so alone. Compare it with a node or an explorer of chain ${history.ledger.chainId}, or name it with --block-hash.`,
    isPolicyGiven
      ? `That the policy which you gave (hash ${policyHash}) asks what you mean.`
      : `That the policy which the bundle carries (hash ${policyHash}) asks what you mean: its lists and rules are in it.`,
    'When statements other than births of lots were recorded, and so whether an attestation was recorded before an event: the state keeps no such times. They are in order, and between the bounds that the statements set. A node of the chain can confirm each.',
    'Which documents the registrar admitted parties with, and so the names of parties: the state does not keep these acts’ documents. A node of the chain can confirm each.',
    'That whoever made the bundle shows all the evidence that was disclosed: a field that is left out counts as hidden.',
    'That what people signed is true: a proof shows who said what, not that it is so.',
  ];
}
