import { fileAmong, type ReadMessages } from './reading.ts';
import type { Messages } from './translator.ts';

const files = import.meta.glob<string>('../messages/*/*.json', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Pages fetch messages as data: a phone reads JSON several times as fast as a script that says the same. */
export const fetchMessages: ReadMessages = async (language, part) => {
  const response = await fetch(fileAmong(files, language, part));
  if (!response.ok) throw new Error(`The messages ${language}/${part} could not be had: ${response.status}`);
  return (await response.json()) as Messages;
};
