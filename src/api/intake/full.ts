import type { Crowd } from '../../store/outbox/crowd.ts';
import { ProblemError } from '../problems.ts';

const LONGEST_WAIT_SECONDS = 60;

/**
 * The outbox takes no more. The oldest statement in it has waited for as long as it took to record as many as are in it
 * now: after a tenth of that time a tenth of them is recorded, if things go on as they went.
 */
export function outboxFull({ open, oldest }: Crowd, now: number): ProblemError {
  const waited = oldest === null ? 0 : now - oldest;
  const retryAfter = Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(waited / 10)));
  const detail = `${open} statements wait to be recorded, as many as are taken. Send this one again in ${retryAfter} s.`;
  return new ProblemError('outbox-full', detail, { retryAfter });
}
