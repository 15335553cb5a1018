import type { StateProofs } from '../../chain/proofs.ts';
import { disclosed, proveFields } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import { toJson } from '../../protocol/json.ts';
import type { ActRow, BundleRows, RecordedRow } from '../../store/queries/bundle.ts';
import { openBook } from '../../verification/bundle/book.ts';
import { explore } from '../../verification/bundle/explore.ts';
import {
  BUNDLE_FORMAT,
  type Bundle,
  type BundleContents,
  type BundleDocument,
  type BundleRecord,
  MAX_FIELDS,
  MAX_NODES,
  MAX_RECORDS,
  recordJson,
} from '../../verification/bundle/format.ts';
import type { Policy } from '../../verification/policy.ts';

/** The bundle would have more of something than a full bundle can. */
export class BundleTooLarge extends Error {
  constructor(lot: Hex, what: string, most: number) {
    super(`The full bundle of lot ${lot} has more than ${most} ${what}, the most that one can have.`);
    this.name = 'BundleTooLarge';
  }
}

/** What the rows say, as a bundle has it. @throws BundleTooLarge */
export function bundleContents(rows: BundleRows, policy: Policy): BundleContents {
  const { lot, ledger } = rows;
  requireAtMost(rows.statements.length + rows.acts.length, { lot, what: 'records', most: MAX_RECORDS });
  const fields = rows.documents.reduce((sum, document) => sum + disclosed(document).length, 0);
  requireAtMost(fields, { lot, what: 'fields of evidence', most: MAX_FIELDS });
  const documents = rows.documents.map(documentView);
  const { chainId, address } = ledger;
  const records = [...rows.statements.map(placedStatement), ...rows.acts.map(placedAct)]
    .sort((a, b) => a.seq - b.seq)
    .map(({ record }) => record);
  return { format: BUNDLE_FORMAT, ledger: { chainId, address }, lot, policy, records, documents };
}

/**
 * The bundle with the proofs of every word that its verification will ask for.
 * @throws BundleTooLarge, ProofsUnavailable, ChainUnavailable; BundleFault where the index is not whole
 */
export async function proveBundle(contents: BundleContents, proofs: StateProofs): Promise<Bundle> {
  const book = openBook(contents);
  const exploring = explore(book);
  let step = exploring.next();
  while (!step.done) step = exploring.next(await proofs.words(step.value.map(({ slot }) => slot)));
  await proofs.withCode([...new Set(book.said.map(({ signer }) => signer))]);
  const nodes = proofs.nodes();
  requireAtMost(nodes.length, { lot: contents.lot, what: 'nodes of state proofs', most: MAX_NODES });
  return { ...contents, header: proofs.header, nodes };
}

/** The bundle as JSON, piece by piece. */
export function* bundleText({ records, documents, nodes, ...head }: Bundle): Generator<string> {
  yield `${JSON.stringify(toJson(head)).slice(0, -1)},"records":[`;
  yield* listed(records);
  yield '],"documents":[';
  yield* listed(documents);
  yield '],"nodes":[';
  yield* listed(nodes);
  yield ']}\n';
}

function* listed(items: readonly unknown[]): Generator<string> {
  for (const [index, item] of items.entries())
    yield `${index === 0 ? '' : ','}${JSON.stringify(toJson(item))}`;
}

type Most = { readonly lot: Hex; readonly what: string; readonly most: number };

function requireAtMost(number: number, { lot, what, most }: Most): void {
  if (number > most) throw new BundleTooLarge(lot, what, most);
}

type Ordered = { readonly seq: number; readonly record: BundleRecord };

function placedStatement({ seq, block, recordedAt, type, message, signer, signature }: RecordedRow): Ordered {
  return { seq, record: recordJson.parse({ type, block, recordedAt, message, signer, signature }) };
}

function placedAct({ seq, block, recordedAt, type, fields }: ActRow): Ordered {
  return { seq, record: recordJson.parse({ type, block, recordedAt, ...fields }) };
}

function documentView({ root, fields }: BundleRows['documents'][number]): BundleDocument {
  return { root, fields: proveFields({ fields }) };
}
