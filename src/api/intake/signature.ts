import { recoverAddress } from 'ethers/transaction';
import { type Hex, hex } from '../../protocol/hex.ts';
import { authorOf } from '../../protocol/statements.ts';
import type { ChainPort } from '../ports.ts';
import { ProblemError } from '../problems.ts';
import type { Submission } from '../schemas/submission.ts';

/**
 * Refuses what the author's key did not sign. An author with code may be a smart account (ERC-1271): the contract
 * judges that, in the simulation.
 */
export async function requireSignature(chain: ChainPort, submission: Submission, id: Hex): Promise<void> {
  const author = authorOf(submission);
  const recovered = recover(id, submission.signature);
  if (recovered === author) return;
  if ((await chain.code(author)) !== '0x') return;
  throw new ProblemError(
    'signature-invalid',
    `The signature over ${id} is ${recovered ? `that of ${recovered}` : 'not one of a key'}, not of ${author}. ` +
      'Sign with the domain and the types of /v1/protocol.',
    { errors: [{ path: 'signature', message: `expected the signature of ${author}` }] },
  );
}

function recover(digest: Hex, signature: Hex): Hex | null {
  try {
    return hex(recoverAddress(digest, signature));
  } catch {
    return null;
  }
}
