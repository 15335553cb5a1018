import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readJson, writeJson } from '../durable-file.ts';
import {
  canonicalJson,
  type DisclosedField,
  disclose,
  type EvidenceDocument,
  evidenceRoot,
  type JsonValue,
} from '../protocol/evidence.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../protocol/hex.ts';
import { bytes32Json } from '../protocol/json.ts';
import { Failure, UsageError } from './failure.ts';

/** Evidence as it goes out: its root, and the document with what is hidden as hashes. */
export type Evidence = {
  readonly root: Hex;
  readonly documents: readonly EvidenceDocument[];
  readonly saved: string | null;
};

export const noEvidence: Evidence = { root: ZERO_BYTES32, documents: [], saved: null };

/**
 * Reads fields (path → value) from a JSON file, and gives each its salt. The salted document is kept beside the file,
 * as `….salted.json`: only with it can a hidden field be shown later. A field that has not changed keeps its salt.
 *
 * @param hidden paths that stay hidden  @throws UsageError, Failure
 */
export async function readEvidence(file: string | undefined, hidden: readonly string[]): Promise<Evidence> {
  if (file === undefined) {
    if (hidden.length > 0)
      throw new UsageError('--hide says which fields of --evidence to hide: name a file.');
    return noEvidence;
  }
  const values = await fieldsIn(file);
  const missing = hidden.find((path) => !Object.hasOwn(values, path));
  if (missing !== undefined)
    throw new UsageError(
      `${file} has no field "${missing}" to hide: it has ${Object.keys(values).join(', ')}.`,
    );
  const shown = Object.keys(values).filter((path) => !hidden.includes(path));
  return saltedDocument(file, values, shown);
}

/** Fields with their salts, kept beside the file that they come from. @param shown the paths that are not hidden */
export async function saltedDocument(
  file: string,
  values: Readonly<Record<string, JsonValue>>,
  shown: readonly string[],
): Promise<Evidence> {
  const saved = `${file.replace(/\.(json|csv)$/i, '')}.salted.json`;
  const fields = salted(values, await earlier(saved));
  const root = evidenceRoot({ fields });
  await writeJson(saved, { root, fields }, 0o600);
  return { root, documents: [disclose({ fields }, shown)], saved };
}

/** A document as `saltedDocument` kept it. */
export type Salted = { readonly root: Hex; readonly fields: readonly DisclosedField[] };

const saltedFile = z.object({
  fields: z.array(z.object({ path: z.string(), value: z.unknown(), salt: bytes32Json })),
});

/** Reads a salted document again. @throws Failure where the file holds none */
export async function readSalted(file: string): Promise<Salted> {
  const found = await readJson(file).catch(() => undefined);
  const parsed = saltedFile.safeParse(found);
  if (!parsed.success || parsed.data.fields.length === 0)
    throw new Failure(
      `${file} holds no salted document: expected the file that was kept beside the evidence file, "….salted.json".`,
    );
  const fields = parsed.data.fields as DisclosedField[];
  return { root: evidenceRoot({ fields }), fields };
}

async function fieldsIn(file: string): Promise<Record<string, JsonValue>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`The evidence file ${file} cannot be read (${error.code ?? error.message}).`);
  });
  const found = parsed(file, text);
  if (found === null || typeof found !== 'object' || Array.isArray(found) || Object.keys(found).length === 0)
    throw new Failure(
      `${file} holds no evidence: expected one JSON object, from paths to values, such as {"batch": "A1"}.`,
    );
  return found as Record<string, JsonValue>;
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${(error as Error).message}`);
  }
}

function salted(
  values: Readonly<Record<string, JsonValue>>,
  before: readonly DisclosedField[],
): DisclosedField[] {
  const known = new Map(before.map((field) => [`${field.path} ${canonicalJson(field.value)}`, field.salt]));
  return Object.entries(values).map(([path, value]) => {
    const salt = known.get(`${path} ${canonicalJson(value)}`);
    return { path, value, salt: salt ?? hex(`0x${randomBytes(32).toString('hex')}`) };
  });
}

async function earlier(saved: string): Promise<readonly DisclosedField[]> {
  const found = (await readJson(saved)) as { fields?: unknown } | null;
  return Array.isArray(found?.fields) ? (found.fields as DisclosedField[]) : [];
}
