import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPageVerifier, type PageVerifier } from '../../../bench/bundle/browser.ts';
import { verifyBundle } from '../../../src/verification/bundle/verify.ts';
import { withAt, without } from '../../forgery/edits.ts';
import { type Raw, recordsIn } from '../../forgery/raw.ts';

let page: PageVerifier;
beforeAll(async () => {
  page = await openPageVerifier();
}, 120_000);
afterAll(() => page?.close());

test('a real browser with no network says of a bundle what Node says', async () => {
  const { bundle } = JSON.parse(await readFile('test/vectors/bundle.json', 'utf8')) as { bundle: Raw };
  const result = await page.verify(JSON.stringify(bundle));
  expect(result).toMatchObject({ ok: true });
  expect(result).toEqual(verifyBundle(bundle));
  const found = recordsIn(bundle).findLastIndex(({ type }) => type === 'Attestation');
  const hushed = withAt(bundle, ['records'], (records) => without(records, found));
  expect(await page.verify(JSON.stringify(hushed))).toEqual(verifyBundle(hushed));
});
