import type { Logger } from 'pino';

/** The part of pino's logger that the chain's followers use. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;
