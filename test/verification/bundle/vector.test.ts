import { readFile } from 'node:fs/promises';
import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/protocol/evidence.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import { ledgerSlots } from '../../../src/verification/bundle/ledger.generated.ts';
import { bundleProblemCodes } from '../../../src/verification/bundle/problems.ts';
import { bundleSteps } from '../../../src/verification/bundle/steps.ts';
import { verifyBundle } from '../../../src/verification/bundle/verify.ts';
import { type Json, type Path, withAt, without } from '../../forgery/edits.ts';
import { type Raw, recordsIn } from '../../forgery/raw.ts';

type Vector = {
  readonly bundle: Raw;
  readonly expected: {
    readonly block: { readonly hash: Hex; readonly number: number; readonly time: number };
    readonly policy: Hex;
    readonly verdict: string;
    readonly certificate: Hex;
  };
  readonly forged: readonly { readonly path: Path; readonly value?: Json; readonly code: string }[];
};

const vector = JSON.parse(await readFile('test/vectors/bundle.json', 'utf8')) as Vector;
const { bundle, expected, forged } = vector;
const known = { blockHash: expected.block.hash, policyHash: expected.policy };

describe('the vector', () => {
  test('passes, and gives its certificate', () => {
    const result = verifyBundle(bundle, known);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.block).toMatchObject({ hash: expected.block.hash, number: expected.block.number });
    expect(result.certificate.verdict).toBe(expected.verdict);
    expect(keccak256(toUtf8Bytes(canonicalJson(result.certificate as never)))).toBe(expected.certificate);
  });

  test.each(forged.map((one) => [one.path.join('.'), one] as const))(
    'changed at %s does not',
    (_at, { path, value, code }) => {
      const changed =
        value === undefined
          ? withAt(bundle, path.slice(0, -1), (list) => without(list, Number(path.at(-1))))
          : withAt(bundle, path, () => value);
      const result = verifyBundle(changed, known);
      expect(result.ok ? null : result.problems[0]?.code).toBe(code);
    },
  );

  test('tells how far it is, up to the end', () => {
    const seen: number[] = [];
    verifyBundle(bundle, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test('tells each step as it ends, and how many problems there were until then', () => {
    const seen: [string, number][] = [];
    verifyBundle(bundle, { onStep: (step, problems) => seen.push([step, problems]) });
    expect(seen).toEqual(bundleSteps.map((step) => [step, 0]));
    seen.length = 0;
    const last = recordsIn(bundle).findLastIndex(({ type }) => type === 'Attestation');
    const hushed = withAt(bundle, ['records'], (records) => without(records, last));
    verifyBundle(hushed, { onStep: (step, problems) => seen.push([step, problems]) });
    expect(seen.find(([, problems]) => problems > 0)?.[0]).toBe('sayings');
    expect(seen.map(([step]) => step)).not.toContain('certificate');
  });

  test('is under the policy that the caller has, where one is given', () => {
    const policy = { ...(bundle.policy as never as { rules: never[] }), id: 'own', rules: [] };
    const result = verifyBundle(bundle, { policy: policy as never });
    expect(result).toMatchObject({ ok: true, certificate: { policy: { id: 'own' }, rules: [] } });
  });
});

describe('whatever is given', () => {
  const attested = recordsIn(bundle).findIndex(({ type }) => type === 'Attestation');
  const scheme = ['records', attested, 'message', 'scheme'];
  const deep = (levels: number): Json => (levels === 0 ? 0 : [deep(levels - 1)]);
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 7],
    ['a list', []],
    ['an empty object', {}],
    ['another format', { ...bundle, format: 'lodebook-bundle/2' }],
    ['a field too many', { ...bundle, more: 1 }],
    [
      'values nested without end',
      { ...bundle, documents: [{ root: bundle.lot, fields: [{ value: deep(3_000) }] }] },
    ],
    [
      'fields without end',
      {
        ...bundle,
        documents: [
          {
            root: bundle.lot,
            fields: Array(20_001).fill({ path: 'a', value: 1, salt: bundle.lot, proof: [] }),
          },
        ],
      },
    ],
    ['half a character where text is hashed', withAt(bundle, scheme, () => '\ud800')],
    [
      'half a character as the name of a field',
      {
        ...bundle,
        documents: [
          { root: bundle.lot, fields: [{ path: '\ud800', value: 1, salt: bundle.lot, proof: [] }] },
        ],
      },
    ],
    ['records without end', { ...bundle, records: Array(25_001).fill((bundle.records as Json[])[0]) }],
  ])('%s is malformed, and never thrown at', (_what, input) => {
    const result = verifyBundle(input);
    expect(result.ok ? null : result.problems[0]?.code).toBe('bundle-malformed');
  });

  test.each(['header', 'nodes', 'records', 'documents', 'lot', 'ledger', 'policy'])(
    'a bundle without %s is',
    (field) => {
      const { [field]: _, ...rest } = bundle;
      expect(verifyBundle(rest)).toMatchObject({
        ok: false,
        problems: [{ code: 'bundle-malformed', at: field }],
      });
    },
  );

  test('a bundle whose lists are empty says what it lacks', () => {
    expect(verifyBundle({ ...bundle, nodes: [] })).toMatchObject({ problems: [{ code: 'proof-missing' }] });
    expect(verifyBundle({ ...bundle, records: [] })).toMatchObject({
      problems: [{ code: 'statement-missing' }],
    });
  });
});

test('docs/verification.md explains every code, and has every slot', async () => {
  const text = await readFile('docs/verification.md', 'utf8');
  const told = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  expect(
    told.filter(
      (code) =>
        !['format', 'ledger', 'lot', 'policy', 'header', 'records', 'documents', 'nodes'].includes(
          code ?? '',
        ),
    ),
  ).toEqual([...bundleProblemCodes]);
  const slots = [...text.matchAll(/^\| [a-z]+ \| (\d+) \|/gm)].map(([, slot]) => Number(slot));
  expect(slots).toEqual(Object.values(ledgerSlots));
});
