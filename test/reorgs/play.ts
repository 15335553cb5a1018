import { nodeOver } from '../../src/chain/node.ts';
import { type Indexer, IndexRefused, type IndexStatus, startIndexer } from '../../src/indexer/indexer.ts';
import { compareIndexes } from '../../src/store/compare.ts';
import type { Database } from '../../src/store/database.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import type { Db } from '../../src/store/schema.ts';
import { takeBackAll } from '../../src/store/take-back.ts';
import { identity } from '../store/ledger.ts';
import { recordingLog } from '../support/log.ts';
import { ForkingChain } from './forking-chain.ts';
import { Difference, ObservedStore } from './observed.ts';
import type { Act, Script } from './script.ts';
import type { Tally } from './tally.ts';
import { ancestorAt, branchTo, type TreeBlock } from './tree.ts';

/** Two databases, migrated: one for the index, one to build it afresh. They may hold what another script left. */
export type Stage = { readonly live: Database; readonly fresh: Database };

/** Requests that an honest chain may take until the index is caught up; it takes some dozens. */
const PATIENCE = 400;
/** Requests of the last steps are honest: one for the tips, one for the index's head. */
const SETTLED = 6;

/** Plays a script. @throws Difference where the index is, at any moment, what it must not be */
export async function play(script: Script, stage: Stage, tally: Tally): Promise<void> {
  await takeBackAll(stage.live.db);
  const player = new Player(script, stage, tally);
  await player.run();
  tally.scripts += 1;
}

class Player {
  readonly #script: Script;
  readonly #stage: Stage;
  readonly #tally: Tally;
  readonly #chain: ForkingChain;
  readonly #store: ObservedStore;
  readonly #log = recordingLog();
  /** Beats that are to come, and the requests until the next. */
  readonly #beats: Script['beats'][number][];
  #countdown: number;
  #honest = 0;
  #term = new AbortController();
  #rival: AbortController | null = null;
  #rivalBatches = 0;
  readonly #rivals: Promise<void>[] = [];
  #isCaughtUp = false;
  /** As reported last. */
  #status: IndexStatus | null = null;

  constructor(script: Script, stage: Stage, tally: Tally) {
    this.#script = script;
    this.#stage = stage;
    this.#tally = tally;
    this.#chain = new ForkingChain(script.hasTag);
    this.#store = new ObservedStore(stage.live, this.#chain, tally);
    this.#beats = [...script.beats];
    this.#countdown = this.#beats[0]?.after ?? 0;
    this.#chain.before = () => this.#beat();
  }

  async run(): Promise<void> {
    await this.#follow();
    await this.#requireFresh();
    this.#tally.blocks += this.#chain.tree.size;
    if (this.#script.deep) await this.#forkBelow(this.#script.deep);
  }

  /** Runs the indexer, again and again, until the script is over and the index has all of the chain. */
  async #follow(): Promise<void> {
    this.#isCaughtUp = false;
    this.#honest = 0;
    while (!this.#isCaughtUp) {
      this.#term = new AbortController();
      const { done } = this.#start(this.#term.signal);
      await done.catch((error: unknown) => this.#stopped(error));
      if (this.#store.difference) throw this.#store.difference;
      if (this.#honest > PATIENCE)
        throw new Difference(
          `After ${PATIENCE} requests the index is not caught up: ${JSON.stringify(this.#status)}`,
        );
    }
    this.#endRival();
    await Promise.all(this.#rivals.splice(0));
  }

  #stopped(error: unknown): void {
    // A node that contradicts what is final by now is refused, and the operator corrects it.
    const isFair = this.#script.treacherous && this.#honest <= SETTLED;
    if (!(error instanceof IndexRefused) || !isFair)
      throw error instanceof IndexRefused
        ? new Difference(`An honest chain is refused: ${error.message}`)
        : error;
    this.#tally.refusals += 1;
  }

  #start(signal: AbortSignal): Indexer {
    const indexer: Indexer = startIndexer({
      ...{ signal, identity, store: this.#store, log: this.#log, pollMs: 1 },
      node: nodeOver(this.#chain, identity.ledger),
      onProgress: (status) => {
        this.#look(status);
        // Nobody has the patience to wait after failures.
        if (status.error !== null) setImmediate(() => indexer.poke());
      },
    });
    return indexer;
  }

  #look(status: IndexStatus): void {
    this.#status = status;
    const { caughtUp, indexed } = status;
    const isAtEnd = caughtUp && indexed === this.#chain.main.tip.number && this.#honest > SETTLED;
    if (isAtEnd) this.#isCaughtUp = true;
    if (isAtEnd || this.#honest > PATIENCE || this.#store.difference) this.#term.abort();
  }

  /** Before each request: time for what comes next. */
  #beat(): void {
    this.#tally.requests += 1;
    if (this.#rival && --this.#rivalBatches <= 0) this.#endRival();
    while (this.#beats[0] && this.#countdown <= 0) {
      const [{ act }] = this.#beats.splice(0, 1) as [Script['beats'][number]];
      this.#tally.acts[act.kind] = (this.#tally.acts[act.kind] ?? 0) + 1;
      this.#do(act);
      this.#countdown = this.#beats[0]?.after ?? 0;
    }
    this.#countdown -= 1;
    if (this.#beats.length === 0) this.#goOn();
    const isOver = this.#beats.length === 0 && this.#chain.faults.length === 0;
    this.#honest = isOver ? this.#honest + 1 : 0;
  }

  /** A chain that only lost its newest blocks is waited for. None stays so: sooner or later there are others. */
  #goOn(): void {
    const { main, past, tree } = this.#chain;
    const isPart = past.some(({ tip }) => tip !== main.tip && ancestorAt(tip, main.tip.number) === main.tip);
    if (isPart) this.#chain.move(tree.grow(main.tip, [[]]));
  }

  #do(act: Act): void {
    const chain = this.#chain;
    const { tip, finalized } = chain.main;
    if (act.kind === 'grow') chain.move(chain.tree.grow(tip, act.blocks));
    else if (act.kind === 'fork') chain.move(this.#branch(act));
    else if (act.kind === 'return') {
      const there = chain.past.at(-1 - act.to);
      if (there && chain.agrees(there) && there.tip.number >= finalized) chain.move(there.tip);
    } else if (act.kind === 'finalize') chain.finalize(act.depth);
    else if (act.kind === 'stale') this.#mislead(act);
    else if (act.kind === 'fail') this.#store.failing = act.when;
    else if (act.kind === 'restart') {
      this.#tally.restarts += 1;
      this.#term.abort();
    } else if (act.kind === 'rival') this.#startRival(act.batches);
    else chain.faults.push(act);
  }

  /** The tip of another branch. Where nodes have no tag, depth is final: the branch then must not be too short. */
  #branch({ depth, blocks, again }: Extract<Act, { kind: 'fork' }>): TreeBlock {
    const { tip, finalized } = this.#chain.main;
    const number = Math.max(finalized, 1, tip.number - depth);
    const from = ancestorAt(tip, number) as TreeBlock;
    const dropped = branchTo(tip).filter((block) => block.number > number);
    const kept = again ? [dropped.flatMap(({ choices }) => choices)] : [];
    return this.#chain.tree.grow(from, [...kept, ...blocks]);
  }

  #mislead({ since, cut, batches, pattern }: Extract<Act, { kind: 'stale' }>): void {
    const chain = this.#chain;
    const { tip, finalized } = chain.past.at(-1 - since) ?? chain.main;
    const number = Math.max(1, tip.number - cut);
    const view = { tip: ancestorAt(tip, number) as TreeBlock, finalized: Math.min(finalized, number) };
    if (this.#script.treacherous || chain.agrees(view))
      chain.faults.push({ kind: 'stale', batches, view, pattern });
  }

  #startRival(batches: number): void {
    this.#endRival();
    this.#rival = new AbortController();
    this.#rivalBatches = batches;
    this.#rivals.push(this.#start(this.#rival.signal).done.catch(() => undefined));
  }

  #endRival(): void {
    this.#rival?.abort();
    this.#rival = null;
  }

  /** @throws Difference where the index is not, row for row, what a fresh build of the chain gives */
  async #requireFresh(): Promise<void> {
    await this.#store.look();
    const { live, fresh } = this.#stage;
    await takeBackAll(fresh.db);
    await build(this.#chain, fresh);
    for await (const difference of compareIndexes(live.db, fresh.db))
      throw new Difference(`Not as a fresh build has it: ${JSON.stringify(difference)}`);
    const { count } = await fresh.db
      .selectFrom('statement')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    this.#tally.statements += Number(count);
    this.#tally.rows += await rowsIn(fresh.db);
  }

  /** The chain gives up blocks that the index holds as final: refused, loudly, and what is indexed stays. */
  async #forkBelow({ below, blocks }: NonNullable<Script['deep']>): Promise<void> {
    const { tip } = this.#chain.main;
    const finalized = await this.#store.finalized();
    const from = ancestorAt(tip, finalized - below);
    if (!from || from.number < 1) return;
    const longer = Array.from({ length: tip.number - from.number }, (): number[] => []);
    const given = this.#chain.main;
    this.#chain.main = { tip: this.#chain.tree.grow(from, [...blocks, ...longer]), finalized: from.number };
    for (const attempt of ['first', 'second']) {
      const error = await this.#start(new AbortController().signal).done.then(
        () => null,
        (reason: unknown) => reason,
      );
      const isRight = error instanceof IndexRefused && error.code === 'chain-contradicts';
      if (!isRight || !/rebuild the index/.test(error.message))
        throw new Difference(`A chain that gave up final blocks, the ${attempt} time: ${String(error)}`);
    }
    this.#tally.refusals += 1;
    this.#tally.deepForks += 1;
    this.#chain.main = given;
    await this.#requireFresh();
    await this.#follow();
    await this.#requireFresh();
  }
}

/** An index of all of the chain, written block by block by nobody but the store. */
async function build(chain: ForkingChain, database: Database): Promise<void> {
  const store = createIndexStore(database.db);
  await store.bind(identity);
  const node = nodeOver(chain, identity.ledger);
  for (const block of await node.blocks(1, chain.main.tip.number)) await store.extend([block]);
}

async function rowsIn(db: Db): Promise<number> {
  let rows = 0;
  for (const table of ['statement', 'lot', 'lot_event', 'lot_current', 'named_root', 'content'] as const) {
    const { count } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    rows += Number(count);
  }
  return rows;
}
