import { createReadStream } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedChainError } from './errors.ts';
import {
  decodeRecord,
  encodeRecord,
  type JournalBlock,
  type JournalHeader,
  journalGroup,
  journalHeader,
} from './records.ts';

/** `end`: where the whole records end, in bytes. `torn`: bytes after that, of one record that was never acknowledged. */
export type JournalSummary = { header: JournalHeader; blocks: number; end: number; torn: number };

export type JournalWriter = { append(blocks: JournalBlock[]): Promise<void>; close(): Promise<void> };

type Line = { offset: number; text: string; next: number; ended: boolean };

/** Writes the header to a new file. It appears whole or not at all: a torn header cannot be. */
export async function createJournal(path: string, header: JournalHeader): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  const file = await open(draft, 'w');
  try {
    await file.writeFile(encodeRecord(header), 'latin1');
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncDirectory(dirname(path));
}

/**
 * Reads every record without replaying any, so that damage is found before the slow part. Changes nothing.
 * @throws EmbeddedChainError `journal-damaged`
 */
export async function inspectJournal(path: string): Promise<JournalSummary> {
  const { size } = await stat(path);
  let header: JournalHeader | undefined;
  let blocks = 0;
  for await (const line of readLines(path)) {
    const value = line.ended ? decodeRecord(line.text) : undefined;
    if (header === undefined) {
      header = journalHeader.safeParse(value).data;
      if (header === undefined)
        throw damaged(path, 'its first record, the header, is damaged or of another version');
      continue;
    }
    const group = journalGroup.safeParse(value).data;
    if (group === undefined && line.next === size && isOneRecord(line.text))
      return { header, blocks, end: line.offset, torn: size - line.offset };
    if (group === undefined)
      throw damaged(path, `the record at byte ${line.offset}, after block ${blocks}, fails its checksum`);
    for (const { number } of group.blocks)
      if (number !== ++blocks)
        throw damaged(path, `block ${number} stands at byte ${line.offset} where block ${blocks} belongs`);
  }
  if (header === undefined) throw damaged(path, 'it is empty');
  return { header, blocks, end: size, torn: 0 };
}

/** The blocks in order, up to byte `end`, as `inspectJournal` found it. */
export async function* readBlocks(path: string, end: number): AsyncGenerator<JournalBlock> {
  for await (const { offset, text } of readLines(path, end)) {
    if (offset > 0) yield* journalGroup.parse(decodeRecord(text)).blocks;
  }
}

/** Drops everything from byte `end` on, durably. */
export async function cutJournal(path: string, end: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(end);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** `append` returns when the blocks are on disk. After it throws, the file may end in a torn record. */
export async function openJournal(path: string): Promise<JournalWriter> {
  const file = await open(path, 'a');
  return {
    async append(blocks) {
      await file.appendFile(encodeRecord({ blocks }), 'latin1');
      await file.datasync();
    },
    close: () => file.close(),
  };
}

async function* readLines(path: string, size = Number.POSITIVE_INFINITY): AsyncGenerator<Line> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, end: size - 1 })) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      const next = offset + end + 1 - start;
      yield { offset, text: rest.toString('latin1', start, end), next, ended: true };
      offset = next;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0)
    yield { offset, text: rest.toString('latin1'), next: offset + rest.length, ended: false };
}

/** A newline lost between two acknowledged records must not pass for one torn record. */
function isOneRecord(text: string): boolean {
  return text.indexOf('\t') === text.lastIndexOf('\t');
}

function damaged(path: string, what: string): EmbeddedChainError {
  return new EmbeddedChainError(
    'journal-damaged',
    `The chain's journal ${path} cannot be used: ${what}. Nothing was changed. Restore the file from a backup, ` +
      'or move it away to start a new, empty chain.',
  );
}

/** A file's name is durable only once its directory is. Windows cannot open directories, and needs no such call. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
