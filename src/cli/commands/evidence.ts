import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EvidenceDocument as SeenEvidence } from '../../api/schemas/evidence.ts';
import type { Client } from '../../client/client.ts';
import { signDecision } from '../../client/publish.ts';
import { type Visibility, visibilityOf } from '../../protocol/disclosure.ts';
import { canonicalJson, verifyField } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import { readSalted } from '../evidence-file.ts';
import { Failure, UsageError } from '../failure.ts';
import { type AddCommands, collect, examples } from '../runner.ts';
import { openDesk, type Session, signedIn } from '../session.ts';
import { accountIn, idIn } from '../values.ts';
import { moment } from '../words.ts';

type DiscloseOptions = { field: string[]; with?: string[]; public?: boolean; hide?: boolean };
type LookOptions = { signIn?: boolean };

export const addEvidence: AddCommands = (program, run) => {
  const evidence = program
    .command('evidence')
    .description('who may see which field of a document, and what you may see');
  const field = ['--field <path>', 'a field of it (repeatable)'] as const;
  examples(
    evidence
      .command('disclose')
      .description('as its author, share fields of a document, make them public, or hide them again')
      .argument('<file.salted.json>', 'the salted document that was kept beside the evidence file')
      .requiredOption(...field, collect)
      .option(
        '--with <account>',
        'a party that may see them: nobody else may from now on (repeatable)',
        collect,
      )
      .option('--public', 'everybody may see them, for good')
      .option('--hide', 'nobody may see them any more')
      .action(run(discloseFields)),
    'evidence disclose assay.salted.json --field price --with 0x77c0…',
    'evidence disclose assay.salted.json --field assay.method --public',
    'evidence disclose assay.salted.json --field price --hide',
  );
  examples(
    evidence
      .command('show')
      .description('a document, as far as everybody may see it; signed in, as far as you may')
      .argument('<root>', 'the root that a statement names')
      .option('--sign-in', 'sign in with your key')
      .action(run(show)),
    'evidence show 0x3ad1… --sign-in --key plant',
  );
  examples(
    evidence
      .command('prove')
      .description('one field with the proof that it belongs to the root, for others to check')
      .argument('<root>', 'the root that a statement names')
      .requiredOption('--field <path>', 'the field')
      .option('--sign-in', 'sign in with your key')
      .action(run(prove)),
    'evidence prove 0x3ad1… --field assay.method --json',
  );
  examples(
    evidence
      .command('files')
      .description(
        'files (PDF, images) as fields of evidence: their hashes, for the evidence file; or whether a document has them',
      )
      .argument('<files...>', 'the files themselves stay with you')
      .option('--root <root>', 'look for them in that document')
      .option('--sign-in', 'sign in with your key')
      .action(run(hashFiles)),
    'evidence files assay.pdf photo.jpg --json',
    'evidence files assay.pdf --root 0x3ad1…',
  );
  examples(
    evidence.command('shared').description('what others share with you').action(run(listShared)),
    'evidence shared --key plant',
  );
};

async function discloseFields(
  session: Session,
  [file = '']: readonly string[],
  options: DiscloseOptions,
): Promise<void> {
  const parties = audienceOf(options);
  const document = await readSalted(file);
  const fields = options.field.map((path): Visibility => {
    const field = document.fields.find((candidate) => candidate.path === path);
    if (!field)
      throw new UsageError(
        `${file} has no field "${path}": it has ${document.fields.map((one) => one.path).join(', ')}.`,
      );
    return visibilityOf(field, parties);
  });
  const desk = await openDesk(session);
  const words = `${options.field.join(', ')} of ${document.root}: ${audienceWords(parties)}`;
  session.terminal.note(`You, ${desk.party}, decide who may see ${words}.`, '');
  if (session.options.dryRun) return session.terminal.result({ status: 'not sent' }, ['Not sent.']);
  // What stays hidden, or is hidden again, goes out as its hash.
  const sent = new Set(parties?.length === 0 ? [] : options.field);
  const outgoing = document.fields.map((field) =>
    sent.has(field.path) ? field : { leaf: visibilityOf(field, []).leaf },
  );
  const place = { client: session.client, domain: desk.domain };
  const signed = await signDecision(place, desk.signer, { fields: outgoing }, fields);
  const seen = await session.client.disclose(signed);
  session.terminal.result(seen, [`Done: ${words}.`]);
}

/** null = everybody. @throws UsageError unless the options say one thing */
function audienceOf({ with: parties, public: isPublic, hide }: DiscloseOptions): Hex[] | null {
  const said = [parties !== undefined, isPublic === true, hide === true].filter(Boolean).length;
  if (said !== 1) throw new UsageError('Say one of --with, --public and --hide.');
  return isPublic ? null : (parties ?? []).map(accountIn);
}

function audienceWords(parties: readonly Hex[] | null): string {
  if (parties === null) return 'public, for good';
  return parties.length === 0 ? 'hidden' : `shared with ${parties.join(', ')} and nobody else`;
}

function clientFor(session: Session, { signIn }: LookOptions): Promise<Client> | Client {
  return signIn ? signedIn(session) : session.client;
}

async function show(session: Session, [text = '']: readonly string[], options: LookOptions): Promise<void> {
  const root = idIn(text, 'a document (its root)');
  const found = await (await clientFor(session, options)).evidence(root);
  if (!found) throw new Failure(`The service has no document of the root ${root}.`);
  session.terminal.result(found, [
    `Document ${root}, since ${moment(found.receivedAt)}`,
    ...found.fields.map(fieldWords),
  ]);
}

function fieldWords(field: SeenEvidence['fields'][number]): string {
  if ('leaf' in field) return `  hidden: ${field.leaf}`;
  const { path, value, sharedWith } = field;
  return `  ${path}: ${canonicalJson(value)}${sharedWith ? ` (shared with ${sharedWith.join(', ')})` : ''}`;
}

async function prove(
  session: Session,
  [text = '']: readonly string[],
  options: LookOptions & { field: string },
): Promise<void> {
  const root = idIn(text, 'a document (its root)');
  const found = await (await clientFor(session, options)).fieldProof(root, options.field);
  if (!verifyField(root, found as Parameters<typeof verifyField>[1], found.proof as Hex[]))
    throw new Failure(`The service gave a proof of "${options.field}" that does not lead to ${root}.`);
  session.terminal.result(found, [
    `${found.path}: ${canonicalJson(found.value)}`,
    `Salt ${found.salt}`,
    `Leaf ${found.leaf}`,
    ...found.proof.map((hash) => `  ${hash}`),
    `Proven: it belongs to the document ${root}.`,
  ]);
}

async function listShared(session: Session): Promise<void> {
  const page = await (await signedIn(session)).shared({ limit: 200 });
  session.terminal.result(page, [
    ...page.items.map(
      ({ root, path, author, sharedAt }) => `${root}  ${path}  (${author}, ${moment(sharedAt)})`,
    ),
    ...(page.items.length === 0 ? ['Nothing is shared with you.'] : []),
    ...(page.next === null ? [] : ['… and more']),
  ]);
}

async function hashFiles(
  session: Session,
  files: readonly string[],
  options: LookOptions & { root?: string },
): Promise<void> {
  const hashes = await Promise.all(files.map(sha256Of));
  const fields = Object.fromEntries(hashes.map((hash, index) => [`documents[${index}].sha256`, hash]));
  if (options.root === undefined)
    return session.terminal.result(fields, [
      'Put into the evidence file:',
      ...Object.entries(fields).map(([path, hash]) => `  ${JSON.stringify(path)}: ${JSON.stringify(hash)}`),
    ]);
  const root = idIn(options.root, 'a document (its root)');
  const found = await (await clientFor(session, options)).evidence(root);
  const known = new Map(
    (found?.fields ?? []).flatMap((field) => ('leaf' in field ? [] : [[field.value, field.path]])),
  );
  const missing = files.filter((_, index) => !known.has(hashes[index] as string));
  if (missing.length > 0)
    throw new Failure(
      `Of the document ${root}, no field that you may see is the hash of ${missing.join(', ')}.`,
    );
  session.terminal.result(
    { root, fields },
    files.map((file, index) => `${file} is ${known.get(hashes[index] as string)} of ${root}`),
  );
}

/** In hexadecimal digits, as `sha256sum` prints it. */
async function sha256Of(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  return createHash('sha256').update(bytes).digest('hex');
}
