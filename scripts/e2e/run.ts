import type { TestService } from '../../test/support/service.ts';
import { Reader, type Setting } from '../../test/web/flows/reader.ts';

/** One setting in which everybody works. `camera`: the file that browsers' cameras show. */
export type Run = {
  readonly service: TestService;
  readonly setting: Omit<Setting, 'who'>;
  readonly name: string;
  readonly camera: string;
};

/** What is wrong, since it was last emptied. */
export const troubles: string[] = [];
let clicks = 0;

export const say = (line: string): boolean => process.stdout.write(`  ${line}\n`);

/** Opens a browser for somebody, and keeps what they find wrong. */
export async function asReader<T>(
  { setting }: Run,
  who: string,
  act: (reader: Reader) => Promise<T>,
): Promise<T> {
  const reader = await Reader.open({ ...setting, who });
  try {
    return await act(reader);
  } finally {
    clicks += reader.allClicks;
    troubles.push(...reader.troubles);
    await reader.close();
  }
}

/** Holds a reader's clicks against the most that people put up with. */
export function count(reader: Reader, most: number, what: string): void {
  say(`${what} in ${reader.clicks} clicks`);
  if (reader.clicks > most) troubles.push(`${what} took ${reader.clicks} clicks: more than ${most}`);
}

/** All clicks, or what stands for them by keyboard, since this was last asked. */
export function takeClicks(): number {
  const taken = clicks;
  clicks = 0;
  return taken;
}
