import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Health } from '../../src/api/schemas/health.ts';
import type { PartyDetail } from '../../src/api/schemas/parties.ts';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { openRpc } from '../../src/chain/rpc.ts';
import { openSender, type Sender } from '../../src/chain/sender.ts';
import { runCli } from '../../src/cli/program.ts';
import { readConfig } from '../../src/config.ts';
import { runStory } from '../../src/demo/run.ts';
import { operatorKeys } from '../../src/operator.ts';
import { evidenceRoot } from '../../src/protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { statementId } from '../../src/protocol/statements.ts';
import { startService } from '../../src/service.ts';
import { type Account, account } from '../../test/support/accounts.ts';
import { clientOf, type TestService } from '../../test/support/service.ts';
import { facilityRegistration, output, production } from '../../test/support/statements.ts';
import { until } from '../../test/support/until.ts';
import { requireSame } from './steps.ts';

/** The environment of a deployment, as an operator writes it. */
export type Variables = Readonly<Record<string, string>>;

/** Starts the service as `npm start` does, on free ports and without the story. */
export async function startDeployment(variables: Variables): Promise<TestService> {
  const config = readConfig({ ...variables, PORT: '0', CHAIN_PORT: '0' });
  const service = await startService(config, pino({ level: 'silent' }));
  return clientOf(service, await operatorKeys(config.dataDir));
}

const author = account('who has something to lose');
const vault = account('where the relayer money waits');

/** What was accepted, and is not recorded yet: the outbox alone knows it. */
export type Waiting = { readonly id: Hex; readonly root: Hex };

/**
 * Fills a ledger, and leaves it with one statement that waits: the relayer has no money. `story`: the demo, or a few
 * statements alone.
 */
export async function fill(service: TestService, story: boolean): Promise<Waiting> {
  const { registrar: registrarKey, accreditor: accreditorKey } = service.keys;
  if (story) await runStory({ api: service.url, rpc: service.chainUrl, registrarKey, accreditorKey });
  await service.act({ act: 'admit', party: author.address, evidence: ZERO_BYTES32 });
  const { statement: site, evidence } = siteWith('Shed 1', 180);
  await service.record(site, author, { evidence });
  const at = { custodian: author.address, facility: statementId(service.domain, site) };
  await service.record(production(at, [output(1_000n), output(2_000n)]), author);
  await moveMoney(service, service.keys.relayer, vault.address);
  const { statement: waiting, ...shown } = siteWith('Shed 2', 516);
  const { status, body } = await service.send(waiting, author, shown);
  requireSame('a statement that the relayer cannot pay for', [202, 'pending'], [status, body.status]);
  return { id: body.id, root: evidenceRoot(shown.evidence) };
}

function siteWith(name: string, country: number) {
  const salt: Hex = `0x${String(country).padStart(64, '0')}`;
  const evidence = { fields: [{ path: 'name', value: name, salt }] };
  return {
    evidence,
    statement: facilityRegistration(author.address, { country, evidence: evidenceRoot(evidence) }),
  };
}

/** Something that the chain has, and a copy from before has not. @returns who was admitted */
export async function goOn(service: TestService, name = 'who came after the backup'): Promise<Account> {
  const late = account(name);
  await service.act({ act: 'admit', party: late.address, evidence: ZERO_BYTES32 });
  return late;
}

export async function requireAdmitted(service: TestService, { address }: Account): Promise<void> {
  const { status } = await service.get(`/v1/parties/${address}`);
  requireSame('a party that came after the backup', 200, status);
}

/** Whether a restored service has caught up, and shows what waits and its evidence. */
export async function requireWhole(service: TestService, { id, root }: Waiting): Promise<void> {
  await caughtUp(service);
  const { body } = await service.get<StatementStatus>(`/v1/statements/${id}`);
  requireSame('the statement that waited', 'pending', body.status);
  requireSame('its evidence', 200, (await service.get(`/v1/evidence/${root}`)).status);
}

/** Pays the relayer again: what waited must be recorded, once. */
export async function requireRecordedOnce(service: TestService, { id }: Waiting): Promise<void> {
  await moveMoney(service, vault.key, openSender(openRpc(service.chainUrl), 0, service.keys.relayer).address);
  const status = await until(
    async () => {
      const { body } = await service.get<StatementStatus>(`/v1/statements/${id}`);
      return body.status !== 'pending' && body.status;
    },
    { what: 'the statement that waited', timeoutMs: 60_000 },
  );
  if (status !== 'recorded') requireSame('the statement that waited', 'final', status);
  const { body } = await service.get<PartyDetail>(`/v1/parties/${author.address}`);
  requireSame("the author's sites", 2, body.facilities.length);
}

/** For a copy that is older than the chain: what it holds as waiting was recorded meanwhile, and is not sent again. */
export async function requireSettled(service: TestService, { id }: Waiting): Promise<void> {
  const sender = openSender(openRpc(service.chainUrl), service.identity.chainId, service.keys.relayer);
  const before = await sender.nonce();
  await caughtUp(service);
  const { body } = await service.get<StatementStatus>(`/v1/statements/${id}`);
  if (body.status !== 'recorded') requireSame('what waited in the copy', 'final', body.status);
  requireSame('transactions of the relayer', before, await sender.nonce());
}

/** `ok` allows for the newest blocks of a fast chain: here every one counts. */
async function caughtUp(service: TestService): Promise<void> {
  const isLevel = async () => (await service.get<Health>('/health')).body.lagBlocks === 0;
  await until(isLevel, { what: 'the index to catch up' });
}

async function moveMoney({ chainUrl, identity }: TestService, from: Hex, to: Hex): Promise<void> {
  const sender = openSender(openRpc(chainUrl), identity.chainId, from);
  const [nonce, fees, balance] = await Promise.all([sender.nonce(), sender.fees(), sender.balance()]);
  const price = 'gasPrice' in fees ? fees.gasPrice : fees.maxFeePerGas;
  const value = balance - TRANSFER_GAS * price;
  const { raw, hash } = sender.sign({ nonce, to, data: '0x', gas: TRANSFER_GAS, fees, value });
  const [outcome] = await sender.broadcast([raw]);
  requireSame('a transfer', 'sent', outcome?.status);
  await mined(sender, hash);
}

const TRANSFER_GAS = 21_000n;

function mined(sender: Sender, hash: Hex): Promise<unknown> {
  return until(async () => (await sender.receipts([hash]))[0] !== null, { what: 'a transfer' });
}

/** `lodebook rebuild --check`. @throws Error with what it found */
export async function checkRows(variables: Variables, ...args: readonly string[]): Promise<void> {
  let said = '';
  const sink = (): Writable =>
    new Writable({
      write: (chunk, _encoding, done) => {
        said += chunk;
        done();
      },
    });
  const streams = { input: process.stdin, output: sink(), errors: sink() };
  const signal = new AbortController().signal;
  const code = await runCli(['rebuild', '--check', ...args], { streams, variables, signal });
  if (code !== 0) throw new Error(`rebuild --check ended with ${code}:\n${said}`);
}
