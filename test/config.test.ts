import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const key = `0x${'5C'.repeat(32)}`;
const ledger = `0x${'A1'.repeat(20)}`;

describe('readConfig', () => {
  test('needs nothing', () => {
    expect(readConfig({ PATH: '/bin', DATABASE_URL: '' })).toEqual({
      ...{ host: '127.0.0.1', port: 4400, chainPort: 8545, dataDir: './data', databaseUrl: null, node: null },
      ...{ publicUrl: null, readAccess: 'public' },
      ...{ reader: null, demo: true, requestsPerMinute: 6_000, logLevel: 'warn' },
    });
  });

  test('reads what is there', () => {
    const env = {
      ...{ PORT: '0', LODEBOOK_DEMO: '0', LOG_LEVEL: 'debug', RATE_LIMIT: '0' },
      ...{ RPC_URL: 'https://node.example/x', LEDGER_ADDRESS: ledger, RELAYER_KEY: key },
    };
    expect(readConfig(env)).toMatchObject({
      ...{ port: 0, demo: false, logLevel: 'debug', requestsPerMinute: 0 },
      node: { url: 'https://node.example/x', ledger: ledger.toLowerCase(), relayerKey: key.toLowerCase() },
    });
  });

  test.each([
    ['PORT', '65536', 'expected a port'],
    ['PORT', '80a', 'expected a port'],
    ['CHAIN_PORT', '-1', 'expected a port'],
    ['DATABASE_URL', 'mysql://x', 'postgres://'],
    ['LODEBOOK_DEMO', 'yes', 'expected 0 or 1'],
    ['LOG_LEVEL', 'loud', 'expected one of'],
    ['RATE_LIMIT', '-1', 'requests per minute'],
  ])('names %s=%s and what was expected', (name, value, expected) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}: .*${expected}`));
  });

  test('a node elsewhere needs all of its three variables', () => {
    expect(() => readConfig({ RPC_URL: 'http://127.0.0.1:1' })).toThrow(
      /LEDGER_ADDRESS: expected with RPC_URL/,
    );
    expect(() => readConfig({ RPC_URL: 'http://127.0.0.1:1', LEDGER_ADDRESS: ledger })).toThrow(
      /RELAYER_KEY/,
    );
  });

  test('never repeats a secret', () => {
    const secret = '0xc0ffee';
    const attempt = () =>
      readConfig({ RPC_URL: 'http://127.0.0.1:1', LEDGER_ADDRESS: ledger, RELAYER_KEY: secret });
    expect(attempt).toThrow(/RELAYER_KEY/);
    expect(attempt).not.toThrow(new RegExp(secret));
    expect(() => readConfig({ DATABASE_URL: 'http://user:hunter2@x' })).not.toThrow(/hunter2/);
  });
});
