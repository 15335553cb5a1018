import { type Bundle, bundleJson, documentJson, recordJson } from '../../src/verification/bundle/format.ts';
import { ownTools, type Tools } from '../../src/verification/bundle/tools.ts';
import { type BundleResult, type VerifyOptions, verifyParsed } from '../../src/verification/bundle/verify.ts';
import type { Raw } from './raw.ts';
import { rememberingTools } from './remembering-tools.ts';

type Schema = { safeParse(value: unknown): { success: boolean; data?: unknown } };

/**
 * The verifier for many bundles that are nearly the same: what was parsed, hashed and recovered once is remembered. A
 * record of a bundle that nobody changed is the same object in all of them.
 */
export class Remembering {
  readonly #parsed = new WeakMap<object, { readonly value: unknown }>();
  readonly #nodes = new Set<unknown>();
  readonly #wellFormed = new WeakSet<object>();
  readonly #tools = rememberingTools();
  /** Who signed what takes nearly all of the time: the verifier's own tools, but for that. */
  readonly signersOnly: Tools = { ...ownTools, recover: this.#tools.recover };

  /** What `verifyBundle` says, but for the words of a malformed bundle's problems. */
  verify(raw: Raw, options: VerifyOptions): BundleResult {
    const bundle = this.#parse(raw);
    if (!bundle) return { ok: false, problems: [{ code: 'bundle-malformed', at: '', detail: '' }] };
    return verifyParsed(bundle, { ...options, tools: this.#tools });
  }

  #parse(raw: Raw): Bundle | null {
    const { records, documents, nodes, ...head } = raw;
    const top = bundleJson.safeParse({ ...head, records: [], documents: [], nodes: this.#fresh(nodes) });
    const told = this.#list(records, recordJson);
    const shown = this.#list(documents, documentJson);
    if (!top.success || !told || !shown) return null;
    return { ...top.data, records: told, documents: shown, nodes } as unknown as Bundle;
  }

  /** Nodes that were not looked at before. */
  #fresh(nodes: unknown): unknown {
    if (!Array.isArray(nodes)) return nodes;
    if (this.#wellFormed.has(nodes)) return [];
    const fresh = nodes.filter((node) => !this.#nodes.has(node));
    if (!bundleJson.shape.nodes.safeParse(fresh).success) return fresh;
    for (const node of fresh) this.#nodes.add(node);
    this.#wellFormed.add(nodes);
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
