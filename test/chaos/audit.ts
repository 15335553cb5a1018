import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordCall } from '../../src/chain/calls.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { SignedStatement } from '../support/statements.ts';
import type { Ledger } from './ledger.ts';
import { statusOf } from './load.ts';
import type { Left } from './strangers.ts';
import type { Tally } from './tally.ts';

const ROOT = join(import.meta.dirname, '../..');
const PATIENCE_MS = 300_000;

/** Looks up what became of every accepted statement, on the service and on the chain itself. */
export async function auditStatements(
  accepted: ReadonlyMap<Hex, SignedStatement>,
  { url, ledger, tally }: { readonly url: string; readonly ledger: Ledger; readonly tally: Tally },
): Promise<void> {
  tally.accepted += accepted.size;
  const until = Date.now() + PATIENCE_MS;
  const outcomes = new Map<Hex, string>();
  for (const id of accepted.keys()) outcomes.set(id, await outcomeOf(url, id, until));
  const times = await timesRecorded(ledger);
  for (const [id, { statement, witness, signature }] of accepted) {
    const outcome = outcomes.get(id);
    if (outcome === 'rejected') {
      tally.rejected += 1;
      const refusal = await ledger.node.simulate(recordCall(statement, witness, signature).data);
      if (refusal === null) tally.rejectedWrongly += 1;
    } else if (outcome === 'recorded' && times.has(id)) tally.recorded += 1;
    else tally.lost += 1;
  }
  for (const number of times.values()) if (number > 1) tally.doubled += 1;
}

async function outcomeOf(url: string, id: Hex, until: number): Promise<string> {
  for (;;) {
    const found = await statusOf(url, id).catch(() => undefined);
    if (found === null) return 'unknown';
    if (found && found.status !== 'pending') return found.status === 'rejected' ? 'rejected' : 'recorded';
    if (Date.now() > until) return found?.status ?? 'unanswered';
    await sleep(200);
  }
}

/** How often the chain has each statement. */
async function timesRecorded({ node, identity }: Ledger): Promise<Map<Hex, number>> {
  const times = new Map<Hex, number>();
  const { head } = await node.tips();
  for (let from = identity.deployedAt; from <= head.number; from += 64)
    for (const { events } of await node.blocks(from, Math.min(head.number, from + 63)))
      for (const { event } of events)
        if (event.kind === 'statement') times.set(event.id, (times.get(event.id) ?? 0) + 1);
  return times;
}

/** Asks the API about all that a stranger left. */
export async function auditStrange(url: string, { paths }: Left, tally: Tally): Promise<void> {
  for (const path of paths) {
    const response = await fetch(url + path);
    if (!response.ok) tally.hostile.unreadable += 1;
    await response.arrayBuffer();
  }
}

/** Runs `rebuild --check`. @throws Error where it does not come to an end */
export async function auditIndex(
  env: Readonly<Record<string, string>>,
  rpc: string,
  tally: Tally,
): Promise<void> {
  const args = ['src/cli.ts', 'rebuild', '--check', '--json', '--rpc', rpc];
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env }, maxBuffer: 1 << 26 };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
  if (code === 0) return;
  const found = /differs from the chain in (\d+) place/.exec(output)?.[1];
  if (!found) throw new Error(`rebuild --check ended with ${String(code)}: ${output}`);
  tally.differences += Number(found);
}
