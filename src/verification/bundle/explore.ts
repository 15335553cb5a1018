import { type Hex, partySubject, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { authorOf } from '../../protocol/statements.ts';
import { type Book, type Born, faultAt, type Said } from './book.ts';
import { chainOf, headIn, type Step } from './chains.ts';
import { BundleFault } from './problems.ts';
import { type LotWord, lotWord, type Slot, slots } from './slots.ts';
import { type Logs, logsIn, type Trails, trailsIn } from './trails.ts';

/**
 * What a bundle says of its lot, back to the origins, with the words of the ledger's state that it has to agree with.
 * `legs` of a lot are those that count: of a void lot's inputs, what they did after it was made is no part of its history.
 */
export type Explored = {
  readonly book: Book;
  readonly lot: Born;
  readonly state: LotWord;
  /** The productions that the lot descends from, and its own. */
  readonly productions: ReadonlyMap<Hex, Said<'Production'>>;
  /** Every output of these. */
  readonly lots: ReadonlyMap<Hex, Born>;
  /** Each lot that went in, with the production that used it up. */
  readonly spentBy: ReadonlyMap<Hex, Said<'Production'>>;
  /** What used the lot itself up, where it is spent. */
  readonly spender: Said<'Production'> | null;
  /** What made the lot void. */
  readonly voiding: Said<'Correction'> | null;
  /** The history of the lot and of each that went in. */
  readonly chains: ReadonlyMap<Hex, readonly Step[]>;
  readonly facilities: ReadonlyMap<Hex, Said<'FacilityRegistration'>>;
  /** Every party that these name, with the auditors of all of them. */
  readonly parties: ReadonlySet<Hex>;
  /** Everything of which all that was said has to be here: facilities, lots, parties, productions, dispatches, receipts. */
  readonly subjects: ReadonlySet<Hex>;
  readonly trails: Trails;
  readonly logs: Logs;
  /** A word of the ledger's state. */
  word(slot: Slot): Hex;
};

/**
 * Goes through a bundle's records, and asks for the words of the ledger's state that it needs as it goes: yields lists of
 * slots, and takes their words, in that order. Whoever makes a bundle asks a node, and whoever verifies one asks its
 * proofs, so that both need the same words.
 *
 * @throws BundleFault
 */
export function* explore(book: Book): Generator<readonly Slot[], Explored, readonly Hex[]> {
  const words = new Map<string, Hex>();
  const ask = function* (wanted: readonly Slot[]): Generator<readonly Slot[], void, readonly Hex[]> {
    const asked = new Set<string>();
    const fresh = wanted.filter(({ what }) => !words.has(what) && !asked.has(what) && asked.add(what));
    const found = fresh.length > 0 ? yield fresh : [];
    fresh.forEach(({ what }, index) => {
      words.set(what, found[index] as Hex);
    });
  };
  const word = ({ what }: Slot): Hex => words.get(what) as Hex;
  const { lot: id } = book.contents;
  yield* ask([slots.lot(id), slots.head(id)]);
  const lot = requireBirth(book, id, 'the bundle');
  const state = lotWord(word(slots.lot(id)));
  if (state.status === 'none') throw new BundleFault('lot-unproven', 'lot', `the ledger has no lot ${id}`);
  const ancestry = ancestryOf(book, lot);
  const inputs = lot.production.statement.message.inputs.map((input) => input.lot);
  if (state.status === 'void') yield* ask(inputs.map(slots.head));
  const heads = { of: lot, state, word, ...ancestry };
  const chains = chainsOf(book, heads);
  const ends = {
    spender: state.status === 'spent' ? spenderOf(book, lot, heads) : null,
    voiding: state.status === 'void' ? voidingOf(book, lot) : null,
  };
  const named = namedIn(book, { lot, chains, ...ancestry, ...ends });
  const explored = { book, lot, state, ...ancestry, ...ends, chains, ...named, word };
  yield* ask(slotsOf(explored));
  return explored;
}

function requireBirth(book: Book, lot: Hex, neededBy: string): Born {
  const born = book.birthOf(lot);
  if (born) return born;
  throw new BundleFault(
    'statement-missing',
    'records',
    `no production makes lot ${lot}, which ${neededBy} names`,
  );
}

type Ancestry = Pick<Explored, 'productions' | 'lots' | 'spentBy'>;

function ancestryOf(book: Book, lot: Born): Ancestry {
  const productions = new Map([[lot.production.id, lot.production]]);
  const spentBy = new Map<Hex, Said<'Production'>>();
  for (const production of productions.values())
    for (const input of production.statement.message.inputs) {
      const other = spentBy.get(input.lot);
      if (other)
        throw faultAt('custody-broken', production, `lot ${input.lot} goes in here and in ${other.id}`);
      const born = requireBirth(book, input.lot, `production ${production.id}`);
      if (born.production.position >= production.position)
        throw faultAt('order-broken', production, `lot ${input.lot} goes in before it is made`);
      spentBy.set(input.lot, production);
      productions.set(born.production.id, born.production);
    }
  const lots = new Map(
    [...productions.values()].flatMap(book.outputsOf).map((born) => [born.lot, born] as const),
  );
  return { productions, lots, spentBy };
}

type Heads = Ancestry & Pick<Explored, 'state' | 'word'> & { readonly of: Born };

/** Of a void lot, what went in was given back: its history goes on, up to the head that it has now. */
function chainsOf(book: Book, heads: Heads): Map<Hex, Step[]> {
  const { of, state, spentBy } = heads;
  const chains = new Map([[of.lot, chainOf(book, of.lot, headNow(heads, of.lot, state), null)]]);
  for (const [lot, spender] of spentBy) {
    const givenBack = state.status === 'void' && spender === of.production;
    const head = givenBack ? requireHead(heads, lot) : headIn(spender, lot);
    chains.set(lot, chainOf(book, lot, head, givenBack ? null : spender));
  }
  return chains;
}

function headNow(heads: Pick<Heads, 'word'>, lot: Hex, { trace }: LotWord): Hex {
  return trace === 'none' ? lot : requireHead(heads, lot);
}

function requireHead({ word }: Pick<Heads, 'word'>, lot: Hex): Hex {
  return word(slots.head(lot));
}

/** The production that used the lot up, and stands: several may have, and been corrected. */
function spenderOf(book: Book, { lot }: Born, { state, word }: Heads): Said<'Production'> {
  const head = headNow({ word }, lot, state);
  const last = book
    .all('Production')
    .filter(({ statement }) =>
      statement.message.inputs.some((input) => input.lot === lot && input.head === head),
    )
    .at(-1);
  if (last) return last;
  throw new BundleFault('statement-missing', 'records', `lot ${lot} is spent, and no production uses it up`);
}

function voidingOf(book: Book, { lot, production }: Born): Said<'Correction'> {
  const found = book
    .all('Correction')
    .find(({ statement }) => statement.message.production === production.id);
  if (found) return found;
  throw new BundleFault(
    'statement-missing',
    'records',
    `lot ${lot} is void, and nothing corrects what made it`,
  );
}

/** The journeys of a lot that are part of the history. */
export function legsIn(explored: Pick<Explored, 'chains' | 'lot' | 'voiding'>, lot: Hex) {
  const before = explored.voiding ? explored.lot.production.position : Number.POSITIVE_INFINITY;
  const steps = explored.chains.get(lot) ?? [];
  return steps.filter((step) => step.kind === 'leg' && step.dispatch.position < before) as Extract<
    Step,
    { kind: 'leg' }
  >[];
}

type Known = Omit<
  Explored,
  'book' | 'state' | 'facilities' | 'parties' | 'subjects' | 'trails' | 'logs' | 'word'
>;

function namedIn(book: Book, known: Known) {
  const legs = [...known.chains.keys()].flatMap((lot) => legsIn(known, lot));
  const dispatches = legs.map(({ dispatch }) => dispatch.statement.message);
  const productions = [...known.productions.values(), ...(known.spender ? [known.spender] : [])];
  const sites = [
    ...productions.map(({ statement }) => statement.message.facility),
    ...dispatches.flatMap(({ from, to }) => [from, to]),
  ];
  const facilities = new Map(
    sites.map((id) => [id, book.require('FacilityRegistration', id, 'the history')] as const),
  );
  const travelled = legs.flatMap(({ dispatch, receipt }) =>
    receipt ? [dispatch.id, receipt.id] : [dispatch.id],
  );
  const things = [...known.productions.keys(), ...travelled, ...known.lots.keys()];
  const trails = trailsIn(book);
  const logs = logsIn(book);
  const observers = [
    ...things.flatMap((subject) => logs.on(subject)).map(({ observer }) => observer),
    ...documentedOf(book, facilities).map(({ observer }) => observer),
  ];
  const parties = withAuditors(
    trails,
    [...facilities.keys(), ...known.lots.keys()],
    [
      ...productions.map(({ statement }) => statement.message.custodian),
      ...dispatches.flatMap(({ consignor, consignee }) => [consignor, consignee]),
      ...[...facilities.values()].map(({ statement }) => statement.message.operator),
      ...observers,
    ],
  );
  const subjects = new Set([...things, ...facilities.keys(), ...[...parties].map(partySubject)]);
  return { facilities, parties, subjects, trails, logs };
}

/** Observations of sites that name a document: they may raise a concern. */
function documentedOf(book: Book, facilities: ReadonlyMap<Hex, unknown>) {
  return book
    .all('Observation')
    .map(({ statement: { message } }) => message)
    .filter(({ subject, evidence }) => facilities.has(subject) && evidence !== ZERO_BYTES32);
}

/** Auditors are parties too, on whom others may have attested. */
function withAuditors(trails: Trails, attested: readonly Hex[], involved: readonly Hex[]): Set<Hex> {
  const auditorsOn = (subject: Hex): Hex[] =>
    trails.on(subject).attestations.map(({ statement }) => statement.message.auditor);
  const parties = new Set([...involved, ...attested.flatMap(auditorsOn)]);
  for (const party of parties) for (const auditor of auditorsOn(partySubject(party))) parties.add(auditor);
  return parties;
}

/** Some of them several times. */
function slotsOf(explored: Explored): Slot[] {
  const { book, lot, spentBy, spender, parties, subjects, trails, logs } = explored;
  const authors = new Set(book.said.map(({ statement }) => authorOf(statement)));
  const attested = [...subjects].flatMap((subject) => trails.on(subject).attestations);
  return [
    ...[lot.lot, ...spentBy.keys()].map(slots.lot),
    ...(spender ? [standingSlot(book, spender)] : []),
    ...[...parties, ...authors].map(slots.party),
    ...book
      .all('Delegation')
      .map(({ statement: { message } }) => slots.delegation(message.party, message.delegate)),
    ...[...subjects].map(slots.trail),
    ...attested.map(({ id }) => slots.attestation(id)),
    ...attested.map(({ statement: { message } }) => slots.accreditation(message.auditor, message.scheme)),
    ...[...subjects]
      .flatMap((subject) => logs.on(subject))
      .map(({ observer, device, subject }) => slots.tail(observer, device, subject)),
  ];
}

/** What shows that a production was recorded and stands: its first output, or its retirement. */
export function standingSlot(book: Book, production: Said<'Production'>): Slot {
  const [first] = book.outputsOf(production);
  return first ? slots.lot(first.lot) : slots.retirement(production.id);
}
