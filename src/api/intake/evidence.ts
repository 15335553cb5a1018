import type { EvidenceDocument } from '../../protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { Statement } from '../../protocol/statements.ts';
import { rootsOf } from '../../store/projections/statement.ts';
import { ProblemError } from '../problems.ts';
import type { Submission } from '../schemas/submission.ts';
import { rootOf } from '../views/evidence.ts';

/**
 * The documents that came with a statement.
 * @throws ProblemError `evidence-mismatch` where the statement does not name one's root
 */
export function evidenceOf(submission: Submission): EvidenceDocument[] {
  const { evidence = [] } = submission;
  const documents = Array.isArray(evidence) ? evidence : [evidence];
  const named = namedRoots(submission);
  for (const [index, document] of documents.entries()) {
    const path = Array.isArray(evidence) ? `evidence.${index}` : 'evidence';
    const root = rootOf(document, path);
    if (!named.has(root)) throw notNamed(path, root, named);
  }
  return documents;
}

function namedRoots(statement: Statement): Set<Hex> {
  return new Set(rootsOf(statement).filter((root) => root !== ZERO_BYTES32));
}

function notNamed(path: string, root: Hex, named: ReadonlySet<Hex>): ProblemError {
  const expected = named.size === 0 ? 'no evidence' : [...named].slice(0, 5).join(', ');
  return new ProblemError(
    'evidence-mismatch',
    `The document's root is ${root}, and the statement names ${expected}.`,
    {
      errors: [{ path, message: 'the statement does not name its root' }],
    },
  );
}
