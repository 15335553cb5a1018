import { verifyField } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { type Birth, birthsOf } from '../../src/protocol/lots.ts';
import { statementId } from '../../src/protocol/statements.ts';
import { recover } from '../../src/verification/bundle/recover.ts';
import type { Slot } from '../../src/verification/bundle/slots.ts';
import { openState, type ProvenState } from '../../src/verification/bundle/state.ts';
import type { Tools } from '../../src/verification/bundle/tools.ts';
import { type NodeReader, nodeReader } from '../../src/verification/bundle/trie.ts';

/**
 * The verifier's tools, which remember what they said. Each is a function of what it is given and nothing else, and is asked
 * anew for whatever it was not given before, to the byte: so that it says what the verifier's own would.
 */
export function rememberingTools(): Tools {
  return {
    statementId: rememberingIds(),
    birthsOf: rememberingBirths(),
    recover: rememberingSigners(),
    openState: rememberingStates(),
    verifyField: rememberingFields(),
  };
}

function rememberingIds(): typeof statementId {
  const known = new WeakMap<object, { readonly ledger: string; readonly id: Hex }>();
  return (domain, statement) => {
    const ledger = `${domain.chainId} ${domain.verifyingContract}`;
    const found = known.get(statement.message);
    if (found?.ledger === ledger) return found.id;
    const id = statementId(domain, statement);
    known.set(statement.message, { ledger, id });
    return id;
  };
}

function rememberingBirths(): typeof birthsOf {
  type Births = (Birth & { lot: Hex })[];
  const known = new WeakMap<object, { readonly production: Hex; readonly births: Births }>();
  return (production, outputs) => {
    const found = known.get(outputs);
    if (found?.production === production) return found.births;
    const births = birthsOf(production, outputs);
    known.set(outputs, { production, births });
    return births;
  };
}

function rememberingSigners(): typeof recover {
  const known = new Map<string, Hex | null>();
  return (digest, signature) => {
    const key = digest + signature;
    const found = known.get(key);
    if (found !== undefined) return found;
    const signer = recover(digest, signature);
    known.set(key, signer);
    return signer;
  };
}

function rememberingFields(): typeof verifyField {
  const known = new WeakMap<object, { readonly of: string; readonly holds: boolean }>();
  return (root, field, proof) => {
    const of = [root, ...proof].join(' ');
    const found = known.get(field);
    if (found?.of === of) return found.holds;
    const holds = verifyField(root, field, proof);
    known.set(field, { of, holds });
    return holds;
  };
}

/** Where nobody changed the nodes, all words; else what each node hashes to and holds. */
function rememberingStates(): typeof openState {
  const states = new WeakMap<object, Map<string, ProvenState>>();
  const reader = rememberingReader();
  const slots = new Map<string, Hex>();
  return ({ stateRoot }, ledger, nodes) => {
    const ofNodes = states.get(nodes) ?? new Map<string, ProvenState>();
    states.set(nodes, ofNodes);
    const found = ofNodes.get(`${stateRoot} ${ledger}`);
    if (found) return found;
    const state = rememberingWords(openState({ stateRoot }, ledger, nodes, reader), slots);
    ofNodes.set(`${stateRoot} ${ledger}`, state);
    return state;
  };
}

function rememberingWords(state: ProvenState, slots: Map<string, Hex>): ProvenState {
  const words = new Map<string, Hex>();
  return {
    ...state,
    word: (wanted) => {
      const { what } = wanted;
      const found = words.get(what);
      if (found !== undefined) return found;
      const word = state.word({ what, slot: slotOf(wanted, slots) });
      words.set(what, word);
      return word;
    },
  };
}

function slotOf(wanted: Slot, slots: Map<string, Hex>): Hex {
  const found = slots.get(wanted.what);
  if (found !== undefined) return found;
  const { slot } = wanted;
  slots.set(wanted.what, slot);
  return slot;
}

function rememberingReader(): NodeReader {
  const hashes = new Map<Hex, string>();
  const items = new Map<Hex, ReturnType<NodeReader['items']>>();
  return {
    hash: (node) => {
      const found = hashes.get(node);
      if (found !== undefined) return found;
      const hash = nodeReader.hash(node);
      hashes.set(node, hash);
      return hash;
    },
    items: (node) => {
      const found = items.get(node);
      if (found !== undefined) return found;
      const read = nodeReader.items(node);
      items.set(node, read);
      return read;
    },
  };
}
