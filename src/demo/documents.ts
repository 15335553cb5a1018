import { disclose, type EvidenceDocument, evidenceRoot, type JsonValue } from '../protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../protocol/hex.ts';
import { inventedDigest, saltOf } from './personas.ts';

/** Evidence as the story writes it: value by path, and which paths its author keeps to itself. */
export type Papers = {
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly hidden?: readonly string[];
};

/** The document as others see it, and the root that the statement names. */
export type Filed = { readonly root: Hex; readonly documents: readonly EvidenceDocument[] };

/** @param name of the step: with the path it gives each field its salt, so that a second run files the same */
export function file(name: string, papers: Papers | undefined): Filed {
  if (!papers) return { root: ZERO_BYTES32, documents: [] };
  const paths = Object.keys(papers.fields);
  const fields = paths.map((path) => ({
    path,
    value: papers.fields[path] ?? null,
    salt: saltOf(name, path),
  }));
  const shown = paths.filter((path) => !papers.hidden?.includes(path));
  return { root: evidenceRoot({ fields }), documents: [disclose({ fields }, shown)] };
}

/** A laboratory's report: what it says, and the digest of a paper that does not exist. */
export function assay(report: string, method: string, moisture?: string): Papers {
  return {
    fields: {
      'assay.method': method,
      'assay.uncertainty': '±1 % relative',
      ...(moisture === undefined ? {} : { moisture }),
      'documents[0].sha256': inventedDigest(report),
    },
  };
}

/** Papers of a consignment. `transitCountries` are those between, in the order of the way, alpha-2. */
export function consignment(
  name: string,
  transitCountries: readonly string[],
  more: Papers['fields'] = {},
): Papers {
  return {
    fields: {
      transitCountries: [...transitCountries],
      'documents[0].sha256': inventedDigest(`${name}/waybill`),
      'documents[1].sha256': inventedDigest(`${name}/invoice`),
      ...more,
    },
    hidden: ['documents[1].sha256'],
  };
}
