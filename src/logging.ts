import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** The log of this process: JSON lines. @param destination stderr, unless given */
export function openLog(
  level: Config['logLevel'],
  destination: DestinationStream = pino.destination(2),
): Logger {
  return pino({ level, serializers: { err: plainError } }, destination);
}

/** A database's error carries the row that it is about, in fields of its own: what happened is enough. */
function plainError(error: Error): object {
  const { type, message, stack, code } = pino.stdSerializers.err(error);
  return { type, message, stack, code };
}
