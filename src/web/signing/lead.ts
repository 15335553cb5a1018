import { processes, termOf } from '../../protocol/codes.ts';
import { isOriginProcess } from '../../protocol/origin.ts';
import type { Statement } from '../../protocol/statements.ts';
import type { Parts } from '../i18n/parts.ts';

/** Which sentence says what a statement does. */
export type Lead = keyof Parts['session']['sign']['lead'];

export function leadOf(statement: Statement): Lead {
  switch (statement.type) {
    case 'Production': {
      const process = termOf(processes, statement.message.process) ?? 'blend';
      if (isOriginProcess(process) || process === 'retire') return process;
      return 'transform';
    }
    case 'Receipt':
      return statement.message.accepted ? 'accept' : 'refuse';
    case 'Delegation':
      return statement.message.validUntil === 0 ? 'endDelegation' : 'Delegation';
    default:
      return statement.type;
  }
}
