import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { deployLedger, ledgerBytecode } from '../../src/chain/deploy.ts';
import { openRpc } from '../../src/chain/rpc.ts';
import { openSender } from '../../src/chain/sender.ts';
import { freePort, type Postgres, startPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { accounts, CHAIN_ID } from './accounts.ts';
import { auditIndex, auditStatements, auditStrange } from './audit.ts';
import type { ChaosOptions } from './campaign.ts';
import { admitAll, type Ledger, ledgerAt } from './ledger.ts';
import { Load } from './load.ts';
import { Program } from './program.ts';
import { sendStrange } from './strangers.ts';
import { count } from './tally.ts';

const LONG = { timeoutMs: 300_000 };

/** PostgreSQL, the chain and two services, each in a process of its own. */
export async function playApart(options: ChaosOptions & { readonly kills: number }): Promise<void> {
  const stage = await Stage.open(options);
  try {
    await stage.run();
  } finally {
    await stage.close();
  }
}

class Stage {
  readonly #options: ChaosOptions & { readonly kills: number };
  readonly #postgres: Postgres;
  readonly #chain: Program;
  readonly #chainUrl: string;
  #ledger!: Ledger;
  #services: { readonly program: Program; readonly url: string }[] = [];

  private constructor(
    options: ChaosOptions & { readonly kills: number },
    parts: { readonly postgres: Postgres; readonly chain: Program; readonly chainUrl: string },
  ) {
    this.#options = options;
    this.#postgres = parts.postgres;
    this.#chain = parts.chain;
    this.#chainUrl = parts.chainUrl;
  }

  static async open(options: ChaosOptions & { readonly kills: number }): Promise<Stage> {
    const { folder } = options;
    const [postgres, port] = [await startPostgres('little'), await freePort()];
    const args = ['test/chaos/chain.ts', join(folder, 'journal'), String(port)];
    const chain = new Program({ args, log: join(folder, 'chain.log') });
    const stage = new Stage(options, { postgres, chain, chainUrl: `http://127.0.0.1:${port}` });
    try {
      await stage.#begin();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  async #begin(): Promise<void> {
    this.#chain.start();
    const rpc = openRpc(this.#chainUrl);
    await until(() => rpc.send('eth_chainId', []).then(Boolean, () => false), { ...LONG, what: 'the chain' });
    const { relayer, registrar, accreditor } = accounts;
    const deployed = await deployLedger(openSender(rpc, CHAIN_ID, relayer.key), {
      bytecode: await ledgerBytecode(),
      registrar: registrar.address,
      accreditor: accreditor.address,
    });
    this.#ledger = ledgerAt(this.#chainUrl, { chainId: CHAIN_ID, ...deployed });
    await admitAll(this.#ledger, { registrar: registrar.key, accreditor: accreditor.key });
    for (const name of ['a', 'b']) this.#services.push(await this.#service(name));
  }

  async #service(name: string): Promise<{ program: Program; url: string }> {
    const [port, { folder }] = [await freePort(), this.#options];
    const env = { ...this.#env(), DATA_DIR: join(folder, name), PORT: String(port), LODEBOOK_DEMO: '0' };
    const program = new Program({ args: ['src/main.ts'], env, log: join(folder, `${name}.log`) });
    program.start();
    return { program, url: `http://127.0.0.1:${port}` };
  }

  #env(): Record<string, string> {
    return {
      ...{ DATABASE_URL: this.#postgres.url, RPC_URL: this.#chainUrl, RATE_LIMIT: '0' },
      ...{ LEDGER_ADDRESS: this.#ledger.identity.ledger, RELAYER_KEY: accounts.relayer.key },
      DATA_DIR: join(this.#options.folder, 'check'),
    };
  }

  async run(): Promise<void> {
    const { tally, dice, kills, onKill, pauseMs } = this.#options;
    const urls = this.#services.map(({ url }) => url);
    await this.#allAnswer();
    const left = await sendStrange(this.#ledger, tally);
    const load = new Load({ domain: this.#ledger.domain, urls, tally, nonce: () => dice.bytes(), pauseMs });
    load.start();
    for (let kill = 0; kill < kills; kill += 1) {
      await this.#progress(load);
      await sleep(dice.below(700));
      if (kill % 20 === 10) await this.#stopPostgres();
      await this.#kill();
      onKill();
    }
    await this.#progress(load);
    await load.stop();
    await this.#allAnswer();
    const url = urls[0] as string;
    await auditStatements(load.accepted, { url, ledger: this.#ledger, tally });
    await auditStrange(url, left, tally);
    await auditIndex(this.#env(), this.#chainUrl, tally);
  }

  /** Kills are worth something only where something is written in between. */
  async #progress(load: Load): Promise<void> {
    const before = load.accepted.size;
    await until(() => load.accepted.size > before, { ...LONG, what: 'a statement to be accepted' });
  }

  async #allAnswer(): Promise<void> {
    for (const { url } of this.#services)
      await until(
        () =>
          fetch(`${url}/health`).then(
            ({ ok }) => ok,
            () => false,
          ),
        {
          ...LONG,
          what: `${url} to be in good health`,
        },
      );
  }

  async #kill(): Promise<void> {
    const { tally, dice } = this.#options;
    const what = dice.one(['service', 'service', 'service', 'chain', 'chain', 'postgresql']);
    count(tally.kills, what);
    if (what === 'service') return this.#killService();
    if (what === 'chain') {
      await this.#chain.end('SIGKILL');
      await sleep(dice.below(800));
      return this.#chain.start();
    }
    await this.#postgres.end('SIGKILL');
    await sleep(dice.below(800));
    await this.#startPostgres();
  }

  async #killService(): Promise<void> {
    const { dice } = this.#options;
    const [one, other] = dice.below(2) === 0 ? this.#services : [...this.#services].reverse();
    if (!one || !other) return;
    const isWatched = await fetch(`${other.url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    const before = await this.#leader();
    await one.program.end('SIGKILL');
    if (isWatched && before !== null) await this.#watchTakeover(before);
    one.program.start();
  }

  /** Until another connection holds the lead; where the old one still does, another instance was killed. */
  async #watchTakeover(before: number): Promise<void> {
    const since = Date.now();
    const isGone = await until(async () => (await this.#leader()) !== before, { timeoutMs: 3_000 }).catch(
      () => false,
    );
    if (!isGone) return;
    await until(async () => ((await this.#leader()) ?? before) !== before, {
      ...LONG,
      what: 'the other instance to take the lead',
    });
    this.#options.tally.takeovers.push(Date.now() - since);
  }

  /** The process number of the connection that holds the lead, on the database's side. */
  async #leader(): Promise<number | null> {
    const client = new Client({ connectionString: this.#postgres.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        // Of advisory locks: the one of src/followers.ts. Who accepts a statement holds another, for a moment.
        `select pid from pg_locks where locktype = 'advisory' and granted
         and (classid::int8::bit(32) || objid::int8::bit(32))::bit(64)::int8 = hashtextextended('followers', 0)`,
      );
      return rows[0]?.pid ?? null;
    } catch {
      return null;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #stopPostgres(): Promise<void> {
    count(this.#options.tally.blows, 'PostgreSQL stopped and started');
    await this.#postgres.end('SIGINT');
    await sleep(this.#options.dice.below(2_000));
    await this.#startPostgres();
  }

  /** What a killed server leaves behind ends a moment later, and until then keeps another from starting. */
  async #startPostgres(): Promise<void> {
    await until(
      () =>
        this.#postgres.start().then(
          () => true,
          () => false,
        ),
      { ...LONG, what: 'PostgreSQL' },
    );
  }

  async close(): Promise<void> {
    const { tally } = this.#options;
    const programs = [...this.#services.map(({ program }) => program), this.#chain];
    for (const program of programs) {
      tally.gaveUp += program.gaveUp;
      await program.end('SIGKILL');
    }
    await this.#postgres.stop();
  }
}
