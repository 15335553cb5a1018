import { readFile } from 'node:fs/promises';
import type { ReadMessages } from '../../src/web/i18n/reading.ts';
import type { Messages } from '../../src/web/i18n/translator.ts';

export const MESSAGES = `${import.meta.dirname}/../../src/web/messages`;

/** The messages as they stand in the sources. */
export const readMessages: ReadMessages = async (language, part) =>
  JSON.parse(await readFile(`${MESSAGES}/${language}/${part}.json`, 'utf8')) as Messages;

/** What tells the plural forms of one text apart. */
export const PLURAL = /_(one|many|other)$/;

/** Every text by its way through the file. */
export function texts(messages: Messages, before = ''): [string, string][] {
  return Object.entries(messages).flatMap(([name, found]): [string, string][] =>
    typeof found === 'string' ? [[before + name, found]] : texts(found, `${before}${name}.`),
  );
}

/** What a text leaves room for, values and elements, in no order. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\w+\}\}|<\w+\/>/g)].map(([found]) => found).sort();
}
