import { outcomes, recordedTerm } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { BlockHeader } from '../bundle/header.ts';
import { SEAL_SCHEME, type SealedContent } from './content.ts';
import type { OnLot, Sealed, SealOptions } from './format.ts';

/** What a sealed certificate rests on, in plain words. `others`: what else is attested of the lot itself. */
export type SealConclusion = {
  readonly block: { readonly number: number; readonly hash: Hex; readonly time: number };
  readonly auditor: Hex;
  readonly seal: Hex;
  readonly sealed: { readonly from: number; readonly until: number };
  readonly others: readonly {
    readonly scheme: string;
    readonly outcome: keyof typeof outcomes;
    readonly auditor: Hex;
    readonly endsAt: number;
  }[];
  readonly proven: readonly string[];
  readonly trusted: readonly string[];
};

type Grounds = {
  readonly sealed: Sealed;
  readonly header: BlockHeader;
  readonly seal: OnLot;
  readonly content: SealedContent;
  readonly status: string;
  readonly others: readonly (OnLot & { readonly endsAt: number })[];
  readonly options: SealOptions;
};

export function sealConclusionOf(grounds: Grounds): SealConclusion {
  const { header, seal } = grounds;
  const { auditor, validFrom, validUntil } = seal.message;
  return {
    block: { number: header.number, hash: header.hash, time: header.time },
    auditor,
    seal: seal.id,
    sealed: { from: validFrom, until: validUntil },
    others: grounds.others.map(({ message, endsAt }) => ({
      scheme: message.scheme,
      outcome: recordedTerm(outcomes, message.outcome),
      ...{ auditor: message.auditor, endsAt },
    })),
    proven: provenBy(grounds),
    trusted: trustedBy(grounds),
  };
}

function provenBy({ sealed, header, seal, status }: Grounds): string[] {
  const { chainId, address } = sealed.ledger;
  return [
    `At block ${header.number} of chain ${chainId}, the contract at ${address} has the code of this ledger, and holds this lot as "${status}".`,
    `The auditor ${seal.message.auditor} signed what is shown here, all of it and nothing else, as its attestation ${seal.id} of this lot, which is in force.`,
    `The accreditor has that auditor accredited for ${SEAL_SCHEME}, and the registrar does not have it suspended.`,
    'Every other attestation on the lot itself is here: the contract keeps a word of all that was said of it.',
  ];
}

function trustedBy({ sealed, header, seal, content, options }: Grounds): string[] {
  const block = `That the block with the hash ${header.hash} (number ${header.number}) is of chain ${sealed.ledger.chainId}`;
  return [
    `The auditor ${seal.message.auditor}, for all that went into the lot: that it checked the full bundle, and that verdict, findings and shares are those of the certificate with the hash ${content['certificate.hash']}. Nothing in this file proves them: whoever is shown the full bundle can compare the hash.`,
    options.blockHash === undefined
      ? `${block}: the file alone says so. Compare it with a node or an explorer.`
      : `${block}, as you or your node say.`,
    options.ledger === undefined
      ? `That ${sealed.ledger.address} is the ledger that you mean, with a registrar and an accreditor whom you trust: anybody can put the same code on a chain.`
      : `That the ledger ${sealed.ledger.address}, which you named, has a registrar and an accreditor whom you trust.`,
    `That nothing that counts happened since block ${content['block.number']}, which the certificate is of: what was said of sites and parties upstream since then is not in this file.`,
    `That the policy asks what you mean: ${content['policy.name']}, version ${content['policy.version']} (hash ${content['policy.hash']}).`,
  ];
}
