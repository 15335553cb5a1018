import type { Hex } from '../../src/protocol/hex.ts';
import type { Domain } from '../../src/protocol/statements.ts';
import { type Dice, rollDice } from '../../test/model/draw/dice.ts';
import { materials } from './lots.ts';
import { type Audit, auditorsOf, auditsOf, BEGIN, END, type Role, type Site, sitesOf } from './sites.ts';
import { birthsInTurn, type Stage, stages, type Turn, type World } from './turns.ts';
import { type Act, SCHEME, type Step, Voice } from './voice.ts';

/**
 * - `lots`: how many are born, about; from 1,000 to 1,000,000
 * - `seed`: the same seed gives the same network
 * - `perStatement`: lots in a mine's production, and on its way to the smelter; 100 unless the network is too small
 * - `sites`: a chain of supply has some dozens of sites, however many lots pass them
 * - `evidence`: that of each statement in turn; without it, 32 bytes that stand for no document
 */
export type NetworkOptions = {
  readonly lots: number;
  readonly seed?: number;
  readonly perStatement?: number;
  readonly sites?: number;
  readonly evidence?: () => Hex;
};

const SITES = 40;
const MOST_PER_STATEMENT = 100;
/** One turn in so many starts at a recycler. */
const RECYCLING = 8;
/**
 * One turn in so many goes by the sites whose attestations lapse, and by no other: so that the rest has lots with long
 * histories in which nothing does.
 */
const LAPSING = 10;
/** Refining is concentrated: the first smelter of a chain has all but one in so many of its deliveries, and of the rest a part. */
const ELSEWHERE = 10;
/** Milligrams in a year. */
const QUOTA = 2n ** 62n;

/**
 * A supply network as steps in the order of time: mines, smelters that blend all deliveries into a rolling stock, makers,
 * assemblers, recyclers; sites that are audited year by year. Pure: it follows from the options and the ledger's domain.
 */
export function* planNetwork(options: NetworkOptions, domain: Domain): Generator<Step> {
  const { lots, seed = 1, sites: siteCount = SITES } = options;
  const perStatement =
    options.perStatement ?? Math.max(4, Math.min(MOST_PER_STATEMENT, Math.floor(lots / 40)));
  const dice = rollDice(seed);
  const world = { voice: new Voice(domain, dice, options.evidence), dice, perStatement };
  const sites = sitesOf(siteCount, dice);
  const auditors = auditorsOf();
  yield* beginning(world, sites);
  const audits = auditsOf(sites, auditors, dice);
  const turns = Math.ceil(lots / birthsInTurn(perStatement));
  const begin = (): Turn => ({ ...wayOf(sites, dice), auditor: dice.pick(auditors), lots: [], sent: null });
  yield* history(world, { turns, begin, audits });
}

function* beginning({ voice }: World, sites: Site[]): Generator<Step> {
  for (const { party } of [...sites, ...auditorsOf().map((auditor) => ({ party: auditor }))])
    yield admission(party.address);
  for (const site of sites) {
    const step = voice.registration(site, BEGIN);
    site.facility = step.id;
    yield step;
  }
  for (const { address } of auditorsOf()) yield accreditation(address);
  for (const site of sites) yield* quotas(site);
}

type History = {
  readonly turns: number;
  readonly begin: () => Turn;
  readonly audits: readonly Audit[];
};

/** Turns begin at equal distances and overlap: a stage of a turn falls into the slot of a later one. */
function* history(world: World, { turns, begin, audits }: History): Generator<Step> {
  const slot = Math.floor((END - BEGIN) / turns);
  const due = stages.map((stage) => placed(stage, slot)).sort((a, b) => a.offset - b.offset);
  const last = Math.max(...due.map(({ lag }) => lag));
  const open = new Map<number, Turn>();
  const unsaid = [...audits].reverse();
  for (let index = 0; index < turns + last; index += 1) {
    if (index < turns) open.set(index, begin());
    for (const { stage, lag, offset } of due) {
      const turn = open.get(index - lag);
      const at = BEGIN + index * slot + offset;
      while ((unsaid.at(-1)?.at ?? Number.POSITIVE_INFINITY) <= at)
        yield world.voice.siteAudit(unsaid.pop() as Audit);
      if (turn) yield* stage.run(world, turn, at);
    }
    open.delete(index - last);
  }
}

/** How many slots later a stage comes, and how far into the slot. */
function placed(stage: Stage, slot: number): { stage: Stage; lag: number; offset: number } {
  const lag = Math.floor(stage.after / slot);
  return { stage, lag, offset: stage.after - lag * slot };
}

function wayOf(sites: readonly Site[], dice: Dice): Pick<Turn, 'source' | 'smelter' | 'maker' | 'assembler'> {
  const lapses = dice.int(1, LAPSING) === 1;
  const oneOf = (role: Role): Site => {
    const all = sites.filter((site) => site.role === role);
    const own = all.filter((site) => site.lapses === lapses);
    return dice.pick(own.length > 0 ? own : all);
  };
  const smelterOf = (): Site => {
    const own = sites.filter((site) => site.role === 'smelter' && site.lapses === lapses);
    return own[0] && dice.int(1, ELSEWHERE) > 1 ? own[0] : oneOf('smelter');
  };
  const source = oneOf(dice.int(1, RECYCLING) === 1 ? 'recycler' : 'mine');
  return { source, smelter: smelterOf(), maker: oneOf('maker'), assembler: oneOf('assembler') };
}

function admission(party: Site['party']['address']): Step {
  const evidence = party.padEnd(66, '0') as Site['facility'];
  return role('registrar', 'admit', [party, evidence], { kind: 'party', act: 'admit', party, evidence });
}

function accreditation(auditor: Site['party']['address']): Step {
  const evidence = auditor.padEnd(66, '1') as Site['facility'];
  const event = { kind: 'accreditation', act: 'accredit', auditor, scheme: SCHEME, evidence } as const;
  return role('accreditor', 'accredit', [auditor, SCHEME, evidence], event);
}

function* quotas({ role: kind, facility }: Site): Generator<Step> {
  if (kind !== 'mine' && kind !== 'recycler') return;
  const recycled = kind === 'recycler';
  const [from, until] = [BEGIN, END].map((time) => new Date(time * 1000).getUTCFullYear()) as [
    number,
    number,
  ];
  for (let year = from; year <= until; year += 1)
    for (const material of materials) {
      const event = {
        kind: 'quota',
        facility,
        material,
        recycled,
        year,
        milligrams: QUOTA,
        evidence: facility,
      } as const;
      yield role('registrar', 'grantQuota', [facility, material, recycled, year, QUOTA, facility], event);
    }
}

function role(by: Act['by'], method: string, values: readonly unknown[], event: Act['event']): Step {
  return { kind: 'act', at: BEGIN, by, method, values, event };
}
