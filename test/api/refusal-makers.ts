import { randomBytes } from 'node:crypto';
import { type Hex, hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type {
  Dispatch,
  Output,
  Production,
  Receipt,
  Revocation,
  Statement,
} from '../../src/protocol/statements.ts';
import type { Account } from '../support/accounts.ts';
import {
  dispatch,
  facilityRegistration,
  output,
  production,
  receipt,
  seconds,
} from '../support/statements.ts';
import { attestation, cobalt, GRAM, type Story, type StoryLot } from './story.ts';

/** A statement that is refused: what it is, by whom it is signed, and what the API answers. */
export type Refusal = {
  readonly name: string;
  readonly code: string;
  readonly status: number;
  readonly make: (story: Story) => Attempt;
};
type Attempt = {
  readonly statement: Statement;
  readonly signer: Account;
  readonly more?: Record<string, unknown>;
};

export const DAY = 86_400;
export const someId = (): Hex => hex(`0x${randomBytes(32).toString('hex')}`);
export const by = (signer: Account, statement: Statement, more?: Record<string, unknown>): Attempt => ({
  statement,
  signer,
  ...(more && { more }),
});
export const head = ({ lot, head }: StoryLot) => ({ lot, head });

export const registration = (fields: Parameters<typeof facilityRegistration>[1]) => (s: Story) =>
  by(s.miner, facilityRegistration(s.miner.address, fields));

/** 1 g of cobalt mined, but for what is told otherwise. */
export const mined =
  (fields: Parameters<typeof production>[2] = {}, outputs: Output[] = [output(10n * GRAM, [cobalt(GRAM)])]) =>
  (s: Story) =>
    by(
      s.miner,
      production({ custodian: s.miner.address, facility: s.mine }, outputs, {
        process: 'extract',
        ...fields,
      }),
    );

/** The held lot, which has 1 g of cobalt in 100 g, blended, but for what is told otherwise. */
export const blended =
  (fields: (s: Story) => Parameters<typeof production>[2], content = [cobalt(GRAM)]) =>
  (s: Story) => {
    const outputs = [output(100n * GRAM, content)];
    const all = { process: 'blend' as const, inputs: [head(s.held)], ...fields(s) };
    return by(s.miner, production({ custodian: s.miner.address, facility: s.mine }, outputs, all));
  };

export const sent =
  (fields: (s: Story) => Partial<Dispatch> = () => ({})) =>
  (s: Story) =>
    by(s.miner, dispatch(s.route, [head(s.held)], fields(s)));

export const arrived =
  (fields: (s: Story) => Partial<Receipt>, signer: (s: Story) => Account = (s) => s.smelter) =>
  (s: Story) =>
    by(signer(s), receipt(signer(s).address, s.shipped, [s.moving.lot], fields(s)));

export const attested =
  (
    fields: (s: Story) => Parameters<typeof attestation>[2],
    signer: (s: Story) => Account = (s) => s.auditor,
  ) =>
  (s: Story) =>
    by(signer(s), attestation(signer(s), s.plant, fields(s)));

export const revoked =
  (fields: (s: Story) => Partial<Revocation>, signer: (s: Story) => Account = (s) => s.auditor) =>
  (s: Story): Attempt => {
    const times = { effectiveAt: seconds(), recordBy: seconds() + DAY };
    const message = {
      author: signer(s).address,
      attestation: s.audit,
      evidence: ZERO_BYTES32,
      ...times,
      ...fields(s),
    };
    return by(signer(s), { type: 'Revocation', message });
  };

/** Signed by another than the author. */
export const forged = (make: (s: Story) => Attempt) => (s: Story) => ({ ...make(s), signer: s.stranger });
export const late = { recordBy: seconds() - 10 };

export function rows(
  list: readonly [name: string, code: string, status: number, make: Refusal['make']][],
): Refusal[] {
  return list.map(([name, code, status, make]) => ({ name, code, status, make }));
}

export const paper = { fields: [{ path: 'batch', value: 'B-1', salt: `0x${'07'.repeat(32)}` }] };
export const weighed = ({ lot }: { lot: Hex }) => ({ lot, milligrams: 0n });

export function withMessage(attempt: Attempt, fields: Partial<Production>): Attempt {
  const { type, message } = attempt.statement;
  return { ...attempt, statement: { type, message: { ...message, ...fields } } as Statement };
}
