import { AbiCoder } from 'ethers/abi';
import {
  custodyModels,
  type FacilityKind,
  facilityKinds,
  outcomes,
  type Process,
  processes,
  scopes,
  transportModes,
} from '../src/protocol/codes.ts';
import { type Hex, hex } from '../src/protocol/hex.ts';
import type { Dispatch, LotHead, Output, Production, Statement, Struct } from '../src/protocol/statements.ts';
import { type Account, account, seeded } from './chain.ts';
import { type BenchLedger, relayer } from './ledger.ts';
import { compile } from './solidity.ts';

const COBALT = 27;
const YEAR = 2026;
const CONGO = 180;
const FINLAND = 246;
const COBALT_HYDROXIDE = 282200;
const DAY = 86_400;
const TONNE = 1_000_000_000n;
const SCHEME = 'RMAP';

/** Someone who may sign, and a site of theirs. `wallet` holds the key, `address` is the party. */
export type Party = Account & { readonly facility: Hex };

/** The parties whose statements are measured, and what they say. Evidence is always set, masses are weighed. */
export class Story {
  readonly ledger: BenchLedger;
  readonly miner: Party;
  readonly refiner: Party;
  readonly auditor: Account = account('auditor');
  readonly sensor: Account = account('sensor');

  private constructor(ledger: BenchLedger, miner: Party, refiner: Party) {
    this.ledger = ledger;
    this.miner = miner;
    this.refiner = refiner;
  }

  /** A mine with a quota, a refiner with a key and a sensor, an auditor with an accreditation. */
  static async begin(ledger: BenchLedger): Promise<Story> {
    const [mining, refining] = [account('miner'), account('refiner')];
    const miner = { ...mining, facility: await settle(ledger, mining, 'mine') };
    const refiner = { ...refining, facility: await settle(ledger, refining, 'smelter-or-refiner') };
    const story = new Story(ledger, miner, refiner);
    await ledger.asRegistrar('admit', story.auditor.address, seeded('auditor'));
    await ledger.accredit(story.auditor.address, SCHEME, seeded('accreditation'));
    await grantQuota(ledger, miner);
    await ledger.send(await ledger.sign(story.delegation(story.sensor.address), miner));
    return story;
  }

  /** A mine like the miner's, whose party is a contract that takes the signatures of its owner (ERC-1271). */
  async smartMiner(): Promise<Party> {
    const { wallet, address: owner } = account('owner of a smart account');
    const code = (await compile('SmartAccount.sol'))('SmartAccount');
    const data = hex(code + AbiCoder.defaultAbiCoder().encode(['address'], [owner]).slice(2));
    const { created: address } = await this.ledger.chain.send({ from: relayer, to: null, data });
    const miner = { wallet, address, facility: await settle(this.ledger, { wallet, address }, 'mine') };
    await grantQuota(this.ledger, miner);
    return miner;
  }

  get #common(): { occurredAt: number; recordBy: number } {
    return { occurredAt: this.ledger.chain.time - 25, recordBy: this.recordBy };
  }

  get recordBy(): number {
    return this.ledger.chain.time + 7 * DAY;
  }

  production(
    { address, facility }: Party,
    process: Process,
    inputs: readonly LotHead[],
    outputs: readonly Output[],
  ): Statement & { type: 'Production' } {
    const message: Production = {
      custodian: address,
      facility,
      process: processes[process],
      custodyModel: custodyModels.segregated,
      inputs: inputs.map(({ lot, head }) => ({ lot, head })),
      outputs,
      evidence: seeded(`${process} of ${inputs.length} to ${outputs.length}`),
      ...this.#common,
    };
    return { type: 'Production', message };
  }

  dispatch(lots: readonly LotHead[]): Statement & { type: 'Dispatch' } {
    const { miner, refiner } = this;
    const message: Dispatch = {
      consignor: miner.address,
      consignee: refiner.address,
      lots: lots.map(({ lot, head }) => ({ lot, head })),
      from: miner.facility,
      to: refiner.facility,
      mode: transportModes.road,
      recallFrom: this.ledger.chain.time + 30 * DAY,
      evidence: seeded(`dispatch of ${lots.length}`),
      ...this.#common,
    };
    return { type: 'Dispatch', message };
  }

  /** Accepted, each lot weighed. */
  receipt(dispatch: Hex, lots: readonly { lot: Hex; output: Output }[]): Statement & { type: 'Receipt' } {
    const message = {
      party: this.refiner.address,
      dispatch,
      lots: lots.map(({ lot, output }) => ({ lot, milligrams: output.milligrams - 1_350_000n })),
      accepted: true,
      evidence: seeded(`receipt of ${lots.length}`),
      ...this.#common,
    };
    return { type: 'Receipt', message };
  }

  correction(production: Hex): Statement & { type: 'Correction' } {
    const message = {
      author: this.refiner.address,
      production,
      evidence: seeded('correction'),
      ...this.#common,
    };
    return { type: 'Correction', message };
  }

  /** A sensor's readings of the last hour. */
  observation(subject: Hex, previous: Hex): Statement & { type: 'Observation' } {
    const message = {
      observer: this.miner.address,
      device: this.sensor.address,
      subject,
      previous,
      root: seeded(`readings after ${previous}`),
      count: 60,
      from: this.ledger.chain.time - 3_625,
      until: this.ledger.chain.time - 25,
      evidence: seeded('sensor'),
      recordBy: this.recordBy,
    };
    return { type: 'Observation', message };
  }

  attestation(subject: Hex, audit: string): Statement & { type: 'Attestation' } {
    const validFrom = this.ledger.chain.time - DAY;
    const message: Struct<'Attestation'> = {
      auditor: this.auditor.address,
      subject,
      scheme: SCHEME,
      outcome: outcomes.conformant,
      validFrom,
      validUntil: validFrom + 365 * DAY,
      evidence: seeded(audit),
      recordBy: this.recordBy,
    };
    return { type: 'Attestation', message };
  }

  delegation(delegate: Hex): Statement & { type: 'Delegation' } {
    const issuedAt = this.ledger.chain.time - 25;
    const times = { validUntil: issuedAt + 365 * DAY, issuedAt, recordBy: this.recordBy };
    return {
      type: 'Delegation',
      message: { party: this.miner.address, delegate, scope: scopes.observation, ...times },
    };
  }
}

/** Drums of cobalt hydroxide of about a tonne, no two alike. */
export function drums(label: string, number: number): Output[] {
  return Array.from({ length: number }, (_, index) => {
    const grams = BigInt(seeded(`${label} ${index}`)) % 20_000n;
    return drum(TONNE + grams * 1_000n, seeded(`assay of ${label} ${index}`));
  });
}

/** Dry content: 30 % cobalt. */
export function drum(milligrams: bigint, evidence: Hex): Output {
  const content = [{ material: COBALT, recycled: false, milligrams: (milligrams * 3n) / 10n }];
  return { commodity: COBALT_HYDROXIDE, milligrams, content, evidence };
}

/** Admits a party and registers a site of its own. @returns the facility */
async function settle(ledger: BenchLedger, party: Account, kind: FacilityKind): Promise<Hex> {
  await ledger.asRegistrar('admit', party.address, seeded(`who ${kind} is`));
  const signed = await ledger.sign(registration(ledger, party.address, kind), party);
  await ledger.send(signed);
  return signed.id;
}

export function registration(
  ledger: BenchLedger,
  operator: Hex,
  kind: FacilityKind,
): Statement & { type: 'FacilityRegistration' } {
  const message = {
    operator,
    kind: facilityKinds[kind],
    country: kind === 'mine' ? CONGO : FINLAND,
    evidence: seeded(`site of ${kind}`),
    recordBy: ledger.chain.time + 7 * DAY,
  };
  return { type: 'FacilityRegistration', message };
}

async function grantQuota(ledger: BenchLedger, { facility }: Party): Promise<void> {
  const granted = [facility, COBALT, false, YEAR, 90_000n * TONNE, seeded('quota')];
  await ledger.asRegistrar('grantQuota', ...granted);
}
