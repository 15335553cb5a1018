import { expect, test } from 'vitest';
import { reachOf } from '../../src/verification/reach.ts';

const times = { validFrom: 100, validUntil: 200 };

test.each([
  ['an alert counts until it ends', { outcome: 'alert', endsAt: 200 }, [100, 200]],
  ['an alert that was closed, until then', { outcome: 'alert', endsAt: 150 }, [100, 150]],
  ['non-conformance as well', { outcome: 'non-conformant', endsAt: 120 }, [100, 120]],
  ['what rests on one in force', { outcome: 'conformant', endsAt: 200 }, [100, 200]],
  ['what a revoked one no longer covers', { outcome: 'conformant', endsAt: 150 }, [150, 200]],
  ['from its beginning, where it was revoked before', { outcome: 'conformant', endsAt: 50 }, [100, 200]],
] as const)('%s', (_name, attestation, [from, until]) => {
  expect(reachOf({ ...times, ...attestation })).toEqual({ from, until });
});
