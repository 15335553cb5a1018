import { ZERO_BYTES32 } from '../src/protocol/hex.ts';
import { type Account, account, seeded } from './chain.ts';
import type { Signed } from './ledger.ts';
import { registration, type Story } from './story.ts';
import {
  correcting,
  delivered,
  dispatching,
  type Lot,
  receiving,
  registered,
  registering,
  transforming,
} from './turns.ts';

/** What a figure is divided by, where it is of many. */
export type Share = { readonly of: number; readonly unit: 'lot' | 'statement' };

/**
 * Something that people do on the ledger, and what it uses. Each is measured from the same state.
 * - `share`: the table gives the gas of one of them.
 * - `atMost`: the target, of one of them; `half-of-eas`: half of what an EAS attestation uses in the same run.
 */
export type Operation = {
  readonly name: string;
  readonly share?: Share;
  readonly atMost?: number | 'half-of-eas';
  /** @returns the gas that the transaction, or all of them, used */
  measure(story: Story): Promise<number>;
};

const lots = (of: number): Share => ({ of, unit: 'lot' });
const BATCH = 50;

/** Lots: born, moved, transformed. */
const custody: readonly Operation[] = [
  {
    name: 'register 100 lots',
    share: lots(100),
    atMost: 33_000,
    measure: async (story) => {
      await registered(story, 1);
      return story.ledger.send(await registering(story, 100));
    },
  },
  {
    name: "register 100 lots, the year's first",
    share: lots(100),
    atMost: 33_000,
    measure: async (story) => story.ledger.send(await registering(story, 100)),
  },
  {
    name: 'register 1 lot',
    atMost: 90_000,
    measure: async (story) => {
      await registered(story, 2);
      return story.ledger.send(await registering(story, 1));
    },
  },
  {
    name: 'register 1 lot, signed by a smart account',
    measure: async (story) => {
      const party = await story.smartMiner();
      await story.ledger.send(await registering(story, 2, party));
      return story.ledger.send(await registering(story, 1, party));
    },
  },
  { name: 'dispatch 100 lots', share: lots(100), atMost: 31_000, measure: dispatch(100) },
  { name: 'dispatch 1 lot', atMost: 75_000, measure: dispatch(1) },
  { name: 'receive 100 lots', share: lots(100), atMost: 16_500, measure: receive(100) },
  { name: 'receive 1 lot', atMost: 62_000, measure: receive(1) },
  {
    name: 'transform 10 lots into 2',
    atMost: 290_000,
    measure: async (story) => story.ledger.send(await transforming(story, await delivered(story, 10), 2)),
  },
  {
    name: 'correct that: 10 lots return, 2 are void',
    measure: async (story) => {
      const made = await transforming(story, await delivered(story, 10), 2);
      await story.ledger.send(made);
      return story.ledger.send(await correcting(story, made));
    },
  },
];

/** What is said of sites and journeys. */
const claims: readonly Operation[] = [
  {
    name: 'attest, the first of a subject',
    atMost: 'half-of-eas',
    measure: async (story) => story.ledger.send(await attesting(story, 'first audit')),
  },
  {
    name: 'attest, each further',
    atMost: 'half-of-eas',
    measure: async (story) => {
      await story.ledger.send(await attesting(story, 'first audit'));
      return story.ledger.send(await attesting(story, 'second audit'));
    },
  },
  { name: 'revoke an attestation', measure: revoke },
  {
    name: "observe, a log's first",
    measure: async (story) => story.ledger.send(await observing(story, ZERO_BYTES32)),
  },
  {
    name: 'observe, each further',
    measure: async (story) => {
      const first = await observing(story, ZERO_BYTES32);
      await story.ledger.send(first);
      return story.ledger.send(await observing(story, first.id));
    },
  },
];

/** Who may do what. */
const authority: readonly Operation[] = [
  {
    name: 'register a facility',
    measure: async (story) => {
      const statement = registration(story.ledger, story.miner.address, 'concentrator');
      return story.ledger.send(await story.ledger.sign(statement, story.miner));
    },
  },
  {
    name: 'delegate, to a new delegate',
    measure: async (story) => {
      const { address } = account('clerk');
      return story.ledger.send(await story.ledger.sign(story.delegation(address), story.miner));
    },
  },
  {
    name: 'replace a key',
    measure: async (story) => {
      const { address: party } = story.miner;
      const message = { party, key: account('new key').address, number: 2, recordBy: story.recordBy };
      return story.ledger.send(await story.ledger.sign({ type: 'KeyReplacement', message }, story.miner));
    },
  },
];

const batches: readonly Operation[] = [
  {
    name: `submit ${BATCH} registrations of 1 lot at once`,
    share: { of: BATCH, unit: 'statement' },
    measure: async (story) => {
      await registered(story, 1);
      return story.ledger.submit(await single(story));
    },
  },
  {
    name: `the same ${BATCH} in calls of their own`,
    share: { of: BATCH, unit: 'statement' },
    measure: async (story) => {
      await registered(story, 1);
      let gas = 0;
      for (const statement of await single(story)) gas += await story.ledger.send(statement);
      return gas;
    },
  },
];

export const operations: readonly Operation[] = [...custody, ...claims, ...authority, ...batches];

/** The gas of each operation by its name, in their order. */
export type Measured = Readonly<Record<string, number>>;

export async function measureOperations(story: Story): Promise<Measured> {
  const measured: Record<string, number> = {};
  for (const { name, measure } of operations)
    measured[name] = await story.ledger.chain.apart(() => measure(story));
  return measured;
}

function dispatch(number: number): Operation['measure'] {
  return async (story) => story.ledger.send(await dispatching(story, await registered(story, number)));
}

function receive(number: number): Operation['measure'] {
  return async (story) => {
    const sent: Lot[] = await registered(story, number);
    const dispatch = await dispatching(story, sent);
    await story.ledger.send(dispatch);
    return story.ledger.send(await receiving(story, sent, dispatch));
  };
}

async function revoke(story: Story): Promise<number> {
  const { ledger, auditor, recordBy } = story;
  const attestation = story.attestation(story.miner.facility, 'first audit');
  const { id, data } = await ledger.sign(attestation, auditor);
  await ledger.send({ data });
  const message = {
    author: auditor.address,
    attestation: id,
    effectiveAt: ledger.chain.time - 25,
    evidence: seeded('why revoked'),
    recordBy,
  };
  return ledger.send(await ledger.sign({ type: 'Revocation', message }, auditor, attestation.message));
}

function attesting(story: Story, audit: string): Promise<Signed> {
  return story.ledger.sign(story.attestation(story.miner.facility, audit), story.auditor);
}

function observing(story: Story, previous: Signed['id']): Promise<Signed> {
  const sensor: Account = story.sensor;
  return story.ledger.sign(story.observation(seeded('a journey'), previous), sensor);
}

/** Registrations of one lot each, no two alike. */
async function single(story: Story): Promise<Signed[]> {
  const all = await registering(story, BATCH);
  return Promise.all(
    all.message.outputs.map((output) =>
      story.ledger.sign(story.production(story.miner, 'extract', [], [output]), story.miner, []),
    ),
  );
}
