import { type SignedDisclosure, signDisclosure, signStatement } from '../../client/sign.ts';
import { visibilityOf } from '../../protocol/disclosure.ts';
import { type DisclosedField, disclose, evidenceRoot } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Domain, Statement } from '../../protocol/statements.ts';
import { signerOf } from '../session/act.ts';
import { browserStore } from '../session/browser-store.ts';
import type { Identity, Signer } from '../session/identity.ts';
import type { Lead } from './lead.ts';
import { enqueue } from './outbox.ts';
import type { Queued } from './queued.ts';

/** Who may see a field: everybody, nobody, or the parties that are named. */
export type Audience = 'public' | 'hidden' | readonly Hex[];

export type PaperField = DisclosedField & { readonly audience: Audience };

/** A document whose root the statement names, whole. */
export type Paper = { readonly root: Hex; readonly fields: readonly PaperField[] };

/** What somebody is about to sign. */
export type Draft = {
  readonly statement: Statement;
  readonly papers: readonly Paper[];
  /** What it does, where the statement alone does not tell. */
  readonly lead?: Lead;
};

/** A document of such fields; null where there are none. */
export function paperOf(fields: readonly PaperField[]): Paper | null {
  if (fields.length === 0) return null;
  return { root: evidenceRoot({ fields: fields.map(plain) }), fields };
}

/** A salt that nobody can guess. */
export function newSalt(): Hex {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Signs a draft, keeps its papers here, and queues it to be sent. @throws what the key or the wallet says */
export async function signDraft(
  { statement, papers }: Draft,
  { me, signer, domain, now }: { me: Identity; signer: Signer; domain: Domain; now: number },
): Promise<Queued> {
  const own = signerOf(me, signer);
  const evidence = papers.map((paper) => shown(paper, ({ audience }) => audience === 'public'));
  const signed = await signStatement(own, domain, statement, evidence);
  const disclosures: SignedDisclosure[] = [];
  for (const paper of papers) {
    const shared = paper.fields.filter(({ audience }) => typeof audience === 'object');
    if (shared.length === 0) continue;
    const fields = shared.map((field) => visibilityOf(field, field.audience as readonly Hex[]));
    const document = shown(paper, ({ audience }) => audience !== 'hidden');
    disclosures.push(await signDisclosure(own, domain, document, { fields, issuedAt: now }));
  }
  await keepPapers(papers, me.party, now);
  const queued: Queued = {
    ...{ id: signed.id, party: me.party, statement, signature: signed.signature, evidence, disclosures },
    ...{ state: 'queued', refusal: null, papersRefusal: null, lots: [], signedAt: now },
  };
  await enqueue(queued);
  return queued;
}

function shown({ fields }: Paper, isShown: (field: PaperField) => boolean) {
  const paths = fields.filter(isShown).map(({ path }) => path);
  return disclose({ fields: fields.map(plain) }, paths);
}

function plain({ path, value, salt }: PaperField): DisclosedField {
  return { path, value, salt };
}

async function keepPapers(papers: readonly Paper[], party: Hex, createdAt: number): Promise<void> {
  const store = await browserStore();
  for (const { root, fields } of papers)
    await store.put('papers', { root, party, document: { fields: fields.map(plain) }, createdAt });
}
