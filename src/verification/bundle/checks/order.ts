import { formProblems } from '../../../protocol/form.ts';
import type { Statement } from '../../../protocol/statements.ts';
import { type Book, type Placed, pathOf, type Said } from '../book.ts';
import type { BlockHeader } from '../header.ts';
import type { Report } from '../problems.ts';

const MAX_AGE = 90 * 86_400;
const MAX_CLOCK_SKEW = 15 * 60;

/** The records stand in the order of the ledger, up to the bundle's block. */
export function checkOrder({ said, acts }: Book, header: BlockHeader, report: Report): void {
  const records = [...said, ...acts].sort((a, b) => a.position - b.position);
  let before: Placed | undefined;
  for (const record of records) {
    const what = before && orderProblem(before, record);
    if (what) report('order-broken', pathOf(record, 'recordedAt'), what);
    before = record;
  }
  if (before && (before.block > header.number || before.recordedAt > header.time))
    report(
      'order-broken',
      pathOf(before, 'block'),
      `it is recorded after block ${header.number}, which the bundle is of`,
    );
}

function orderProblem(before: Placed, { block, recordedAt }: Placed): string | null {
  if (block < before.block) return `block ${block} comes before ${before.block}`;
  if (recordedAt < before.recordedAt) return `${recordedAt} is before ${before.recordedAt}`;
  const same = block === before.block;
  return same && recordedAt !== before.recordedAt
    ? `block ${block} has the time ${before.recordedAt} as well`
    : null;
}

/** Each statement is well-formed, and was recorded in time, as the ledger asks of it. */
export function checkStatements({ said }: Book, report: Report): void {
  for (const one of said) {
    for (const { code, path, detail } of formProblems(one.statement))
      report('statement-malformed', pathOf(one, `message.${path}`), `${code}: ${detail}`);
    checkTimes(one, report);
  }
}

function checkTimes(said: Said, report: Report): void {
  const { recordedAt, statement } = said;
  const { recordBy } = statement.message;
  const wrong = (field: string, detail: string) => report('time-broken', pathOf(said, field), detail);
  if (recordBy < recordedAt)
    wrong('recordedAt', `it had to be recorded by ${recordBy}, not at ${recordedAt}`);
  const { field, time, isDated } = timeIn(statement);
  if (time > recordedAt + MAX_CLOCK_SKEW)
    wrong(field, `${time} lies after it was recorded, at ${recordedAt}`);
  if (isDated && time + MAX_AGE < recordedAt)
    wrong(field, `${time} is more than 90 days before ${recordedAt}`);
}

/** The time that must not lie after the recording; `isDated`: nor long before it. */
function timeIn({ type, message }: Statement): { field: string; time: number; isDated: boolean } {
  if (type === 'Observation') return { field: 'message.until', time: message.until, isDated: false };
  if (type === 'Delegation') return { field: 'message.issuedAt', time: message.issuedAt, isDated: false };
  if ('occurredAt' in message)
    return { field: 'message.occurredAt', time: message.occurredAt, isDated: true };
  return { field: '', time: 0, isDated: false };
}
