import { canonicalJson } from '../../src/protocol/evidence.ts';
import type { Certificate } from '../../src/verification/certificate.ts';
import type { Json } from './edits.ts';
import type { Raw } from './raw.ts';

/**
 * Whether two bundles say the same, to the byte of canonical JSON: all but the nodes, which prove what is said and say nothing,
 * and the order in which documents and their fields stand.
 */
export function saysTheSame(forged: Raw, meant: Raw): boolean {
  const [shown, all] = [shownIn(forged), shownIn(meant)];
  return isSameBeside(forged, meant) && shown.length === all.length && same(shown, all);
}

/** Whether a bundle shows less of the documents than another, and says the same besides. */
export function showsLess(forged: Raw, meant: Raw): boolean {
  const [shown, all] = [shownIn(forged), new Set(shownIn(meant))];
  return isSameBeside(forged, meant) && shown.length < all.size && shown.every((field) => all.has(field));
}

/** What hiding evidence must not bring about: that anything is met which was not. */
export function isNoBetter(forged: Certificate, meant: Certificate): boolean {
  const before = new Map(meant.rules.map(({ id, answer }) => [id, answer]));
  return (
    verdicts.indexOf(forged.verdict) <= verdicts.indexOf(meant.verdict) &&
    forged.rules.every(({ id, answer }) => answer !== 'meets' || before.get(id) === 'meets')
  );
}

const verdicts = ['does not meet', 'not enough evidence', 'meets'];

function isSameBeside(forged: Raw, meant: Raw): boolean {
  const { documents: _documents, nodes: _nodes, records, ...head } = forged;
  const { documents: _all, nodes: _proofs, records: told, ...own } = meant;
  const [a, b] = [records, told] as [readonly Json[], readonly Json[]];
  return same(head, own) && a.length === b.length && a.every((record, index) => same(record, b[index]));
}

function shownIn({ documents }: Raw): string[] {
  const shown = documents as readonly { root: Json; fields: readonly { [key: string]: Json }[] }[];
  return shown
    .flatMap(({ root, fields }) => fields.map(({ proof: _, ...field }) => canonicalJson([root, field])))
    .sort();
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
}
