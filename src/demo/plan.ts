import type { Hex } from '../protocol/hex.ts';
import type { Domain } from '../protocol/statements.ts';
import { siteAudits } from './acts/audits.ts';
import {
  anodePerBatch,
  type Batch,
  type CellRun,
  cathode,
  cells,
  needed,
  partWith,
  precursor,
} from './acts/cells.ts';
import { graphiteFromBalama } from './acts/graphite.ts';
import { delegate, replaceKey } from './acts/keys.ts';
import { lithiumFromAtacama, lithiumFromAustralia } from './acts/lithium.ts';
import { cobaltFromLualaba } from './acts/lualaba.ts';
import { manganeseFromKalahari } from './acts/manganese.ts';
import { deliver, dispatch, named, split } from './acts/moves.ts';
import { declaredNickel, nickelFromFinland, nickelFromSulawesi } from './acts/nickel.ts';
import { pack } from './acts/packs.ts';
import { admissions, grants, registrations, suspension } from './acts/parties.ts';
import { blackMassFromWaste, scrapToBlackMass } from './acts/recycler.ts';
import { cobaltThroughChina, cobaltThroughFinland, openingStock } from './acts/refining.ts';
import { Book } from './book.ts';
import type { Lot } from './drafts.ts';
import { mass } from './quantities.ts';
import type { ActStep, StatementStep, Step } from './steps.ts';

/** A ledger, and the time of its deployment's block in Unix seconds: together they decide every id of the story. */
export type StoryGround = { readonly domain: Domain; readonly deployedAt: number };

/**
 * The whole story. Acts and registrations come in the order of who may do what; the statements after them in the
 * order of their times, so that what a statement extends stands before it.
 */
export type StoryPlan = {
  readonly steps: readonly Step[];
  readonly packs: Readonly<Record<Batch, Hex>>;
};

let latest: { readonly ground: string; readonly plan: StoryPlan } | null = null;

/** Writes the story for a ledger, offline. The same ground gives the same plan, byte for byte. Remembers the last. */
export function planStory(ground: StoryGround): StoryPlan {
  const key = JSON.stringify(ground);
  if (latest?.ground !== key) latest = { ground: key, plan: write(ground) };
  return latest.plan;
}

function write({ domain, deployedAt }: StoryGround): StoryPlan {
  const book = new Book(domain, deployedAt);
  admissions(book);
  registrations(book);
  grants(book);
  suspension(book);
  const groundwork = book.steps.length;
  const packs = tell(book);
  const told = book.steps.slice(groundwork) as StatementStep[];
  const steps = [...book.steps.slice(0, groundwork), ...told.toSorted((a, b) => a.at - b.at)];
  return { steps, packs: { A: packs.A.id, B: packs.B.id, C: packs.C.id } };
}

/** The statements of a plan, in order. */
export function statementsOf(plan: StoryPlan): StatementStep[] {
  return plan.steps.filter((step): step is StatementStep => step.kind === 'statement');
}

/** The registrar's and accreditor's acts of a plan, in order. */
export function actsOf(plan: StoryPlan): ActStep[] {
  return plan.steps.filter((step): step is ActStep => step.kind === 'act');
}

function tell(book: Book): Record<Batch, Lot> {
  replaceKey(book, 'perameri', 'perameri/second', 45);
  delegate(book, { party: 'umoja', delegate: 'umoja/phone', scope: ['production'], daysAgo: 79.9 });
  delegate(book, { party: 'tisza', delegate: 'tisza/logger', scope: ['observation'], daysAgo: 30 });
  siteAudits(book);
  const truckloads = cobaltFromLualaba(book);
  const manganese = manganeseFromKalahari(book);
  const chinese = precursorInChina(book, truckloads.slice(2), manganese.china);
  const finnish = precursorInFinland(book, truckloads.slice(0, 2), manganese.finland);
  const lithium = lithiumPerBatch(book);
  const anode = anodePerBatch(book, graphiteFromBalama(book));
  const run = (batch: Batch, precursorLot: Lot, cathodeDaysAgo: number): CellRun => {
    const active = cathode(book, batch, cathodeDaysAgo, [precursorLot, lithium[batch]]);
    return cells(book, batch, cathodeDaysAgo - 3, [active, anode[batch]]);
  };
  const runs = { A: run('A', finnish.A, 18.5), C: run('C', finnish.C, 17.5), B: run('B', chinese, 13) };
  scrapToBlackMass(book, runs.A.scrap);
  return {
    A: pack(book, 'A', 7, runs.A.cells),
    C: pack(book, 'C', 6, runs.C.cells),
    B: pack(book, 'B', 4.5, runs.B.cells),
  };
}

/** Cobalt and nickel through the rolling stock at Quzhou. A second lot of precursor never leaves, and is called back. */
function precursorInChina(book: Book, truckloads: readonly Lot[], manganese: Lot): Lot {
  const { sulphate: nickel, stock } = nickelFromSulawesi(book, openingStock(book));
  const cobalt = cobaltThroughChina(book, truckloads, stock);
  const lots = { 'precursor B': mass('precursorBatch'), 'precursor B, second lot': 2_500_000_000n };
  const [sent, kept] = precursor(book, {
    daysAgo: 32,
    site: 'taihuPlant',
    inputs: [cobalt, nickel, manganese],
    lots,
  });
  if (!sent || !kept) throw new RangeError('The precursor plant in China makes two lots');
  const rail = { from: 'taihuPlant', to: 'odraPlant', mode: 'rail', via: ['KZ', 'RU', 'BY'] } as const;
  deliver(book, { name: 'precursor B by rail to Nysa', ...rail, lots: [sent], left: 31, arrived: 14 });
  const recalled = dispatch(book, {
    name: 'second lot of precursor B by rail',
    ...rail,
    lots: [kept],
    left: 30,
  });
  book.receive(recalled, {
    daysAgo: 25,
    outcome: 'recall',
    papers: { fields: { reason: 'No wagon was found; the lot never left the plant' } },
  });
  return sent;
}

/** Two batches in Finland, with the same cobalt and manganese: one with nickel from Sotkamo, one from declared stock. */
function precursorInFinland(book: Book, truckloads: readonly Lot[], manganese: Lot): { A: Lot; C: Lot } {
  const mined = nickelFromFinland(book);
  const declared = declaredNickel(book);
  const [cobalt, recycled] = cobaltThroughFinland(book, truckloads, blackMassFromWaste(book)) as [Lot, Lot];
  const halves = (whole: Lot, symbol: 'Co' | 'Mn', what: string): Lot[] => {
    const part = partWith(whole, symbol, needed(symbol));
    const parts = { [`${what} for A`]: part, [`${what} for C`]: part };
    return split(book, { site: 'kymiPlant', daysAgo: 28, whole, parts, rest: `${what} in store` });
  };
  const cobalts = halves(cobalt, 'Co', 'cobalt sulphate');
  const manganeses = halves(manganese, 'Mn', 'manganese sulphate');
  const make = (batch: 'A' | 'C', daysAgo: number, index: number, nickel: readonly Lot[]): Lot => {
    const inputs = [named(cobalts, index), named(manganeses, index), ...nickel];
    const lots = { [`precursor ${batch}`]: mass('precursorBatch') };
    return named(precursor(book, { daysAgo, site: 'kymiPlant', inputs, lots }), 0);
  };
  const made = { A: make('A', 27, 0, [mined, recycled]), C: make('C', 26, 1, [declared]) };
  const way = { from: 'kymiPlant', to: 'odraPlant', mode: 'road', via: ['EE', 'LV', 'LT'] } as const;
  deliver(book, { name: 'precursor A to Nysa', ...way, lots: [made.A], left: 25, arrived: 22 });
  deliver(book, { name: 'precursor C to Nysa', ...way, lots: [made.C], left: 24, arrived: 21 });
  return made;
}

/** Carbonate from Chile for A and B, hydroxide from Australia for C. */
function lithiumPerBatch(book: Book): Readonly<Record<Batch, Lot>> {
  const carbonate = lithiumFromAtacama(book);
  const part = partWith(carbonate, 'Li', mass('cathodeLithium'));
  const parts = { 'lithium carbonate for A': part, 'lithium carbonate for B': part };
  const rest = 'lithium carbonate in store at Nysa';
  const [A, B] = split(book, { site: 'odraPlant', daysAgo: 20, whole: carbonate, parts, rest }) as [Lot, Lot];
  return { A, B, C: lithiumFromAustralia(book) };
}
