import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `check` gives something other than undefined and false. @throws Error after `timeoutMs` */
export async function until<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 20_000, what = 'what the test waits for' }: { timeoutMs?: number; what?: string } = {},
): Promise<Exclude<T, undefined | false>> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(10)) {
    const value = await check();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
  }
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
}
