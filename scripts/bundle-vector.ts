/** A bundle as a test vector, for whoever writes a verifier in another language. */
import { readFile } from 'node:fs/promises';
import { keccak256, toUtf8Bytes } from 'ethers';
import { largeBundle } from '../bench/bundle/history.ts';
import { canonicalJson } from '../src/protocol/evidence.ts';
import type { Hex } from '../src/protocol/hex.ts';
import { openBook } from '../src/verification/bundle/book.ts';
import { explore } from '../src/verification/bundle/explore.ts';
import { type Bundle, bundleJson } from '../src/verification/bundle/format.ts';
import { readHeader } from '../src/verification/bundle/header.ts';
import type { BundleProblemCode } from '../src/verification/bundle/problems.ts';
import { openState } from '../src/verification/bundle/state.ts';
import { verifyBundle } from '../src/verification/bundle/verify.ts';
import { policyHash } from '../src/verification/policy.ts';
import { at, type Json, nudged, type Path, withAt, without } from '../test/forgery/edits.ts';
import type { Raw, RawRecord } from '../test/forgery/raw.ts';
import { rollDice } from '../test/model/draw/dice.ts';

/** Of so small a network, a bundle has some dozens of records. */
const LOTS = 60;

type Forged = { readonly path: Path; readonly value?: Json; readonly code: BundleProblemCode };

/** Of the bundle that is there, while it holds; else of a new one. @param path of the file */
export async function bundleVector(path: string): Promise<string> {
  const found = await readFile(path, 'utf8').catch(() => null);
  const kept = found === null ? null : textOf((JSON.parse(found) as { bundle: Raw }).bundle);
  if (kept !== null) return kept;
  const made = textOf((await largeBundle(LOTS)).bundle as Raw);
  if (made === null) throw new Error('The bundle that was made does not hold');
  return made;
}

/** Null where the bundle does not hold. */
function textOf(raw: Raw): string | null {
  const result = verifyBundle(raw);
  if (!result.ok) return null;
  const bundle = bundleJson.parse(raw) as Bundle;
  const { hash, number, time, stateRoot } = readHeader(bundle.header);
  const expected = {
    block: { hash, number, time, stateRoot },
    policy: policyHash(bundle.policy),
    verdict: result.certificate.verdict,
    certificate: keccak256(toUtf8Bytes(canonicalJson(result.certificate as never))),
    statements: openBook(bundle).said.map(({ position, id }) => ({ record: position, id })),
  };
  return `${JSON.stringify({ bundle: raw, expected, words: wordsOf(bundle), forged: forgedOf(raw) }, null, 1)}\n`;
}

function wordsOf(bundle: Bundle): { what: string; slot: Hex; word: Hex }[] {
  const state = openState(readHeader(bundle.header), bundle.ledger.address, bundle.nodes);
  const exploring = explore(openBook(bundle));
  const words: { what: string; slot: Hex; word: Hex }[] = [];
  for (let step = exploring.next(); !step.done; ) {
    const found = step.value.map((slot) => ({ what: slot.what, slot: slot.slot, word: state.word(slot) }));
    words.push(...found);
    step = exploring.next(found.map(({ word }) => word));
  }
  return words;
}

/**
 * One change for each place that a forger may try first; the code is what this verifier tells first, where the block's
 * hash and the policy's are demanded.
 */
function forgedOf(raw: Raw): Forged[] {
  const dice = rollDice(1);
  const records = raw.records as unknown as readonly RawRecord[];
  const last = (type: string) => records.findLastIndex((record) => record.type === type);
  const nudge = (...path: Path): Forged => forged(raw, path, nudged(at(raw, path), dice));
  return [
    nudge('header'),
    nudge('lot'),
    nudge('ledger', 'chainId'),
    nudge('nodes', 0),
    nudge('policy', 'rules', 0, 'question'),
    nudge('records', last('Production'), 'message', 'outputs', 0, 'milligrams'),
    nudge('records', last('Dispatch'), 'signature'),
    nudge('records', last('Production'), 'recordedAt'),
    nudge('records', last('Receipt'), 'message', 'accepted'),
    nudge('records', last('PartyAdmitted'), 'party'),
    forged(raw, ['records', last('Attestation')]),
    forged(raw, ['records', last('Observation')]),
    forged(raw, ['records', last('AuditorAccredited')]),
    forged(raw, ['records', last('FacilityRegistration')]),
  ];
}

function forged(raw: Raw, path: Path, value?: Json): Forged {
  const changed =
    value === undefined
      ? withAt(raw, path.slice(0, -1), (list) => without(list, Number(path.at(-1))))
      : withAt(raw, path, () => value);
  const known = {
    blockHash: readHeader(raw.header as Hex).hash,
    policyHash: policyHash(raw.policy as never),
  };
  const result = verifyBundle(changed, known);
  const code = result.ok ? undefined : result.problems[0]?.code;
  if (code === undefined) throw new Error(`A change at ${path.join('.')} passes`);
  return { path, ...(value !== undefined && { value }), code };
}
