import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import { authorOf } from '../../protocol/statements.ts';
import { insertAll } from '../bulk.ts';
import { putEvidence } from '../evidence.ts';
import type { Acceptance, NewStatement } from '../outbox.ts';
import type { NewHead } from '../projections/projection.ts';
import { headsOf, namedOnce, rootsOf } from '../projections/statement.ts';
import type { Db } from '../schema.ts';
import { anyOf, bytes, bytesArray, json } from '../values.ts';
import { crowdIn } from './crowd.ts';
import { headsOf as presentHeadsOf } from './heads.ts';

/** Any number; the same for every process. */
const ACCEPTING = 4_051_970_001;

/** Inside a transaction. In this order, each as if it came alone: see StatementOutbox. */
export async function acceptAll(
  db: Db,
  added: readonly NewStatement[],
  limit: number,
): Promise<Acceptance[]> {
  // One at a time: positions then come in sight in their order, and neither the limit nor a head is passed twice.
  await sql`select pg_advisory_xact_lock(${ACCEPTING})`.execute(db);
  const answers: Acceptance[] = [];
  for (const run of runsOf(added)) answers.push(...(await acceptRun(db, run, limit)));
  for (const [index, { evidence, at }] of added.entries())
    if (answers[index]?.kind === 'accepted')
      for (const document of evidence) await putEvidence(db, document, at);
  return answers;
}

type Candidate = NewStatement & { readonly heads: readonly NewHead[] };

/** A correction's heads depend on what was accepted before it: that has to be stored by then. */
function runsOf(added: readonly NewStatement[]): Candidate[][] {
  const runs: Candidate[][] = [];
  let isClosed = true;
  for (const one of added) {
    const candidate = { ...one, heads: headsOf(one.id, one.statement, one.witness) };
    const isAlone = candidate.heads.some(({ status }) => status === 'void');
    if (isClosed || isAlone) runs.push([candidate]);
    else runs.at(-1)?.push(candidate);
    isClosed = isAlone;
  }
  return runs;
}

async function acceptRun(db: Db, run: readonly Candidate[], limit: number): Promise<Acceptance[]> {
  const candidates = await Promise.all(run.map((one) => withPresentHeads(db, one)));
  const known = new Set(
    await openOrRecorded(
      db,
      candidates.map(({ id }) => id),
    ),
  );
  const fresh = candidates.filter(({ id }) => !known.has(id));
  const crowd = await crowdIn(db, limit, fresh.length);
  const taken = await takenHeads(db, fresh);
  const accepted: Candidate[] = [];
  const answers = candidates.map((one): Acceptance => {
    if (known.has(one.id)) return { kind: 'known' };
    if (crowd && crowd.open + accepted.length >= limit)
      return { kind: 'full', ...crowd, open: crowd.open + accepted.length };
    const rival = taken.find(one.heads);
    if (rival) return { kind: 'head-taken', ...rival };
    known.add(one.id);
    taken.add(one);
    accepted.push(one);
    return { kind: 'accepted' };
  });
  await insert(db, accepted);
  return answers;
}

/** What a correction makes void may have been spent and given back before: then it extends that head. */
async function withPresentHeads(db: Db, added: Candidate): Promise<Candidate> {
  const voided = added.heads.filter(({ status }) => status === 'void').map(({ lot }) => lot);
  if (voided.length === 0) return added;
  const present = await presentHeadsOf(db, voided);
  const heads = added.heads.map((head) =>
    head.status === 'void' ? { ...head, extends: present.get(head.lot)?.head ?? head.extends } : head,
  );
  return { ...added, heads };
}

/** Those that are open or recorded. */
export async function openOrRecorded(db: Db, ids: readonly Hex[]): Promise<Hex[]> {
  const { rows } = await sql<{ id: Hex }>`
    select id::bytea from statement where id = any(${bytesArray(ids)})
    union all
    select id::bytea from outbox where id = any(${bytesArray(ids)}) and rejected_at is null`.execute(db);
  return rows.map(({ id }) => id);
}

type Rival = { readonly lot: Hex; readonly by: Hex };

/** The heads that are extended already, by lot and head. */
async function takenHeads(db: Db, added: readonly Candidate[]) {
  const keyOf = ({ lot, extends: head }: Pick<NewHead, 'lot' | 'extends'>) => `${lot} ${head}`;
  const lots = added
    .flatMap(({ heads }) => heads.filter((head) => head.extends !== null))
    .map(({ lot }) => lot);
  const rows =
    lots.length === 0
      ? []
      : await db
          .selectFrom('outbox_head')
          .select(['lot', 'extends', 'statement'])
          .where('lot', '=', anyOf(lots))
          .where('extends', 'is not', null)
          .execute();
  const taken = new Map(rows.map((row): [string, Hex] => [keyOf(row), row.statement]));
  return {
    find: (heads: readonly NewHead[]): Rival | undefined => {
      const head = heads.find((one) => one.extends !== null && taken.has(keyOf(one)));
      return head && { lot: head.lot, by: taken.get(keyOf(head)) as Hex };
    },
    add: ({ id, heads }: Candidate): void => {
      for (const head of heads) taken.set(keyOf(head), id);
    },
  };
}

async function insert(db: Db, added: readonly Candidate[]): Promise<void> {
  if (added.length === 0) return;
  await db
    .deleteFrom('outbox')
    .where('id', '=', anyOf(added.map(({ id }) => id)))
    .execute();
  const rows = added.map(({ id, statement, signature, witness, at }) => ({
    id: bytes(id),
    type: statement.type,
    author: bytes(authorOf(statement)),
    message: json(statement.message),
    signature: bytes(signature),
    witness: json(witness),
    accepted_at: at,
  }));
  await insertAll(db, 'outbox', rows);
  await insertAll(db, 'outbox_head', added.flatMap(headRows));
  const roots = added.flatMap(({ id, statement }) =>
    namedOnce(rootsOf(statement)).map((root) => ({ root: bytes(root), statement: bytes(id) })),
  );
  await insertAll(db, 'outbox_root', roots);
}

function headRows({ id, heads }: Candidate) {
  return heads.map((head) => ({
    statement: bytes(id),
    lot: bytes(head.lot),
    extends: head.extends === null ? null : bytes(head.extends),
    head: bytes(head.head),
    status: head.status,
  }));
}
