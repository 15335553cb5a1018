import type { z } from 'zod';
import { ProblemError } from './problems.ts';

const MAX_DEPTH = 32;

/**
 * What a request says, parsed. @param part a prefix for paths: `?` for queries, none for bodies
 * @throws ProblemError `invalid-request` that lists everything that is wrong
 */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, part = ''): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: `${part}${issue.path.map(String).join('.')}`, message: issue.message }));
  const [first] = errors;
  throw new ProblemError('invalid-request', first ? `${first.path || 'body'}: ${first.message}` : 'Invalid', {
    errors,
  });
}

/**
 * Refuses what JSON can say and nothing behind the API can hold: text with NUL or half of a surrogate pair (neither
 * Postgres nor UTF-8 has them), numbers beyond a double, and nesting so deep that recursive readers would run out of stack.
 */
export function requirePlainJson(body: unknown): void {
  const left: { value: unknown; path: string; depth: number }[] = [{ value: body, path: '', depth: 0 }];
  for (let entry = left.pop(); entry; entry = left.pop()) {
    const { value, path, depth } = entry;
    if (depth > MAX_DEPTH)
      throw new ProblemError('invalid-json', `The body is nested deeper than ${MAX_DEPTH} levels.`);
    if (typeof value === 'string') requireText(value, path);
    if (typeof value === 'number' && !Number.isFinite(value))
      throw unreadable(path, 'the number is too large');
    if (value === null || typeof value !== 'object') continue;
    for (const [key, item] of Object.entries(value)) {
      requireText(key, path);
      left.push({ value: item, path: path ? `${path}.${key}` : key, depth: depth + 1 });
    }
  }
}

function requireText(text: string, path: string): void {
  if (!text.isWellFormed() || text.includes('\0'))
    throw unreadable(path, 'expected Unicode text without NUL and without halves of surrogate pairs');
}

function unreadable(path: string, message: string): ProblemError {
  const where = path.slice(0, 200);
  return new ProblemError('invalid-request', `${where || 'body'}: ${message}`, {
    errors: [{ path: where, message }],
  });
}
