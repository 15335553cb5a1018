import { setTimeout as sleep } from 'node:timers/promises';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { toJson } from '../../src/protocol/json.ts';
import type { Dispatch, Domain, Statement } from '../../src/protocol/statements.ts';
import { account } from '../support/accounts.ts';
import {
  dispatch,
  facilityRegistration,
  lotsOf,
  output,
  production,
  receipt,
  type SignedStatement,
  seconds,
  signed,
} from '../support/statements.ts';
import { count, type Tally } from './tally.ts';

/** Parties that write: a mine and a plant each. */
export const LINES = 3;
export const mines = Array.from({ length: LINES }, (_, line) => account(`chaos mine ${line}`));
export const plants = Array.from({ length: LINES }, (_, line) => account(`chaos plant ${line}`));

export type LoadOptions = {
  readonly domain: Domain;
  /** The services, in the order in which they are tried. */
  readonly urls: readonly string[];
  readonly tally: Tally;
  /** Bytes that nobody has signed before. */
  readonly nonce: () => Hex;
  readonly pauseMs: number;
};

const TIMEOUT_MS = 10_000;

/** Turned away for good. */
class TurnedAway extends Error {}

/** Clients that keep sending valid statements until stopped, each until somebody answers. */
export class Load {
  /** Every statement that a service took, by id. */
  readonly accepted = new Map<Hex, SignedStatement>();
  readonly #options: LoadOptions;
  #isStopping = false;
  #lines: Promise<void>[] = [];
  #next = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lines = mines.map((_, line) => this.#run(line));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#lines);
  }

  async #run(line: number): Promise<void> {
    while (!this.#isStopping) {
      try {
        await this.#journey(line);
      } catch (error) {
        if (!(error instanceof TurnedAway)) throw error;
      }
    }
  }

  /** Lots from a mine to a plant, which uses them up; each statement extends the one before. */
  async #journey(line: number): Promise<void> {
    const [mine, plant] = [mines[line], plants[line]];
    if (!mine || !plant) return;
    const { nonce } = this.#options;
    const site = await this.#send(facilityRegistration(mine.address, { evidence: nonce() }), mine);
    const works = await this.#send(facilityRegistration(plant.address, { evidence: nonce() }), plant);
    for (let lot = 0; lot < 5 && site && works; lot += 1) {
      const at = { custodian: mine.address, facility: site.id };
      const ore = await this.#send(production(at, [output(900n), output(800n)], { evidence: nonce() }), mine);
      if (!ore) return;
      const born = lotsOf(ore);
      const way = { consignor: mine.address, consignee: plant.address, from: site.id, to: works.id };
      const heads = born.map((birth) => ({ lot: birth.lot, head: birth.lot }));
      const sent = await this.#send(dispatch(way, heads), mine);
      if (!sent) return;
      const there = receipt(
        plant.address,
        sent.id,
        heads.map((head) => head.lot),
      );
      const dispatched = sent.statement.message as Dispatch;
      const got = await this.#send(there, plant, { dispatched });
      if (!got) return;
      const inputs = heads.map((head) => ({ lot: head.lot, head: got.id }));
      const births = born.map(({ lot: _, ...birth }) => birth);
      const used = production({ custodian: plant.address, facility: works.id }, [output(1_600n)], {
        ...{ process: 'smelt', inputs, occurredAt: seconds() - 30, evidence: nonce() },
      });
      await this.#send(used, plant, { births });
    }
  }

  /** @returns null where the load was stopped before anybody answered */
  async #send(
    statement: Statement,
    author: (typeof mines)[number],
    witness: SignedStatement['witness'] = {},
  ): Promise<SignedStatement | null> {
    const { domain, pauseMs } = this.#options;
    const one = await signed(domain, statement, author, witness);
    for (let tries = 0; !this.#isStopping; tries += 1) {
      const answer = await this.#post(one);
      if (answer === 'taken') {
        this.accepted.set(one.id, one);
        await sleep(pauseMs);
        return one;
      }
      await sleep(Math.min(2_000, 100 * 2 ** tries));
    }
    return null;
  }

  async #post({ statement, signature }: SignedStatement): Promise<'taken' | 'later'> {
    const { urls, tally } = this.#options;
    this.#next += 1;
    const url = urls[this.#next % urls.length];
    try {
      const response = await fetch(`${url}/v1/statements`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...toJson(statement), signature }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body = (await response.json()) as { code?: string };
      if (response.ok) return 'taken';
      if (response.status >= 500 || response.status === 429) return 'later';
      count(tally.turnedAway, `${statement.type} ${body.code}`);
    } catch {
      return 'later';
    }
    throw new TurnedAway();
  }
}

/** What became of a statement, or null where nobody knows it. @throws where no service answers */
export async function statusOf(url: string, id: Hex): Promise<StatementStatus | null> {
  const response = await fetch(`${url}/v1/statements/${hex(id)}`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return (await response.json()) as StatementStatus;
}
