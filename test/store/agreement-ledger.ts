import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LedgerCall, recordCall, submitCall } from '../../src/chain/calls.ts';
import { deployLedger, ledgerBytecode } from '../../src/chain/deploy.ts';
import { startEmbeddedChain } from '../../src/chain/embedded/start.ts';
import { openNode } from '../../src/chain/node.ts';
import { perform } from '../../src/chain/perform.ts';
import { refusedCalls } from '../../src/chain/refused.ts';
import { performAct, type RoleAct } from '../../src/chain/roles.ts';
import { openRpc } from '../../src/chain/rpc.ts';
import { openSender } from '../../src/chain/sender.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { ledgerDomain, type Statement } from '../../src/protocol/statements.ts';
import { type Account, account } from '../support/accounts.ts';
import { type SignedStatement, signed } from '../support/statements.ts';

const chainId = 31_337;
const operator = account('operator of everything');
const DAY = 86_400;

export type DatedLedger = Awaited<ReturnType<typeof startDatedLedger>>;

/** A ledger on a chain of its own, whose time can be put forward. One account has all its roles, and pays. */
export async function startDatedLedger() {
  const directory = await mkdtemp(join(tmpdir(), 'lodebook-dated-'));
  let ahead = 0;
  const chain = await startEmbeddedChain({
    ...{ journalPath: join(directory, 'chain.journal'), host: '127.0.0.1', port: 0, chainId },
    genesis: [{ address: operator.address, balance: 10n ** 24n }],
    now: () => Date.now() + ahead,
  });
  const sender = openSender(openRpc(chain.url), chainId, operator.key);
  const roles = { registrar: operator.address, accreditor: operator.address };
  const deployed = await deployLedger(sender, { bytecode: await ledgerBytecode(), ...roles });
  const { ledger, deployedAt } = deployed;
  const domain = ledgerDomain(chainId, ledger);
  const options = { pollMs: 5 };
  const submit = async (calls: readonly LedgerCall[]) => {
    const { data } = submitCall(calls);
    const { logs } = await perform(sender, { to: ledger, data }, options);
    return refusedCalls(ledger, logs);
  };
  return {
    identity: { chainId, ledger, deployedAt },
    node: openNode({ url: chain.url, ledger }),
    now: () => Math.floor((Date.now() + ahead) / 1000),
    /** The chain learns of it with its next block. */
    putForward: async (days: number) => {
      ahead += days * DAY * 1000;
      await perform(sender, { to: operator.address, data: '0x' }, options);
    },
    sender,
    act: (act: RoleAct) => performAct(sender, ledger, act, options),
    submit,
    sign: (statement: Statement, by: Account, witness: SignedStatement['witness'] = {}) =>
      signed(domain, statement, by, witness),
    /** All in one batch. @throws Error where one is refused */
    record: async (...statements: readonly SignedStatement[]) => {
      const calls = statements.map((one) => recordCall(one.statement, one.witness, one.signature));
      const [first] = await submit(calls);
      if (first) throw new Error(`${statements[first.index]?.statement.type} was refused: ${first.reason}`);
    },
    stop: async () => {
      await chain.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Statements of the types that have no builder of their own. Times are the caller's; nothing expires. */
const paper = { evidence: ZERO_BYTES32, recordBy: 2 ** 40 - 1 };

export const correction = (author: Hex, production: Hex, occurredAt: number): Statement => ({
  type: 'Correction',
  message: { author, production, occurredAt, ...paper },
});

export const observation = (
  log: { observer: Hex; device: Hex; subject: Hex },
  previous: Hex,
  at: number,
): Statement => ({
  type: 'Observation',
  message: { ...log, previous, root: `0x${'0a'.repeat(32)}`, count: 3, from: at - 9, until: at, ...paper },
});

export const attestation = (auditor: Hex, subject: Hex, scheme: string, at: number): Statement => ({
  type: 'Attestation',
  message: { auditor, subject, scheme, outcome: 1, validFrom: at, validUntil: at + 9 * DAY, ...paper },
});

export const revocation = (author: Hex, attested: Hex, effectiveAt: number): Statement => ({
  type: 'Revocation',
  message: { author, attestation: attested, effectiveAt, ...paper },
});

export const delegation = (
  party: Hex,
  delegate: Hex,
  { scope = 255, validUntil, issuedAt }: { scope?: number; validUntil: number; issuedAt: number },
): Statement => ({
  type: 'Delegation',
  message: { party, delegate, scope, validUntil, issuedAt, recordBy: paper.recordBy },
});

export const keyReplacement = (party: Hex, key: Hex, number: number): Statement => ({
  type: 'KeyReplacement',
  message: { party, key, number, recordBy: paper.recordBy },
});

export const keyObjection = (party: Hex, key: Hex, effectiveAt: number): Statement => ({
  type: 'KeyObjection',
  message: { party, key, effectiveAt, recordBy: paper.recordBy },
});
