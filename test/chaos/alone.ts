import { appendFile, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { perform } from '../../src/chain/perform.ts';
import { readJson } from '../../src/durable-file.ts';
import type { LedgerIdentity } from '../../src/indexer/port.ts';
import { operatorKeys } from '../../src/operator.ts';
import { freePort } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { accounts, CHAIN_ID } from './accounts.ts';
import { auditIndex, auditStatements, auditStrange } from './audit.ts';
import type { ChaosOptions } from './campaign.ts';
import { fillDisk, mountSmall, type SmallDisk } from './disk.ts';
import { admitAll, type Ledger, ledgerAt } from './ledger.ts';
import { Load } from './load.ts';
import { Program } from './program.ts';
import { sendStrange } from './strangers.ts';
import { count } from './tally.ts';

const LONG = { timeoutMs: 300_000 };
const MIB = 1 << 20;

export type AloneOptions = ChaosOptions & { readonly kills: number; readonly tryDisk: boolean };

/** Everything in one process, with its data in one folder: the chain's journal, and PGlite. */
export async function playAlone(options: AloneOptions): Promise<void> {
  const dataDir = join(options.folder, 'alone');
  await mkdir(dataDir);
  const disk = options.tryDisk ? await mountSmall(dataDir, 512 * MIB) : null;
  if (options.tryDisk && !disk)
    options.tally.leftOut.push('a full disk (mounting a small tmpfs is not permitted here)');
  const [port, chainPort] = [await freePort(), await freePort()];
  const env = {
    DATA_DIR: dataDir,
    PORT: String(port),
    CHAIN_PORT: String(chainPort),
    LODEBOOK_DEMO: '0',
    RATE_LIMIT: '0',
  };
  const program = new Program({ args: ['src/main.ts'], env, log: join(options.folder, 'alone.log') });
  try {
    await new Stage({ options, env, program, disk, url: `http://127.0.0.1:${port}` }).run();
  } finally {
    options.tally.gaveUp += program.gaveUp;
    await program.end('SIGKILL');
    await disk?.unmount();
  }
}

type Parts = {
  readonly options: AloneOptions;
  readonly env: Readonly<Record<string, string>> & { readonly DATA_DIR: string; readonly CHAIN_PORT: string };
  readonly program: Program;
  readonly disk: SmallDisk | null;
  readonly url: string;
};

class Stage {
  readonly #parts: Parts;
  readonly #chainUrl: string;
  readonly #journal: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#chainUrl = `http://127.0.0.1:${parts.env.CHAIN_PORT}`;
    this.#journal = join(parts.env.DATA_DIR, 'chain', 'journal');
  }

  async run(): Promise<void> {
    const { options, env, program, url } = this.#parts;
    const { tally, dice, kills, onKill, pauseMs } = options;
    this.#parts.program.start();
    await this.#healthy();
    const ledger = await this.#ledger();
    const left = await sendStrange(ledger, tally);
    const load = new Load({ domain: ledger.domain, urls: [url], tally, nonce: () => dice.bytes(), pauseMs });
    load.start();
    for (let kill = 0; kill < kills; kill += 1) {
      await this.#progress(load);
      await sleep(dice.below(1_000));
      await this.#kill();
      if (kill % 3 === 0) await this.#tear();
      if (kill % 4 === 1) await this.#corrupt();
      this.#parts.program.start();
      if (kill % 4 === 2) await this.#fill(load);
      onKill();
    }
    await this.#progress(load);
    await load.stop();
    await this.#healthy();
    await auditStatements(load.accepted, { url, ledger, tally });
    await auditStrange(url, left, tally);
    await program.end('SIGTERM');
    await auditIndex(env, this.#chainUrl, tally);
  }

  async #ledger(): Promise<Ledger> {
    const keys = await operatorKeys(this.#parts.env.DATA_DIR);
    const noted = (await readJson(join(this.#parts.env.DATA_DIR, 'ledger.json'))) as LedgerIdentity;
    const ledger = ledgerAt(this.#chainUrl, { ...noted, chainId: CHAIN_ID });
    const purse = { to: accounts.stranger.address, data: '0x', value: 10n ** 20n } as const;
    await perform(ledger.sender(keys.registrar), purse, { pollMs: 20 });
    await admitAll(ledger, keys);
    return ledger;
  }

  async #kill(): Promise<void> {
    count(this.#parts.options.tally.kills, 'all in one');
    await this.#parts.program.end('SIGKILL');
  }

  async #healthy(): Promise<void> {
    const isHealthy = (): Promise<boolean> =>
      fetch(`${this.#parts.url}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until(isHealthy, { ...LONG, what: 'the service to be in good health' });
  }

  async #progress(load: Load): Promise<void> {
    const before = load.accepted.size;
    await until(() => load.accepted.size > before + 3, { ...LONG, what: 'statements to be accepted' });
  }

  /** A loss of power in the middle of a write leaves part of a record, which nobody was told of. */
  async #tear(): Promise<void> {
    const { tally, dice } = this.#parts.options;
    count(tally.blows, 'journal torn');
    const lines = (await readFile(this.#journal, 'latin1')).split('\n');
    const record = lines.at(-2) ?? '';
    await appendFile(this.#journal, record.slice(0, 1 + dice.below(record.length - 1)), 'latin1');
  }

  /** A byte in the middle is another: the service must refuse, change nothing, and say so. The copy helps. */
  async #corrupt(): Promise<void> {
    const { options, program } = this.#parts;
    const { tally, dice, folder } = options;
    count(tally.blows, 'journal corrupted');
    const copy = join(folder, 'journal.copy');
    await copyFile(this.#journal, copy);
    const bytes = await readFile(this.#journal);
    const at = dice.below(Math.floor(bytes.length / 2));
    bytes[at] = (bytes[at] as number) ^ 1;
    await writeFile(this.#journal, bytes);
    const before = program.gaveUp;
    this.#parts.program.start();
    await until(() => program.gaveUp > before, { ...LONG, what: 'the service to refuse a damaged journal' });
    await program.end('SIGKILL');
    if (!bytes.equals(await readFile(this.#journal))) throw new Error('A damaged journal was changed');
    if (!/journal .* cannot be used/.test(await readFile(join(folder, 'alone.log'), 'utf8')))
      throw new Error('The service does not say that the journal is damaged');
    await copyFile(copy, this.#journal);
  }

  /** The disk fills up under load, and is given room again. Where that does not help by itself, the operator restarts. */
  async #fill(load: Load): Promise<void> {
    const { disk, options, program } = this.#parts;
    if (!disk) return;
    await this.#progress(load);
    count(options.tally.blows, 'disk full');
    const room = await fillDisk(this.#parts.env.DATA_DIR);
    await sleep(4_000);
    await room.give();
    const isHealthy = (): Promise<boolean> =>
      fetch(`${this.#parts.url}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    const recovers = await until(isHealthy, { timeoutMs: 10_000 }).catch(() => false);
    if (recovers) return;
    count(options.tally.blows, 'restarted after a full disk');
    await program.end('SIGKILL');
    this.#parts.program.start();
  }
}
