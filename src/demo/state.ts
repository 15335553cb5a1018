import { nodeOver } from '../chain/node.ts';
import { isDone } from '../chain/roles.ts';
import { openRpc } from '../chain/rpc.ts';
import { type Client, createClient } from '../client/client.ts';
import { ZERO_BYTES32 } from '../protocol/hex.ts';
import { DAYS_TO_FINISH } from './book.ts';
import { type StoryPlaces, storyGround } from './ground.ts';
import { actsOf, planStory, statementsOf } from './plan.ts';
import type { ActStep, StatementStep } from './steps.ts';

/**
 * How far the story is on a ledger.
 * - `empty`: nobody is on the ledger yet: the story can be loaded
 * - `partial`: it was cut short: run it again
 * - `complete`: nothing is missing
 * - `too-late`: it was cut short, and its statements can no longer be recorded: 10 days after the ledger began
 * - `other-ledger`: others use the ledger, and the story was never begun there: leave it alone
 */
export type StoryState = {
  readonly kind: 'empty' | 'partial' | 'complete' | 'too-late' | 'other-ledger';
  /** Of the statements, without the registrar's acts. */
  readonly recorded: number;
  readonly total: number;
};

const AT_ONCE = 8;
const DAY_SECONDS = 86_400;

/** Looks, and changes nothing. @throws as `storyGround` */
export async function storyState(places: StoryPlaces, signal?: AbortSignal): Promise<StoryState> {
  const ground = await storyGround(places, signal);
  const plan = planStory(ground);
  const statements = statementsOf(plan);
  const total = statements.length;
  const client = createClient({ api: places.api, signal });
  const node = nodeOver(openRpc(places.rpc), ground.domain.verifyingContract);
  if (!(await hasBegun(node, actsOf(plan)))) {
    const { items } = await client.parties({ limit: 1 });
    return { kind: items.length === 0 ? 'empty' : 'other-ledger', recorded: 0, total };
  }
  const recorded = await countRecorded(client, statements);
  if (recorded === total) return { kind: 'complete', recorded, total };
  const { now } = await client.protocol();
  const isLate = now > ground.deployedAt + DAYS_TO_FINISH * DAY_SECONDS;
  return { kind: isLate ? 'too-late' : 'partial', recorded, total };
}

async function hasBegun(node: Parameters<typeof isDone>[0], [first]: readonly ActStep[]): Promise<boolean> {
  if (first?.act.kind !== 'admit') return false;
  return isDone(node, { act: 'admit', party: first.act.party, evidence: ZERO_BYTES32 });
}

async function countRecorded(client: Client, statements: readonly StatementStep[]): Promise<number> {
  let recorded = 0;
  for (let start = 0; start < statements.length; start += AT_ONCE) {
    const some = await Promise.all(
      statements.slice(start, start + AT_ONCE).map(({ id }) => client.statement(id)),
    );
    recorded += some.filter((status) => status?.status === 'recorded' || status?.status === 'final').length;
  }
  return recorded;
}
