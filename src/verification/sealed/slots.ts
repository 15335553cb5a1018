import { ledgerDomain, statementId } from '../../protocol/statements.ts';
import { type Slot, slots } from '../bundle/slots.ts';
import { SEAL_SCHEME } from './content.ts';
import type { OnLot, SealedContents } from './format.ts';

/** Each with its id, which is hashed from what it says. */
export function attestationsOf({ ledger, attestations }: SealedContents): OnLot[] {
  const domain = ledgerDomain(ledger.chainId, ledger.address);
  return attestations.map((one) => ({
    ...one,
    id: statementId(domain, { type: 'Attestation', message: one.message }),
  }));
}

/** The words of the ledger's state that a sealed certificate is checked by. */
export function sealSlots(contents: SealedContents): Slot[] {
  const auditors = attestationsOf(contents)
    .filter(({ id }) => id === contents.seal)
    .map(({ message }) => message.auditor);
  return [
    slots.lot(contents.lot),
    slots.trail(contents.lot),
    ...contents.trail.map(slots.attestation),
    ...auditors.flatMap((auditor) => [slots.party(auditor), slots.accreditation(auditor, SEAL_SCHEME)]),
  ];
}
