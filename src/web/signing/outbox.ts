import type { StatementStatus } from '../../api/schemas/statements.ts';
import { ApiProblem, ServiceUnreachable } from '../../client/errors.ts';
import type { Hex } from '../../protocol/hex.ts';
import { browserStore } from '../session/browser-store.ts';
import { clientNow } from '../session/client.ts';
import { Store } from '../session/store.ts';
import { isUnderWay, type Queued } from './queued.ts';

/** What was signed here, the newest first. */
export const outbox = new Store<readonly Queued[]>([]);

const LOOK_AGAIN_MS = 5_000;

/** Takes up what was signed before, and sends what waits, now and whenever the network is back. */
export async function openOutbox(): Promise<void> {
  const all = await (await browserStore()).getAll('outbox');
  outbox.set(all.sort((a, b) => b.signedAt - a.signedAt));
  window.addEventListener('online', () => void goOn());
  window.setInterval(() => {
    if (outbox.value.some(isUnderWay)) void goOn();
  }, LOOK_AGAIN_MS);
  await goOn();
}

/** Keeps signed statements before any is sent, so that none can be lost. */
export async function enqueue(signed: readonly Queued[]): Promise<void> {
  for (const queued of signed) await keep(queued);
  void goOn();
}

/** Forgets what is final or refused. */
export async function forgetDone(): Promise<void> {
  for (const queued of outbox.value) if (!isUnderWay(queued)) await forget(queued.id);
}

/** What was not sent yet can still be withdrawn: nobody has seen it. */
export async function forget(id: Hex): Promise<void> {
  await (await browserStore()).delete('outbox', id);
  outbox.set(outbox.value.filter((queued) => queued.id !== id));
}

let running: Promise<void> | null = null;
let isAskedAgain = false;

/** One turn at a time: what is asked meanwhile is done after it. */
export function goOn(): Promise<void> {
  if (running !== null) {
    isAskedAgain = true;
    return running;
  }
  running = turn().finally(() => {
    running = null;
    if (isAskedAgain) void goOn();
    isAskedAgain = false;
  });
  return running;
}

/** In the order of signing: what is later may build on what is earlier. */
async function turn(): Promise<void> {
  for (const queued of [...outbox.value].reverse()) {
    if (!isUnderWay(queued)) continue;
    const isReached = await (queued.state === 'queued' ? send(queued) : look(queued));
    if (!isReached) return;
  }
}

/** @returns whether the service was reached */
async function send(queued: Queued): Promise<boolean> {
  const { id, statement, signature, evidence } = queued;
  try {
    const status = await clientNow().submit({ id, statement, signature, evidence });
    await showPapers({ ...queued, ...asOf(status) });
    return true;
  } catch (error) {
    if (isPutOff(error)) return false;
    await keep({ ...queued, state: 'rejected', refusal: messageOf(error), refusalCode: codeOf(error) });
    return true;
  }
}

async function look(queued: Queued): Promise<boolean> {
  try {
    const status = await clientNow().statement(queued.id);
    // A service that lost it gets it again.
    await keep(status ? { ...queued, ...asOf(status) } : { ...queued, state: 'queued' });
    return true;
  } catch (error) {
    return !isPutOff(error);
  }
}

/** Once the service knows the statement, it takes who may see its evidence. */
async function showPapers(queued: Queued): Promise<void> {
  await keep(queued);
  try {
    for (const disclosure of queued.disclosures) await clientNow().disclose(disclosure);
    await keep({ ...queued, disclosures: [] });
  } catch (error) {
    if (isPutOff(error)) return;
    await keep({ ...queued, papersRefusal: messageOf(error), papersRefusalCode: codeOf(error) });
  }
}

function asOf({
  status,
  refusal,
  lots,
}: StatementStatus): Pick<Queued, 'state' | 'refusal' | 'refusalCode' | 'lots'> {
  return { state: status, refusal: refusal?.detail ?? null, refusalCode: refusal?.code, lots };
}

/** Nothing was decided: the same may be asked again later. */
function isPutOff(error: unknown): boolean {
  if (error instanceof ServiceUnreachable) return true;
  return error instanceof ApiProblem && (error.status >= 500 || error.status === 429 || error.status === 401);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof ApiProblem ? error.code : undefined;
}

async function keep(queued: Queued): Promise<void> {
  const isKnown = outbox.value.some(({ id }) => id === queued.id);
  const others = outbox.value.map((other) => (other.id === queued.id ? queued : other));
  outbox.set(isKnown ? others : [queued, ...others]);
  await (await browserStore()).put('outbox', queued);
}
