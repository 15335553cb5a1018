import { hasRole } from '../../chain/views.ts';
import { disclosureId } from '../../protocol/disclosure.ts';
import { disclosed, type EvidenceDocument, leafOf } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import { ledgerDomain } from '../../protocol/statements.ts';
import { type DisclosureOutcome, followDisclosure } from '../../store/disclosures.ts';
import { evidenceOf } from '../../store/evidence.ts';
import { type EvidenceAuthor, evidenceAuthor } from '../../store/queries/evidence-author.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problems.ts';
import type { DisclosureInput } from '../schemas/evidence.ts';
import { scopeOf } from '../scopes.ts';
import { rootOf } from '../views/evidence.ts';
import { isSignedBy, isSignedFor } from './authority.ts';

const OLDEST_SECONDS = 86_400;
const FURTHEST_AHEAD_SECONDS = 900;

/**
 * Follows what the author of a document decides on its fields, or refuses it and keeps nothing.
 * @throws ProblemError with what is wrong; ChainUnavailable and database errors as they come
 */
export async function takeDisclosure(context: Context, input: DisclosureInput): Promise<void> {
  const { message, signature, evidence: document } = input;
  const { author, root, issuedAt } = message;
  const found = rootOf(document, 'evidence');
  if (found !== root)
    throw new ProblemError('evidence-mismatch', `The document's root is ${found}, and ${root} is signed.`);
  requireAbout(issuedAt, context.clock());
  const whose = await evidenceAuthor(context.db, root);
  if (!whose)
    throw new ProblemError(
      'evidence-unnamed',
      `Nothing on the ledger or in the outbox names the root ${root}.`,
    );
  const id = disclosureId(ledgerDomain(context.ledger.chainId, context.ledger.address), message);
  await requireAuthor(context, whose, { author, digest: id, signature });
  const added = { id, disclosure: message, signature, document, at: context.clock() };
  requireDone(await followDisclosure(context.db, added), issuedAt);
}

type SignedBy = { readonly author: Hex; readonly digest: Hex; readonly signature: Hex };

async function requireAuthor(context: Context, whose: EvidenceAuthor, word: SignedBy): Promise<void> {
  const { author } = word;
  const isAuthor =
    whose.by === 'party' ? whose.party === author : await hasRole(context.chain, whose.by, author);
  if (!isAuthor)
    throw new ProblemError(
      'disclosure-forbidden',
      `The document is ${whose.by === 'party' ? whose.party : `the ${whose.by}`}'s, not ${author}'s.`,
    );
  const signed =
    whose.by === 'party'
      ? await isSignedFor(context, { party: author, scopes: scopesOf(whose) }, word)
      : await isSignedBy(context, author, word);
  if (!signed)
    throw new ProblemError(
      'signature-invalid',
      `The disclosure is signed neither by ${author} nor by a delegate that may sign for it what names the root.`,
      { errors: [{ path: 'signature', message: `expected the signature of ${author}` }] },
    );
}

/** A delegate discloses the documents of the statements that it may sign. */
function scopesOf({ types }: Extract<EvidenceAuthor, { by: 'party' }>): number {
  return types.reduce((scopes, type) => scopes | (scopeOf(type) ?? 0), 0);
}

/** Of what is signed beside statements: a draft cannot surface later. @throws ProblemError `disclosure-time` */
export function requireAbout(issuedAt: number, now: number): void {
  if (issuedAt >= now - OLDEST_SECONDS && issuedAt <= now + FURTHEST_AHEAD_SECONDS) return;
  throw new ProblemError('disclosure-time', `issuedAt is ${issuedAt}, and it is ${now} now.`, {
    errors: [{ path: 'message.issuedAt', message: `expected about ${now}, got ${issuedAt}` }],
  });
}

function requireDone(outcome: DisclosureOutcome, issuedAt: number): void {
  switch (outcome.kind) {
    case 'done':
      return;
    case 'stale':
      throw new ProblemError(
        'disclosure-stale',
        `issuedAt is ${issuedAt}, and a disclosure of ${outcome.last} was followed already.`,
      );
    case 'public':
      throw new ProblemError('field-public', `The field "${outcome.path}" is public, and stays that.`);
    case 'unknown-field':
      throw new ProblemError(
        'field-unknown',
        `The document that came along has no such field "${outcome.path}".`,
      );
    case 'twice':
      throw new ProblemError(
        'evidence-mismatch',
        `The document would show the field "${outcome.path}" twice: with this value, and with another one that was shown before.`,
      );
  }
}

/**
 * Refuses documents that show what is not public yet, where their author did not send them: whoever was given a field to
 * see could publish it otherwise. @param author whose statement they came with; null where it is known already
 */
export async function requireOwn(
  { db }: Context,
  documents: readonly EvidenceDocument[],
  author: Hex | null,
): Promise<void> {
  for (const [index, document] of documents.entries()) {
    const root = rootOf(document, 'evidence');
    const kept = await evidenceOf(db, root);
    const open = new Set(disclosed({ fields: kept?.fields ?? [] }).map(leafOf));
    if (disclosed(document).every((field) => open.has(leafOf(field)))) continue;
    const whose = author && (await evidenceAuthor(db, root));
    if (author && (!whose || (whose.by === 'party' && whose.party === author))) continue;
    throw new ProblemError(
      'disclosure-unsigned',
      `The document ${root} would show more than its author made public.`,
      { errors: [{ path: `evidence.${index}`, message: 'shows what is not public' }] },
    );
  }
}
