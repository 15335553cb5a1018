import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Postgres, startPostgres } from './postgres.ts';

let postgres: Postgres | undefined;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres?.stop());

test('a real PostgreSQL answers', async () => {
  const client = new Client({ connectionString: postgres?.url });
  await client.connect();
  const { rows } = await client.query<{ version: string }>('select version()');
  await client.end();
  expect(rows[0]?.version).toMatch(/^PostgreSQL 18\./);
});
