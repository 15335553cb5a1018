import type { AnyPart } from './parts.ts';
import type { Messages } from './translator.ts';

/** Reads one file of messages. @throws Error where there is none, or it cannot be had */
export type ReadMessages = (language: string, part: AnyPart) => Promise<Messages>;

/** @param files by their way from this folder */
export function fileAmong<File>(
  files: Readonly<Record<string, File>>,
  language: string,
  part: AnyPart,
): File {
  const file = files[`../messages/${language}/${part}.json`];
  if (file === undefined) throw new Error(`There are no messages ${language}/${part}`);
  return file;
}
