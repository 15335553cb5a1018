import { expect, test } from 'vitest';
import { openLog } from '../src/logging.ts';

test('an error is logged without the row that it is about, and with its causes', () => {
  const lines: string[] = [];
  const log = openLog('error', { write: (line) => lines.push(line) });
  const row = 'Key (name)=(Jane Doe)';
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: row, where: row });
  log.error({ err: cause }, 'a request failed');
  log.error({ err: new Error('it failed', { cause }) }, 'a request failed');
  const [plain, wrapped] = lines.map((line) => JSON.parse(line).err);
  expect(plain).toMatchObject({ type: 'Error', message: 'duplicate key', code: '23505' });
  expect(wrapped.stack).toContain('caused by: Error: duplicate key');
  expect(lines.join()).not.toContain('Jane');
});
