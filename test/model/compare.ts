import type { Hex } from '../../src/protocol/hex.ts';
import type { Emitted, Fault, Verdict } from './acts.ts';
import { decodeEvent, decodeFault, eventText, faultText, isStandardLog, type Log } from './wire.ts';

/** What a batch must log for one of its calls. */
export type Expected = Emitted | { readonly refused: number; readonly fault: Fault; readonly or?: Fault };

export function isFault(verdict: Verdict): verdict is Extract<Verdict, { fault: Fault }> {
  return 'fault' in verdict;
}

/** What a batch of calls must log, in order. */
export function batchLogs(verdicts: readonly Verdict[]): Expected[] {
  return verdicts.flatMap((verdict, index): Expected[] =>
    isFault(verdict) ? [{ ...verdict, refused: index }] : [...verdict.events],
  );
}

/** The differences between what must be logged and what was, as text; none where they are the same. */
export function logDifferences(expected: readonly Expected[], got: readonly Emitted[]): string[] {
  const lines = [];
  for (let index = 0; index < Math.max(expected.length, got.length); index += 1) {
    const [wanted, found] = [expected[index], got[index]];
    const texts = wanted ? textsOf(wanted) : ['nothing'];
    const text = found ? textOfLog(found) : 'nothing';
    if (!texts.includes(text)) lines.push(`expected ${texts.join('\n      or ')}`, `got      ${text}`);
  }
  return lines;
}

/** The differences between the error that must be given and the one that was. */
export function faultDifferences({ fault, or }: { fault: Fault; or?: Fault }, revert: Hex): string[] {
  const texts = [fault, ...(or ? [or] : [])].map(faultText);
  const got = faultText(decodeFault(revert));
  return texts.includes(got) ? [] : [`expected ${texts.join(' or ')}`, `got      ${got}`];
}

export function decodeLogs(logs: readonly Log[], isChecked: boolean): Emitted[] {
  const odd = isChecked ? logs.find((log) => !isStandardLog(log)) : undefined;
  if (odd) throw new Error(`A log is not encoded as the ABI has it: ${odd.topics.join(' ')} ${odd.data}`);
  return logs.map(decodeEvent);
}

function textsOf(expected: Expected): string[] {
  if ('name' in expected) return [eventText(expected)];
  const { refused, fault, or } = expected;
  return [fault, ...(or ? [or] : [])].map((each) => `Refused(${refused}) ${faultText(each)}`);
}

function textOfLog(event: Emitted): string {
  if (event.name !== 'Refused') return eventText(event);
  return `Refused(${event.args.index}) ${faultText(decodeFault(event.args.reason as Hex))}`;
}
