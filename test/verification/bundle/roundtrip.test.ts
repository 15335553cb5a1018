import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBundle } from '../../../src/verification/bundle/verify.ts';
import { type Story, tellStory } from '../../api/story.ts';
import { startTestService, type TestService } from '../../support/service.ts';

let service: TestService;
let story: Story;
beforeAll(async () => {
  service = await startTestService();
  story = await tellStory(service);
}, 120_000);
afterAll(() => service.stop());

test.each(['held', 'moving', 'received', 'spent', 'voided'] as const)('%s', async (which) => {
  const { lot } = story[which];
  const bundle = await service.get<never>(`/v1/lots/${lot}/bundle`);
  expect(bundle.status, JSON.stringify(bundle.body).slice(0, 500)).toBe(200);
  const result = verifyBundle(bundle.body);
  expect(result.ok ? [] : result.problems).toEqual([]);
  const certificate = await service.get<object>(`/v1/lots/${lot}/certificate`);
  expect(result.ok && result.certificate).toEqual(certificate.body);
  console.log(JSON.stringify(bundle.body).length, result.ok && result.trusted, result.ok && result.proven);
});
