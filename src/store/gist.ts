import { canonicalJson, type JsonValue } from '../protocol/evidence.ts';
import type { DisclosedFields } from './evidence.ts';

const A_HASH = '0'.repeat(64);

/**
 * What a document discloses that can answer for a leg, with all that differs from one document to the next and answers
 * the same taken out: the countries on the way, each once and sorted, and that there is a SHA-256 under a path, of
 * whatever index. Null where it discloses neither.
 */
export function gistOf(fields: DisclosedFields): string | null {
  const hashes = Object.entries(fields)
    .filter(([, value]) => typeof value === 'string' && /^[\da-f]{64}$/i.test(value))
    .map(([path]) => path.replaceAll(/\[\d+\]/g, '[0]'));
  const documents = [...new Set(hashes)].sort();
  const { transitCountries } = fields;
  const told: Record<string, JsonValue> = Object.create(null);
  for (const path of documents) told[path] = A_HASH;
  if (transitCountries !== undefined) told.transitCountries = sorted(transitCountries);
  return Object.keys(told).length === 0 ? null : canonicalJson(told);
}

/** The fields of a gist. */
export function fieldsOfGist(gist: string): DisclosedFields {
  return Object.assign(Object.create(null), JSON.parse(gist));
}

/** Of something that is no list of words or numbers nobody can read the countries, in whatever order. */
function sorted(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return null;
  if (value.some((one) => typeof one === 'object')) return null;
  return [...new Set(value.map(String))].sort();
}
