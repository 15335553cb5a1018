import type { Hex } from '../../src/protocol/hex.ts';
import { statementId } from '../../src/protocol/statements.ts';
import { recover } from '../../src/verification/bundle/checks/signatures.ts';
import { type Bundle, bundleJson, documentJson, recordJson } from '../../src/verification/bundle/format.ts';
import {
  type BundleResult,
  type Tools,
  type VerifyOptions,
  verifyParsed,
} from '../../src/verification/bundle/verify.ts';
import type { Raw } from './mutations.ts';

type Schema = { safeParse(value: unknown): { success: boolean; data?: unknown } };

/**
 * The verifier for many bundles that are nearly the same: what was parsed, hashed and recovered once is remembered. A
 * record of a bundle that nobody changed is the same object in all of them.
 */
export class Remembering {
  readonly #parsed = new WeakMap<object, { readonly value: unknown }>();
  readonly #ids = new WeakMap<object, Hex>();
  readonly #signers = new Map<string, Hex | null>();
  readonly #nodes = new Set<unknown>();

  /** What `verifyBundle` says, but for the words of a malformed bundle's problems. */
  verify(raw: Raw, options: VerifyOptions): BundleResult {
    const bundle = this.#parse(raw);
    if (!bundle) return { ok: false, problems: [{ code: 'bundle-malformed', at: '', detail: '' }] };
    return verifyParsed(bundle, { ...options, tools: this.#tools });
  }

  readonly #tools: Tools = {
    statementId: (domain, statement) => {
      const key = statement.message as object;
      const known =
        this.#domain === domain.verifyingContract + domain.chainId ? this.#ids.get(key) : undefined;
      if (known) return known;
      const id = statementId(domain, statement);
      if (this.#domain === domain.verifyingContract + domain.chainId) this.#ids.set(key, id);
      return id;
    },
    recover: (digest, signature) => {
      const key = digest + signature;
      const known = this.#signers.get(key);
      if (known !== undefined) return known;
      const signer = recover(digest, signature);
      this.#signers.set(key, signer);
      return signer;
    },
  };
  #domain = '';

  #parse(raw: Raw): Bundle | null {
    const { records, documents, nodes, ...head } = raw;
    const top = bundleJson.safeParse({ ...head, records: [], documents: [], nodes: this.#fresh(nodes) });
    const told = this.#list(records, recordJson);
    const shown = this.#list(documents, documentJson);
    if (!top.success || !told || !shown) return null;
    const { address, chainId } = top.data.ledger;
    this.#domain ||= address + chainId;
    return { ...top.data, records: told, documents: shown, nodes } as unknown as Bundle;
  }

  /** Nodes that were not looked at before. */
  #fresh(nodes: unknown): unknown {
    if (!Array.isArray(nodes)) return nodes;
    const fresh = nodes.filter((node) => !this.#nodes.has(node));
    const isForm = bundleJson.shape.nodes.safeParse(fresh).success;
    if (isForm) for (const node of fresh) this.#nodes.add(node);
    return fresh;
  }

  #list(items: unknown, schema: Schema): unknown[] | null {
    if (!Array.isArray(items)) return null;
    const parsed = items.map((item) => this.#one(item, schema));
    return parsed.includes(undefined) ? null : parsed;
  }

  #one(item: unknown, schema: Schema): unknown {
    if (item === null || typeof item !== 'object') return undefined;
    const known = this.#parsed.get(item);
    if (known) return known.value;
    const { success, data } = schema.safeParse(item);
    const value = success ? data : undefined;
    this.#parsed.set(item, { value });
    return value;
  }
}
