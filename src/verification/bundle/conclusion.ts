import type { Hex } from '../../protocol/hex.ts';
import type { History } from '../../provenance/history.ts';
import { count } from '../finding.ts';
import { type Policy, policyHash } from '../policy.ts';
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
      ? [
          `${count(smart, 'statement')} of smart accounts rest on the contract's state alone: such a signature cannot be checked again later.`,
        ]
      : []),
    `No more came out of any of the ${count(history.productions.size, 'production')} than went in, and each lot was handed on by who held it.`,
    'All attestations, revocations and observations of every site, party, lot and journey are here: the contract keeps a word of each that nothing less gives.',
    `Every field of evidence that is shown (${count(history.disclosed.size, 'document')}) is of the document that its root names.`,
  ];
}

function trustedBy(grounds: Grounds): string[] {
  return [
    blockWords(grounds),
    ledgerWords(grounds),
    policyWords(grounds),
    ...(grounds.isConfirmed
      ? [
          'The node that you named, for when statements were recorded, and for the documents of the registrar’s acts.',
        ]
      : [
          'When statements other than births of lots were recorded, and so whether an attestation was recorded before an event: the state keeps no such times. They are in order, and between the bounds that the statements set. A node of the chain can confirm each (lodebook verify --rpc).',
          'With which documents the registrar admitted parties, and so the names of parties: the state does not keep them. A node of the chain can confirm each (lodebook verify --rpc).',
        ]),
    'That whoever made the bundle shows all the evidence that was disclosed: a field that is left out counts as hidden.',
    'That what people signed is true: a proof shows who said what, not that it is so.',
  ];
}

function blockWords({ header, history, isBlockGiven }: Grounds): string {
  const block = `That the block with the hash ${header.hash} (number ${header.number})`;
  if (isBlockGiven) return `${block}, which you or your node named, is of the chain that you mean.`;
  return `${block} is of the chain that you mean: the bundle alone says so. Compare it with a node or an explorer of chain ${history.ledger.chainId}.`;
}

/** Whoever deploys the code with a state of their own making, or as a registrar of their own, has another ledger. */
function ledgerWords({ history, isLedgerGiven }: Grounds): string {
  const { address } = history.ledger;
  return isLedgerGiven
    ? `That the ledger ${address}, which you named, was deployed as it should be, with a registrar and an accreditor whom you trust.`
    : `That ${address} is the ledger that you mean, with a registrar and an accreditor whom you trust: anybody can put the same code on a chain. Compare the address with one that you have from elsewhere, or let it be demanded (lodebook verify --ledger).`;
}

function policyWords({ policy, isPolicyGiven }: Grounds): string {
  const named = `${policy.name}, version ${policy.version} (hash ${policyHash(policy)})`;
  const lists = policy.countries.highRisk.length;
  if (isPolicyGiven) return `That the policy which you named asks what you mean: ${named}.`;
  if (standingOf(policy) === 'shipped')
    return lists === 0
      ? `That this policy asks what you mean: ${named}, as this version ships it, with no list of high-risk areas.`
      : `That this policy asks what you mean: ${named}, as this version ships it, with ${count(lists, 'list')} of high-risk areas that the bundle brings.`;
  return `That this policy asks what you mean: ${named}. It is in the bundle, and is none that this version ships.`;
}
