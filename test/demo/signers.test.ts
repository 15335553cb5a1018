import { expect, test } from 'vitest';
import { walletOf } from '../../src/demo/personas.ts';
import { planStory, statementsOf } from '../../src/demo/plan.ts';
import { scopes } from '../../src/protocol/codes.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { authorOf, ledgerDomain } from '../../src/protocol/statements.ts';

const domain = ledgerDomain(31_337, `0x${'ab'.repeat(20)}`);
const statements = statementsOf(planStory({ domain, deployedAt: Date.UTC(2026, 10, 21) / 1000 }));
const ofType = <T extends string>(type: T) => statements.filter(({ statement }) => statement.type === type);

test('whoever signs may: the party’s key of that time, or a delegate of that key within its scope', () => {
  const keys = new Map<Hex, Hex>();
  const delegated = new Map<string, number>();
  const others: string[] = [];
  for (const { name, key, statement } of statements) {
    const [author, signer] = [authorOf(statement), hex(walletOf(key).address)];
    const isOwn = signer === (keys.get(author) ?? author);
    if (!isOwn) others.push(statement.type);
    const scope = delegated.get(`${author} ${signer}`) ?? 0;
    if (statement.type === 'Production') expect(isOwn || (scope & scopes.production) !== 0, name).toBe(true);
    else if (statement.type === 'Observation') expect(scope & scopes.observation, name).not.toBe(0);
    else expect(isOwn, name).toBe(true);
    if (statement.type === 'KeyReplacement') keys.set(author, statement.message.key);
    if (statement.type === 'Delegation')
      delegated.set(`${author} ${statement.message.delegate}`, statement.message.scope);
  }
  expect(others).toContain('Production');
  expect(others).toContain('Observation');
});

test('a party signs before and after it replaced its key', () => {
  const [replacement] = ofType('KeyReplacement');
  if (!replacement) throw new Error('Nobody replaces a key');
  const at = statements.indexOf(replacement);
  const keyOf = (steps: typeof statements) =>
    new Set(steps.filter(({ persona }) => persona === replacement.persona).map(({ key }) => key));
  expect([...keyOf(statements.slice(0, at))]).toEqual(['perameri']);
  expect([...keyOf(statements.slice(at + 1))]).toEqual(['perameri/second']);
});

test('every log begins with nothing, and each observation follows the one before', () => {
  const tails = new Map<string, Hex>();
  for (const { name, id, statement } of statements) {
    if (statement.type !== 'Observation') continue;
    const { observer, device, subject, previous } = statement.message;
    const log = [observer, device, subject].join(' ');
    expect(previous, name).toBe(tails.get(log) ?? ZERO_BYTES32);
    expect(statements.some((step) => step.id === subject && step.statement.type === 'Dispatch')).toBe(true);
    tails.set(log, id);
  }
  expect(tails.size).toBe(3);
  expect(ofType('Observation')).toHaveLength(6);
});

test('what was mistyped is corrected, and registered again with a tenth of its mass', () => {
  const [correction] = ofType('Correction');
  const named = correction?.statement.type === 'Correction' ? correction.statement.message.production : null;
  const wrong = statements.find(({ id }) => id === named);
  const right = statements.find(({ name }) => wrong?.name.startsWith(`${name},`));
  const massOf = (step: typeof wrong) =>
    step?.statement.type === 'Production' ? step.statement.message.outputs[0]?.milligrams : undefined;
  expect(massOf(wrong)).toBe((massOf(right) ?? 0n) * 10n);
});
