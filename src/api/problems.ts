import { type RefusalClass, refusalRows } from '../chain/refusal-rows.ts';
import { kebab } from '../chain/refusals.ts';
import { type LedgerCode, ledgerProblems } from './ledger-problems.ts';
import { accessProblems } from './problems/access-problems.ts';
import { fix, type ProblemKind, retry } from './problems/kind.ts';
import type { Problem } from './schemas/problem.ts';

/** The API's own problems. The ledger's are in ledger-problems.ts. */
const apiProblems = {
  'invalid-json': fix(
    400,
    'The body is not JSON',
    'The body could not be parsed, or is nested deeper than 32 levels.',
    'Send one JSON object, UTF-8, with Content-Type: application/json.',
  ),
  'invalid-request': fix(
    400,
    'The request does not have the form of this route',
    'A parameter or a field is missing, unknown, or of another type. `errors` lists each with its path.',
    'Compare the request with the route in /docs, and correct what `errors` lists.',
  ),
  'not-found': fix(404, 'There is no such page', 'No route has that path.', 'Look the path up in /docs.'),
  'method-not-allowed': fix(
    405,
    'The route does not take that method',
    'The path exists, the method does not.',
    'Use a method that the Allow header lists.',
  ),
  'payload-too-large': fix(
    413,
    'The body is too large',
    'Bodies are at most 1 MiB.',
    'Split the statement: several productions or dispatches of fewer lots say the same.',
  ),
  'unsupported-media-type': fix(
    415,
    'The body is not declared as JSON',
    'Only application/json in UTF-8 is read.',
    'Set Content-Type: application/json.',
  ),
  'unknown-lot': fix(
    404,
    'The ledger has no such lot',
    'No production that is indexed gave birth to a lot with that id.',
    'Check all 64 digits. A lot that was born seconds ago appears once its statement is recorded.',
  ),
  'history-too-large': fix(
    422,
    'The history is too long to read at once',
    'The lot descends from more than 50,000 productions.',
    'Ask about the lots that went in (/v1/lots/:lot/ancestry lists the nearest), each on its own.',
  ),
  'not-sealed': fix(
    404,
    'No auditor has sealed a certificate of this lot',
    'A sealed certificate is an attestation on the lot, by an auditor who is accredited for `lodebook-certificate`, with the whole of its document shown.',
    'Ask an accredited auditor to seal it (lodebook seal LOT), or read the certificate, /v1/lots/:lot/certificate.',
  ),
  'bundle-too-large': fix(
    422,
    'The history is too long for a full bundle',
    'The full bundle of the lot would have more than 25,000 statements and acts, 20,000 fields of evidence or 400,000 nodes of state proofs.',
    'Ask for the certificate (/v1/lots/:lot/certificate), or for the bundles of the lots that went in.',
  ),
  'recall-too-large': fix(
    422,
    'Too much was made of the lot to read at once',
    'More than 1,000,000 lots descend from it.',
    'Ask about the lots that were made of it (/v1/lots/:lot/descendants lists the nearest), each on its own.',
  ),
  'unknown-party': fix(
    404,
    'The ledger has no such party',
    'No party was admitted with that account.',
    'Check the account.',
  ),
  'unknown-facility': fix(
    404,
    'The ledger has no such facility',
    'No recorded registration has that id.',
    'Check the id: it is the id of the statement that registered the facility.',
  ),
  'unknown-attestation': fix(
    404,
    'The ledger has no such attestation',
    'No recorded attestation has that id.',
    'Check the id: it is the id of the attestation statement.',
  ),
  'unknown-policy': fix(
    404,
    'There is no such policy',
    'No policy has that id.',
    'Take an id from /v1/policies.',
  ),
  'unknown-statement': fix(
    404,
    'Nobody sent that statement',
    'Neither the ledger nor the outbox knows that id.',
    'Check the id. A statement that was refused on arrival is not kept: send it again.',
  ),
  'unknown-evidence': fix(
    404,
    'The document is not kept here',
    'No document with that root was uploaded.',
    'Ask the author of the statement that names the root for the document.',
  ),
  'evidence-mismatch': fix(
    422,
    'The evidence is not what the statement names',
    "A document's root occurs nowhere in the statement, or a document has no fields or one path twice.",
    'Compute the root over the same fields, values and salts, and sign a statement that names it.',
  ),
  'evidence-unnamed': fix(
    422,
    'Nothing on the ledger names this evidence',
    "The document's root stands in no recorded or accepted statement, and in no act of the registrar or accreditor.",
    'Send the statement first, or upload the document beside it.',
  ),
  ...accessProblems,
  'unknown-product': fix(
    404,
    'No lot claims that product',
    'No lot that stands has public evidence with that GTIN and serial number or batch.',
    'Compare the digits with the label. A lot whose evidence is hidden is found by its id alone.',
  ),
  'record-by-too-far': fix(
    422,
    'The statement could be recorded too late',
    'Its recordBy is more than 90 days ahead.',
    'Sign it with an earlier recordBy: a week from now is good.',
  ),
  'rate-limited': retry(
    429,
    'Too many requests',
    'Your address has used up its requests for this minute, or the server is at work on as many long answers as it takes.',
    'Wait as long as Retry-After says.',
  ),
  'chain-unavailable': retry(
    503,
    'The chain does not answer',
    'The node that this server asks is away. Nothing was stored.',
    'Send the same request again after Retry-After.',
  ),
  'proofs-unavailable': retry(
    503,
    'The chain does not prove its state',
    'The node that this server asks has no eth_getProof for that block: it may keep the state of the newest blocks alone, or the block may have been replaced just now.',
    'Send the same request again after Retry-After. If it stays so, ask the operator for a node that answers eth_getProof.',
  ),
  'database-unavailable': retry(
    503,
    'The database does not answer',
    'The database that this server asks is away. Nothing was stored.',
    'Send the same request again after Retry-After.',
  ),
  'outbox-full': retry(
    429,
    'Too many statements wait to be recorded',
    'The outbox holds 10,000 open statements, and takes no more until some are recorded. Nothing was stored.',
    'Send the same statement again after Retry-After: it grows with the time that those before it wait.',
  ),
  'index-moved': retry(
    503,
    'The index changed while it was read',
    'The chain was reorganised between two reads of one answer.',
    'Send the same request again after Retry-After.',
  ),
  'read-only': fix(
    421,
    'This server only reads',
    'It works with a copy of the database that it cannot write to. Nothing was stored.',
    'Send the same request to the server that `detail` names, or that the operator of this one names.',
  ),
  'pages-not-built': {
    status: 503,
    class: 'call-the-operator',
    title: 'This server has no pages',
    cause: 'What the certificate file is made of was not built where this server runs.',
    remedy:
      'Ask the operator to build it (npm run build). Until then the bundle, /v1/lots/:lot/bundle, proves the same.',
  },
  'internal-error': {
    status: 500,
    class: 'call-the-operator',
    title: 'The server made a mistake',
    cause: 'Something that should not happen did. It is in the log under the id in `instance`.',
    remedy:
      'Tell the operator of this server, and give `instance`. Sending the same statement again does no harm.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ApiCode = keyof typeof apiProblems;
export type ProblemCode = ApiCode | LedgerCode;

const statuses: Record<RefusalClass, number> = {
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unprocessable: 422,
};

const classes = new Map<string, RefusalClass>(
  Object.entries(refusalRows).map(([name, row]) => [kebab(name), row.class]),
);
const refusalClassOf = (code: string): RefusalClass => classes.get(code) ?? 'unprocessable';
const operatorCodes: ReadonlySet<string> = new Set<LedgerCode>(['contract-panic', 'reverted']);

/** Every problem that the API answers, the ledger's included. */
export const problems: Readonly<Record<ProblemCode, ProblemKind>> = {
  ...apiProblems,
  ...(Object.fromEntries(
    Object.entries(ledgerProblems).map(([code, texts]) => [
      code,
      {
        ...texts,
        status: statuses[refusalClassOf(code)],
        class: operatorCodes.has(code) ? 'call-the-operator' : 'fix-the-request',
      },
    ]),
  ) as Record<LedgerCode, ProblemKind>),
};

/** Whether a code, of the contract for instance, is one of the closed set. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

/** One thing that is wrong with a request: where, and what. */
export type ProblemDetail = { readonly path: string; readonly message: string };

/** A request that is answered with a problem. `retryAfter` in seconds. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: readonly ProblemDetail[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: readonly ProblemDetail[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter ?? (problems[code].class === 'retry' ? 5 : undefined);
  }
}

/** The document that a caller reads: RFC 9457. @param instance urn of the request */
export function problemDocument(error: ProblemError, instance: string): Problem {
  const { status, title } = problems[error.code];
  return {
    type: `/docs/problems#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    instance,
    ...(error.errors && { errors: [...error.errors] }),
  };
}
