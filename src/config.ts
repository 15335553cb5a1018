import { z } from 'zod';
import type { Hex } from './protocol/hex.ts';

/** `port`, `chainPort`: 0 takes a free one. `requestsPerMinute` per address, 0 = no limit. */
export type Config = {
  readonly host: string;
  readonly port: number;
  readonly chainPort: number;
  readonly dataDir: string;
  /** Where people reach the service, without a slash at the end; null = where it listens. */
  readonly publicUrl: string | null;
  readonly databaseUrl: string | null;
  /** A node elsewhere; null = the embedded chain. */
  readonly node: { readonly url: string; readonly ledger: Hex; readonly relayerKey: Hex } | null;
  /** A process that only answers reads, from a copy of the database; null = one that does everything. */
  readonly reader: ReaderConfig | null;
  /** Whether everybody may read everything, or parties their own, and others certificates alone. */
  readonly readAccess: 'public' | 'parties';
  readonly demo: boolean;
  readonly requestsPerMinute: number;
  readonly logLevel: (typeof logLevels)[number];
};

/** `ledger`: which one the copy is expected to be of, if told. `writerUrl`: where statements go, for whoever asks here. */
export type ReaderConfig = {
  readonly rpcUrl: string;
  readonly ledger: Hex | null;
  readonly writerUrl: string | null;
};

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const port = (missing: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'expected a port, 0 to 65535')
    .transform(Number)
    .refine((number) => number <= 65_535, 'expected a port, 0 to 65535')
    .default(missing);

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => protocols.includes(URL.parse(text)?.protocol ?? ''),
      `expected a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

const hexOf = (bytes: number, what: string) =>
  z
    .string()
    .regex(
      new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`),
      `expected ${what}: 0x and ${bytes * 2} hexadecimal digits`,
    )
    .transform((text) => text.toLowerCase() as Hex);

const environment = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: port(4400),
    CHAIN_PORT: port(8545),
    PUBLIC_URL: url(['http:', 'https:'])
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    DATA_DIR: z.string().default('./data'),
    DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
    RPC_URL: url(['http:', 'https:']).optional(),
    LEDGER_ADDRESS: hexOf(20, 'the ledger’s address').optional(),
    RELAYER_KEY: hexOf(32, 'a private key').optional(),
    ROLE: z.enum(['all', 'reader'], 'expected all or reader').default('all'),
    READ_ACCESS: z.enum(['public', 'parties'], 'expected public or parties').default('public'),
    WRITER_URL: url(['http:', 'https:']).optional(),
    LODEBOOK_DEMO: z.enum(['0', '1'], 'expected 0 or 1').default('1'),
    RATE_LIMIT: z
      .string()
      .regex(/^\d{1,9}$/, 'expected requests per minute and address, or 0 for no limit')
      .transform(Number)
      .default(6_000),
    LOG_LEVEL: z.enum(logLevels, `expected one of ${logLevels.join(', ')}`).default('warn'),
  })
  .check(({ value, issues }) => {
    const wrong = value.ROLE === 'reader' ? readerProblems(value) : nodeProblems(value);
    for (const [name, message] of wrong)
      issues.push({ code: 'custom', input: undefined, path: [name], message });
  });

type Given = Readonly<Record<string, unknown>>;

function nodeProblems(given: Given): [name: string, message: string][] {
  const together = ['RPC_URL', 'LEDGER_ADDRESS', 'RELAYER_KEY'];
  const missing = together.filter((name) => given[name] === undefined);
  if (missing.length === together.length) return [];
  const present = together.filter((name) => !missing.includes(name));
  const message = `expected with ${present.join(' and ')}: all three, or none`;
  return missing.map((name) => [name, message]);
}

function readerProblems(given: Given): [name: string, message: string][] {
  const missing = ['DATABASE_URL', 'RPC_URL'].filter((name) => given[name] === undefined);
  const problems = missing.map((name): [string, string] => [name, 'expected with ROLE=reader']);
  if (given.RELAYER_KEY === undefined) return problems;
  return [...problems, ['RELAYER_KEY', 'expected none with ROLE=reader: it sends nothing']];
}

/** A variable of the environment is not what it should be. `message` names each, and what was expected; no values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The settings. An empty variable counts as absent. @throws ConfigError
 * @param env the process’s own, unless given
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment is not right:\n${lines.join('\n')}`);
  }
  const { data } = parsed;
  const { RPC_URL, LEDGER_ADDRESS, RELAYER_KEY, WRITER_URL } = data;
  return {
    host: data.HOST,
    port: data.PORT,
    chainPort: data.CHAIN_PORT,
    dataDir: data.DATA_DIR,
    publicUrl: data.PUBLIC_URL ?? null,
    databaseUrl: data.DATABASE_URL ?? null,
    node:
      RPC_URL && LEDGER_ADDRESS && RELAYER_KEY
        ? { url: RPC_URL, ledger: LEDGER_ADDRESS, relayerKey: RELAYER_KEY }
        : null,
    reader:
      data.ROLE === 'reader' && RPC_URL
        ? { rpcUrl: RPC_URL, ledger: LEDGER_ADDRESS ?? null, writerUrl: WRITER_URL ?? null }
        : null,
    readAccess: data.READ_ACCESS,
    demo: data.LODEBOOK_DEMO === '1',
    requestsPerMinute: data.RATE_LIMIT,
    logLevel: data.LOG_LEVEL,
  };
}
