import { openRpc } from '../../../src/chain/rpc.ts';
import { openSender } from '../../../src/chain/sender.ts';
import { facilityKinds, outcomes, type Process, scopes } from '../../../src/protocol/codes.ts';
import {
  disclose,
  type EvidenceDocument,
  evidenceRoot,
  type JsonValue,
} from '../../../src/protocol/evidence.ts';
import { type Hex, partySubject, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { birthsOf } from '../../../src/protocol/lots.ts';
import { type Output, type Statement, statementId } from '../../../src/protocol/statements.ts';
import { attestation, cobalt, GRAM } from '../../api/story.ts';
import { type Account, account } from '../../support/accounts.ts';
import { publish, registrarOf } from '../../support/disclosures.ts';
import { correction, delegation, keyReplacement, observation } from '../../support/key-statements.ts';
import { admit, type TestService } from '../../support/service.ts';
import { deployAccount } from '../../support/solidity.ts';
import {
  dispatch,
  facilityRegistration,
  output,
  production,
  receipt,
  seconds,
} from '../../support/statements.ts';

const HOUR = 3_600;

/** Whose keys sign: the parties', of their delegates, and of the smart account's owner. */
export const signers = [
  ...['miner', 'smelter', 'auditor', 'checker', 'owner', 'phone', 'sensor'],
  'smelter second key',
] as const;

/** Lots of every status, by what became of them. `pack` has the longest history. */
export type Supply = {
  readonly lots: Readonly<
    Record<'pack' | 'recalled' | 'void' | 'moving' | 'spent' | 'retired' | 'sibling', Hex>
  >;
  readonly alert: Hex;
  readonly mine: Hex;
};

/**
 * A mine, a smelter and a maker, with one of everything that a bundle can hold: delegates, a replaced key, a smart account,
 * corrections, refused and recalled journeys, alerts and their revocations by auditor and registrar, logs of devices,
 * attestations on auditors, an accreditation that was withdrawn, a suspended party, and documents with hidden fields.
 */
export async function supply(service: TestService): Promise<Supply> {
  const [miner, smelter, auditor, checker] = (await admit(service, 'miner', 'auditor', 'checker').then(
    async ([first, second, third]) => [first, await named(service, 'smelter'), second, third],
  )) as [Account, Account, Account, Account];
  const owner = account('owner');
  const maker = await smartAccount(service, owner);
  for (const [who, scheme] of [
    [auditor, 'RMAP'],
    [checker, 'IRMA'],
  ] as const)
    await service.act({ act: 'accredit', auditor: who.address, scheme, evidence: ZERO_BYTES32 });
  const [phone, sensor, second] = [account('phone'), account('sensor'), account('smelter second key')];
  const site = document({ name: 'Mutoshi', coordinates: [-10.7, 25.4] }, ['coordinates']);
  const say = async (statement: Statement, by: Account, evidence: readonly EvidenceDocument[] = []) =>
    (await service.record(statement, by, { evidence })).id;
  const mine = await say(facilityRegistration(miner.address, { evidence: site.root }), miner, [site.shown]);
  const plant = await say(
    facilityRegistration(smelter.address, { kind: facilityKinds['smelter-or-refiner'], country: 246 }),
    smelter,
  );
  const works = await say(
    facilityRegistration(maker, { kind: facilityKinds.manufacturer, country: 276 }),
    owner,
  );
  await quota(service, mine);
  await say(delegation(miner.address, phone.address, { scope: scopes.dispatch }), miner);
  await say(delegation(miner.address, sensor.address, { scope: scopes.observation }), miner);
  const alert = await audits({ service, say }, { miner, auditor, checker, mine, plant });

  const makes = async (who: Hex, facility: Hex, by: Account, making: Making) => {
    const { process, inputs = [], outputs, hoursAgo } = making;
    const statement = production({ custodian: who, facility }, outputs, {
      process,
      inputs: await headsOf(service, inputs),
      occurredAt: ago(hoursAgo),
    });
    const lots = birthsOf(statementId(service.domain, statement), outputs).map(({ lot }) => lot);
    return { id: await say(statement, by), lots };
  };
  const grams = (mass: bigint) => output(10n * mass * GRAM, [cobalt(mass * GRAM)]);
  const mined = await makes(miner.address, mine, miner, {
    process: 'extract',
    outputs: [grams(10n), grams(20n), grams(30n)],
    hoursAgo: 60,
  });
  const [first, other, sibling] = mined.lots as [Hex, Hex, Hex];
  const papers = document({ transitCountries: [894, 710], carrier: 'secret' }, ['carrier']);
  const sent = await say(
    dispatch(
      { consignor: miner.address, consignee: smelter.address, from: mine, to: plant },
      await headsOf(service, [first, other]),
      { occurredAt: ago(50), evidence: papers.root },
    ),
    phone,
    [papers.shown],
  );
  await readings({ service, say }, { miner, sensor, smelter, sent, mine });
  const weighed = [
    { lot: first, milligrams: 99n * GRAM },
    { lot: other, milligrams: 0n },
  ];
  const hidden = document({ note: 'secret' }, ['note']);
  const arrived = { lots: weighed, occurredAt: ago(40), evidence: hidden.root };
  await say(receipt(smelter.address, sent, [], arrived), smelter, [hidden.shown]);
  const wrong = await makes(smelter.address, plant, smelter, {
    process: 'smelt',
    inputs: [first, other],
    outputs: [grams(29n)],
    hoursAgo: 30,
  });
  await say(correction(smelter.address, wrong.id, { occurredAt: ago(29) }), smelter);
  await say(keyReplacement(smelter.address, second.address), smelter);
  const smelted = await makes(smelter.address, plant, second, {
    process: 'smelt',
    inputs: [first, other],
    outputs: [grams(15n), grams(10n), grams(2n)],
    hoursAgo: 28,
  });
  const [ingot, moving, scrap] = smelted.lots as [Hex, Hex, Hex];
  const route = { consignor: smelter.address, consignee: maker, from: plant, to: works };
  const carry = async (lot: Hex, hoursAgo: number) =>
    say(
      dispatch(route, await headsOf(service, [lot]), {
        occurredAt: ago(hoursAgo),
        recallFrom: ago(-24),
        evidence: hidden.root,
      }),
      second,
    );
  const refused = await carry(ingot, 27);
  await say(receipt(maker, refused, [ingot], { accepted: false, occurredAt: ago(26) }), owner);
  await say(receipt(maker, await carry(ingot, 25), [ingot], { occurredAt: ago(24) }), owner);
  const made = await makes(maker, works, owner, {
    process: 'manufacture',
    inputs: [ingot],
    outputs: [grams(10n), grams(4n)],
    hoursAgo: 20,
  });
  const [pack, recalled] = made.lots as [Hex, Hex];
  const back = await say(
    dispatch(
      { consignor: maker, consignee: smelter.address, from: works, to: plant },
      await headsOf(service, [recalled]),
      { occurredAt: ago(19), recallFrom: ago(18) },
    ),
    owner,
  );
  await say(receipt(maker, back, [recalled], { accepted: false, occurredAt: ago(17) }), owner);
  const split = await makes(smelter.address, plant, second, {
    process: 'split',
    inputs: [moving],
    outputs: [grams(5n), grams(5n)],
    hoursAgo: 16,
  });
  await say(correction(smelter.address, split.id, { occurredAt: ago(15) }), second);
  await carry(moving, 14);
  await makes(smelter.address, plant, second, {
    process: 'retire',
    inputs: [scrap],
    outputs: [],
    hoursAgo: 13,
  });
  await service.act({ act: 'withdraw', auditor: checker.address, scheme: 'IRMA', evidence: ZERO_BYTES32 });
  await service.act({ act: 'suspend', party: miner.address, evidence: ZERO_BYTES32 });
  const [voided = '0x'] = split.lots;
  const lots = { pack, recalled, void: voided, moving, spent: first, retired: scrap, sibling };
  return { lots, alert, mine };
}

type Making = {
  readonly process: Process;
  readonly inputs?: readonly Hex[];
  readonly outputs: readonly Output[];
  readonly hoursAgo: number;
};
type Say = (statement: Statement, by: Account, evidence?: readonly EvidenceDocument[]) => Promise<Hex>;
type Desk = { readonly service: TestService; readonly say: Say };

const ago = (hours: number): number => START - hours * HOUR;
const START = seconds();

async function named(service: TestService, name: string): Promise<Account> {
  const who = account(name);
  const papers = document({ legalName: 'Smelter Oy', lei: 'secret' }, ['lei']);
  await service.act({ act: 'admit', party: who.address, evidence: papers.root });
  const { status } = await publish(service, registrarOf(service), papers.shown);
  if (status !== 200) throw new Error(`POST /v1/evidence answered ${status}`);
  return who;
}

async function smartAccount(service: TestService, owner: Account): Promise<Hex> {
  const sender = openSender(openRpc(service.chainUrl), service.identity.chainId, service.keys.registrar);
  const address = await deployAccount(sender, 'Owned', owner.address);
  await service.act({ act: 'admit', party: address, evidence: ZERO_BYTES32 });
  return address;
}

async function quota(service: TestService, facility: Hex): Promise<void> {
  const year = new Date().getUTCFullYear();
  const grant = {
    act: 'grant-quota',
    facility,
    material: 27,
    recycled: false,
    evidence: ZERO_BYTES32,
  } as const;
  for (const of of [year - 1, year]) await service.act({ ...grant, year: of, milligrams: 1_000n * GRAM });
}

type Audited = Record<'miner' | 'auditor' | 'checker', Account> & { readonly mine: Hex; readonly plant: Hex };

/** @returns the alert on the mine that stays open */
async function audits({ service, say }: Desk, cast: Audited): Promise<Hex> {
  const { miner, auditor, checker, mine, plant } = cast;
  const irma = { scheme: 'IRMA', recordBy: seconds() + 86_400 };
  await say(attestation(auditor, plant), auditor);
  await say(attestation(auditor, partySubject(miner.address)), auditor);
  await say(attestation(checker, partySubject(auditor.address), irma), checker);
  const withdrawn = await say(attestation(checker, mine, { ...irma, outcome: outcomes.alert }), checker);
  await say(revocation(checker.address, withdrawn, ago(1)), checker);
  const ended = await say(
    attestation(checker, plant, { ...irma, outcome: outcomes['non-conformant'] }),
    checker,
  );
  const registrar = registrarOf(service);
  await say(revocation(registrar.address, ended, ago(2)), registrar);
  return say(attestation(checker, mine, { ...irma, outcome: outcomes.alert, validFrom: ago(70) }), checker);
}

function revocation(author: Hex, attestation: Hex, effectiveAt: number): Statement {
  const message = { author, attestation, effectiveAt, evidence: ZERO_BYTES32, recordBy: seconds() + 86_400 };
  return { type: 'Revocation', message };
}

type Watched = Record<'miner' | 'sensor' | 'smelter', Account> & { readonly sent: Hex; readonly mine: Hex };

async function readings({ say }: Desk, { miner, sensor, smelter, sent, mine }: Watched): Promise<void> {
  const log = { observer: miner.address, device: sensor.address, subject: sent };
  const alarm = document({ 'concern.kind': 'alert', 'concern.summary': 'It got wet' }, []);
  const previous = await say(observation(log, { evidence: alarm.root }), sensor, [alarm.shown]);
  await say(observation(log, { previous, root: `0x${'6d'.repeat(32)}` }), sensor);
  const visit = { observer: smelter.address, device: smelter.address, subject: mine };
  const dust = document({ 'concern.kind': 'grievance', 'concern.summary': 'Dust', name: 'secret' }, ['name']);
  const seen = observation(visit, { root: ZERO_BYTES32, count: 0, evidence: dust.root });
  await say(seen, smelter, [dust.shown]);
}

async function headsOf(service: TestService, lots: readonly Hex[]): Promise<{ lot: Hex; head: Hex }[]> {
  return Promise.all(
    lots.map(async (lot) => ({ lot, head: (await service.get<{ head: Hex }>(`/v1/lots/${lot}`)).body.head })),
  );
}

/** A document with its root, and as it is uploaded: what is hidden as hashes. */
function document(values: Readonly<Record<string, JsonValue>>, hidden: readonly string[]) {
  const fields = Object.entries(values).map(([path, value], index) => ({
    path,
    value,
    salt: `0x${String(index + 1).padStart(64, '0')}` as Hex,
  }));
  return {
    root: evidenceRoot({ fields }),
    shown: disclose(
      { fields },
      Object.keys(values).filter((path) => !hidden.includes(path)),
    ),
  };
}
