import { facilityKinds, scopes } from '../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Birth, birthsOf } from '../../src/protocol/lots.ts';
import { type Content, type Statement, statementId } from '../../src/protocol/statements.ts';
import { type Account, account } from '../support/accounts.ts';
import { correction, delegation } from '../support/key-statements.ts';
import type { TestService } from '../support/service.ts';
import { admit } from '../support/service.ts';
import {
  dispatch,
  facilityRegistration,
  output,
  production,
  receipt,
  seconds,
} from '../support/statements.ts';

/** The people, sites, lots and attestations that the API's tests act on. */
export type Story = Awaited<ReturnType<typeof tellStory>>;

export type StoryLot = Birth & { readonly lot: Hex; readonly head: Hex };

export const COBALT = 27;
export const GRAM = 1_000n;
export const SCHEME = 'RMAP';

export function cobalt(milligrams: bigint, recycled = false): Content {
  return { material: COBALT, recycled, milligrams };
}

/**
 * A mine with a quota of 1 kg of cobalt, a smelter, a store; `held` and `other` at the mine, `moving` in transit to
 * the smelter (recall from tomorrow), `received` at the smelter, `spent`; an audit of the mine by an accredited auditor.
 */
export async function tellStory(service: TestService) {
  const people = await castOf(service);
  const { miner, smelter, auditor } = people;
  const facility = async (who: Account, kind: number) =>
    (await service.record(facilityRegistration(who.address, { kind }), who)).id;
  const mine = await facility(miner, facilityKinds.mine);
  const plant = await facility(smelter, facilityKinds['smelter-or-refiner']);
  const year = new Date().getUTCFullYear();
  const quota = { act: 'grant-quota', material: COBALT, recycled: false, evidence: ZERO_BYTES32 } as const;
  for (const each of [year - 1, year])
    await service.act({ ...quota, facility: mine, year: each, milligrams: 1_000n * GRAM });
  const origin = production(
    { custodian: miner.address, facility: mine },
    Array.from({ length: 5 }, (_, index) => output(100n * GRAM, [cobalt(BigInt(index + 1) * GRAM)])),
    { process: 'extract', occurredAt: seconds() - 86_400 },
  );
  const born = birthsOf(statementId(service.domain, origin), origin.message.outputs);
  await service.record(origin, miner);
  const [held, other, moving, received, spent] = born.map((birth) => ({ ...birth, head: birth.lot }));
  if (!held || !other || !moving || !received || !spent) throw new Error('The story has five lots');
  const route = { consignor: miner.address, consignee: smelter.address, from: mine, to: plant };
  const heads = [moving, received].map(({ lot, head }) => ({ lot, head }));
  const shipped = await service.record(dispatch(route, heads), miner);
  const arrived = await service.record(receipt(smelter.address, shipped.id, [received.lot]), smelter);
  const { custodian, facility: at } = { custodian: miner.address, facility: mine };
  const retirement = production({ custodian, facility: at }, [], {
    process: 'retire',
    inputs: [{ lot: spent.lot, head: spent.head }],
  });
  await service.record(retirement, miner);
  const audit = await service.record(attestation(auditor, mine), auditor);
  const beside = await besideCustody(service, people, mine);
  return {
    ...{ service, ...people, mine, plant, route, year },
    ...{ held, other, spent, ...beside },
    moving: { ...moving, head: shipped.id },
    received: { ...received, head: arrived.id },
    ...{ shipped: shipped.id, origin: born[0]?.production as Hex, audit: audit.id },
  };
}

/** A production that was corrected, one that may be, and two delegates of the miner: one of them was dismissed. */
async function besideCustody(
  service: TestService,
  { miner, phone, dismissed }: Record<'miner' | 'phone' | 'dismissed', Account>,
  facility: Hex,
) {
  const declared = (milligrams: bigint) =>
    production({ custodian: miner.address, facility }, [output(milligrams)]);
  const wrong = declared(7n);
  const [voided] = birthsOf(statementId(service.domain, wrong), wrong.message.outputs) as [StoryLot];
  const undone = (await service.record(wrong, miner)).id;
  await service.record(correction(miner.address, undone), miner);
  const spare = (await service.record(declared(8n), miner)).id;
  const to = (who: Account, fields: Parameters<typeof delegation>[2]) =>
    service.record(delegation(miner.address, who.address, fields), miner);
  await to(phone, { scope: scopes.dispatch + scopes.receipt });
  await to(dismissed, {});
  await to(dismissed, { validUntil: 0, issuedAt: seconds() + 1 });
  return { undone, spare, voided: { lot: voided.lot, head: voided.lot } };
}

/** A year from yesterday on, conformant, unless told otherwise. */
export function attestation(
  auditor: Account,
  subject: Hex,
  fields: Partial<Extract<Statement, { type: 'Attestation' }>['message']> = {},
): Statement & { type: 'Attestation' } {
  const from = seconds() - 86_400;
  const validity = { validFrom: from, validUntil: from + 365 * 86_400 };
  const rest = { scheme: SCHEME, outcome: 1, evidence: ZERO_BYTES32, recordBy: seconds() + 86_400 };
  return {
    type: 'Attestation',
    message: { auditor: auditor.address, subject, ...validity, ...rest, ...fields },
  };
}

async function castOf(service: TestService) {
  const [miner, smelter, auditor, suspended] = (await admit(
    service,
    'miner',
    'smelter',
    'auditor',
    'suspended',
  )) as [Account, Account, Account, Account];
  await service.act({ act: 'suspend', party: suspended.address, evidence: ZERO_BYTES32 });
  await service.act({ act: 'accredit', auditor: auditor.address, scheme: SCHEME, evidence: ZERO_BYTES32 });
  const others = { stranger: account('stranger'), phone: account('phone'), dismissed: account('dismissed') };
  return { miner, smelter, auditor, suspended, ...others };
}
