import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sealedContentJson } from '../../src/verification/sealed/content.ts';
import { sealProblemCodes } from '../../src/verification/sealed/problems.ts';

test('docs/sealed.md explains every code, and every field that is sealed', async () => {
  const text = await readFile('docs/sealed.md', 'utf8');
  const told = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code ?? '');
  expect(told.filter((code) => code.includes('-'))).toEqual([...sealProblemCodes]);
  for (const field of Object.keys(sealedContentJson.shape)) expect(text).toContain(`\`${field}\``);
});
