import { fileAmong, type ReadMessages } from './reading.ts';
import type { Messages } from './translator.ts';

const files = import.meta.glob<Messages>(
  '../messages/*/{common,terms,certificate,check,findings,policies,conclusion}.json',
  { import: 'default' },
);

/** The messages that certificates are said with, within the script itself: for what has nowhere to fetch them from. */
export const bundledMessages: ReadMessages = (language, part) => fileAmong(files, language, part)();
