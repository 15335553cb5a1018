import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { DatabaseUnavailable } from '../../../src/store/availability.ts';
import { migrate, SchemaTooNew } from '../../../src/store/migrate.ts';
import { inSnapshot } from '../../../src/store/transactions.ts';
import type { Bench } from '../databases.ts';

export function connections(bench: Bench) {
  describe('the connection', () => {
    test('values come out as the kinds that they have', async () => {
      const { db } = await bench.fresh();
      const { rows } = await sql`
        select '\\x00ff'::bytea as bytes, 9007199254740991::int8 as count, 9223372036854775807::numeric as mass,
          '{"a": [1]}'::json as json, count(*) as rows, true as yes, null::bytea as none from chain`.execute(
        db,
      );
      const mass = 9_223_372_036_854_775_807n;
      const count = Number.MAX_SAFE_INTEGER;
      expect(rows).toEqual([
        { bytes: '0x00ff', count, mass, json: { a: [1] }, rows: 0, yes: true, none: null },
      ]);
      await expect(sql`select 9007199254740993::int8 as count`.execute(db)).rejects.toThrow(/exactly/);
      const after = await sql`select 1::int8 as one`.execute(db);
      expect(after.rows).toEqual([{ one: 1 }]);
    });

    test('reads outside a transaction wait for it or go beside it, and never block it', async () => {
      const { db } = await bench.fresh();
      const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
      const { promise: hasWritten, resolve: written } = Promise.withResolvers<void>();
      const write = db.transaction().execute(async (trx) => {
        await sql`insert into block values (1, sha256('a'), sha256('b'), 1)`.execute(trx);
        written();
        await mayEnd;
        await sql`select 1`.execute(trx);
      });
      await hasWritten;
      const reads = Promise.all(
        Array.from({ length: 30 }, () => db.selectFrom('block').select('number').execute()),
      );
      // PostgreSQL's go beside the transaction, and do not see the block; PGlite's wait, and do.
      if (bench.kind === 'postgresql') await reads;
      else
        expect(await Promise.race([reads, new Promise((resolve) => setTimeout(resolve, 200, 'waits'))])).toBe(
          'waits',
        );
      end();
      await write;
      const seen = bench.kind === 'postgresql' ? 0 : 1;
      expect((await reads).map((rows) => rows.length)).toEqual(Array(30).fill(seen));
    });

    test('what a connection remembers of a query is forgotten where another process changed the table', async () => {
      const { db } = await bench.fresh();
      await sql`create table noted (note text)`.execute(db);
      await sql`insert into noted values ('a')`.execute(db);
      const ask = () => sql`select * from noted where ${true}::boolean`.execute(db);
      expect((await ask()).rows).toEqual([{ note: 'a' }]);
      const known = await sql`select from pg_prepared_statements where statement like '%noted%'`.execute(db);
      expect(known.rows).toHaveLength(1);
      await sql`alter table noted add more int`.execute(db);
      await expect(ask()).rejects.toThrow(DatabaseUnavailable);
      expect((await ask()).rows).toEqual([{ note: 'a', more: null }]);
    });

    test('an error inside a transaction leaves the connection usable', async () => {
      const { db } = await bench.fresh();
      const failing = db.transaction().execute(async (trx) => {
        await sql`insert into block values (1, sha256('a'), sha256('b'), 1)`.execute(trx);
        await sql`select 1 / 0`.execute(trx);
      });
      await expect(failing).rejects.toThrow(/division by zero/);
      expect(await db.selectFrom('block').selectAll().execute()).toEqual([]);
    });

    test('a snapshot cannot write', async () => {
      const { db } = await bench.fresh();
      const writing = inSnapshot(db, (trx) => sql`delete from block`.execute(trx));
      await expect(writing).rejects.toThrow(/read-only/);
    });

    test('a value of the wrong length is refused', async () => {
      const { db } = await bench.fresh();
      const storing = sql`insert into block values (1, '\\x0102'::bytea, sha256('b'), 1)`.execute(db);
      await expect(storing).rejects.toThrow(/bytes32/);
    });
  });

  describe('migrations', () => {
    test('run once, and refuse a database that a newer version has migrated', async () => {
      const { db } = await bench.fresh();
      await migrate(db);
      const applied = await sql<{ name: string }>`select name from migration order by name`.execute(db);
      expect(applied.rows.map(({ name }) => name)).toEqual([
        '0001-ledger',
        '0002-outbox',
        '0003-rest-of-the-protocol',
        '0004-provenance',
        '0005-one-reference',
        '0006-passages',
        '0007-recall',
        '0008-disclosure',
        '0009-arrivals',
        '0010-trade-items',
        '0011-requests',
        '0012-grants',
        '0013-ends-of-runs',
        '0014-auditing',
        '0015-concerns',
        '0016-taken-back',
      ]);
      await sql`insert into migration (name, timestamp) values ('9999-future', '')`.execute(db);
      await expect(migrate(db)).rejects.toThrow(SchemaTooNew);
      await expect(migrate(db)).rejects.toThrow(/9999-future/);
    });
  });
}
