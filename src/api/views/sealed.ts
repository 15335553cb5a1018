import type { StateProofs } from '../../chain/proofs.ts';
import { type DisclosedField, disclosed } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import { messageJson } from '../../protocol/json.ts';
import type { AttestedRow, SealedRows } from '../../store/queries/sealed.ts';
import { SEAL_SCHEME } from '../../verification/sealed/content.ts';
import {
  SEALED_FORMAT,
  type Sealed,
  type SealedContents,
  type SignedAttestation,
} from '../../verification/sealed/format.ts';
import { attestationsOf, sealSlots } from '../../verification/sealed/slots.ts';

type Place = { readonly ledger: { readonly chainId: number; readonly address: Hex }; readonly lot: Hex };

/** What the rows say, as a sealed certificate has it. Null where no auditor has sealed one, and shown what it sealed. */
export function sealedContents({ ledger, lot }: Place, rows: SealedRows): SealedContents | null {
  const seal = newestSeal(rows);
  if (!seal) return null;
  return {
    format: SEALED_FORMAT,
    ledger: { chainId: ledger.chainId, address: ledger.address },
    lot,
    seal: seal.id,
    fields: wholeDocument(seal) ?? [],
    attestations: rows.attestations.map(signedAttestation).reverse(),
    trail: [...rows.trail],
  };
}

/** With the proofs of every word that its verification asks for. @throws ProofsUnavailable, ChainUnavailable */
export async function proveSealed(contents: SealedContents, proofs: StateProofs): Promise<Sealed> {
  await proofs.words(sealSlots(contents).map(({ slot }) => slot));
  const seal = attestationsOf(contents).find(({ id }) => id === contents.seal);
  await proofs.withCode(seal ? [seal.signer] : []);
  return { ...contents, header: proofs.header, nodes: [...proofs.nodes()] };
}

/** One that is in force comes before one that is not, so that who seals anew may revoke what was sealed before. */
function newestSeal({ attestations, asOf }: SealedRows): AttestedRow | undefined {
  const seals = attestations.filter((one) => one.scheme === SEAL_SCHEME && wholeDocument(one) !== null);
  return seals.find(({ endsAt }) => endsAt > asOf.time) ?? seals[0];
}

/** Every field of the document; null where some are hidden. */
function wholeDocument({ fields }: AttestedRow): DisclosedField[] | null {
  if (fields === null) return null;
  const shown = disclosed({ fields });
  return shown.length === fields.length ? shown : null;
}

function signedAttestation({ message, signer, signature }: AttestedRow): SignedAttestation {
  return {
    message: messageJson.Attestation.parse(message) as SignedAttestation['message'],
    signer,
    signature,
  };
}
