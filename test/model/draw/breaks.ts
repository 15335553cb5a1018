import { type Hex, partySubject, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { Birth } from '../../../src/protocol/lots.ts';
import { authorFields, type LotHead } from '../../../src/protocol/statements.ts';
import { lotStatus, parted } from '../book.ts';
import { stranger } from '../cast.ts';
import { idOf } from '../ids.ts';
import { CLOCK_SKEW, MAX_AGE } from '../rules/authority.ts';
import { MAX_MILLIGRAMS, ZERO_ADDRESS } from '../rules/form.ts';
import { type Draft, flaws } from './draft.ts';
import { breakOutputs } from './output-breaks.ts';
import { anyId, LAST_TIME, type Stage } from './stage.ts';

/** Ways to break a statement. One that does not fit a draft leaves it as it is. */
type Break = (stage: Stage, draft: Draft) => Draft;

export function broken(stage: Stage, draft: Draft): Draft {
  const ways = [...common, ...(ofType[draft.type] ?? [])];
  return stage.dice.weighted(ways)(stage, draft);
}

function changed(draft: Draft, fields: Draft['message']): Draft {
  return { ...draft, message: { ...draft.message, ...fields } };
}

// ── Whatever the statement ──

const expired: Break = ({ now, dice }, draft) => changed(draft, { recordBy: dice.pick([now - 1, 0]) });

const flawed: Break = ({ dice }, draft) => ({ ...draft, flaw: dice.pick(flaws) });

/** A delegate, whatever its delegation; a key that the party had before; someone else. */
const foreignSigner: Break = ({ dice, book, keyring }, draft) => {
  const author = draft.message[authorFields[draft.type]] as Hex;
  const delegates = [...book.delegations.keys()].flatMap((key) => {
    const [party, delegate] = parted(key, 2) as [Hex, Hex];
    return party === author ? [delegate, delegate, delegate] : [];
  });
  const signers = [...delegates, author, stranger].filter((pair) => keyring.pairs.has(pair));
  return { ...draft, signer: dice.pick(signers) };
};

/** Another author, known or not, suspended or not; signed by the first one, or by itself. */
const foreignAuthor: Break = ({ dice, book, cast }, draft) => {
  const suspended = [...book.parties].filter(([, party]) => party.suspended).map(([party]) => party);
  const author = dice.pick([...cast.candidates, ...suspended, ...suspended, stranger]);
  const swapped = changed(draft, { [authorFields[draft.type]]: author });
  if (dice.chance(0.5)) return swapped;
  return { ...swapped, by: 'party' in draft.by ? { ...draft.by, party: author } : { account: author } };
};

/** Any number or id at or beyond the edge of what it may be. */
const edge: Break = ({ dice, now }, draft) => {
  const names = Object.keys(draft.message).filter((name) => name in edges);
  const name = dice.maybe(names);
  return name === undefined
    ? draft
    : changed(draft, { [name]: dice.pick((edges[name] as EdgesOf)(now, draft)) });
};

type EdgesOf = (now: number, draft: Draft) => readonly unknown[];
const plain =
  (...values: readonly unknown[]): EdgesOf =>
  () =>
    values;
const around: EdgesOf = (now, { message }) => {
  const given = (message.occurredAt ?? message.effectiveAt ?? message.validUntil ?? now) as number;
  return [given - 1, given + 1, 0, LAST_TIME].filter((time) => time >= 0 && time <= LAST_TIME);
};

const edges: Readonly<Record<string, EdgesOf>> = {
  kind: plain(0, 8, 255),
  country: plain(0, 1000, 65_535),
  process: plain(0, 1, 2, 3, 4, 12, 13, 14, 255),
  custodyModel: plain(0, 6, 255),
  mode: plain(0, 10, 255),
  outcome: plain(0, 4, 255),
  scope: plain(0, 256, 65_535),
  scheme: plain('', 'x'.repeat(65), 'CMSI', 'é'),
  number: (_, { message }) => [0, 1, (message.number as number) + 1],
  count: plain(0, 2 ** 32 - 1),
  root: plain(ZERO_BYTES32),
  evidence: plain(ZERO_BYTES32),
  delegate: plain(ZERO_ADDRESS),
  key: (_, { message }) => [ZERO_ADDRESS, message.party, stranger],
  device: plain(ZERO_ADDRESS, stranger),
  occurredAt: (now, draft) => [
    now - MAX_AGE - 1,
    now - MAX_AGE,
    now + CLOCK_SKEW,
    now + CLOCK_SKEW + 1,
    ...around(now, draft),
  ],
  issuedAt: (now) => [0, now + CLOCK_SKEW + 1, now - MAX_AGE],
  from: (_, { message, type }) =>
    type === 'Observation' ? [Math.min((message.until as number) + 1, LAST_TIME), 0] : [ZERO_BYTES32],
  until: (now) => [now + CLOCK_SKEW + 1, LAST_TIME, 0],
  validFrom: (_, { message }) => [message.validUntil, LAST_TIME],
  validUntil: around,
  effectiveAt: around,
  recallFrom: plain(LAST_TIME),
};

/** Earlier than it was, and often than something that happened to a lot since. */
const backdated: Break = ({ dice, now }, draft) => {
  const { occurredAt } = draft.message as { occurredAt?: number };
  if (occurredAt === undefined) return draft;
  const most = Math.min(occurredAt - (now - MAX_AGE), dice.pick([600, 20_000, MAX_AGE]));
  return changed(draft, { occurredAt: occurredAt - dice.int(0, Math.max(0, most)) });
};

/** Another id where one stands: of something else, or of nothing. */
const foreignId: Break = (stage, draft) => {
  const { dice, book } = stage;
  const fields = ['facility', 'from', 'to', 'dispatch', 'production', 'attestation', 'previous', 'subject'];
  const name = dice.maybe(fields.filter((field) => typeof draft.message[field] === 'string'));
  if (name === undefined) return draft;
  const own = draft.message[authorFields[draft.type]] as Hex;
  const ids = [
    anyId(stage),
    dice.bytes32(),
    dice.maybe([...book.facilities.keys()]) ?? ZERO_BYTES32,
    partySubject(own),
  ];
  return changed(draft, { [name]: dice.pick(ids) });
};

// ── Lists of lots ──

const listOf = ({ message }: Draft): 'lots' | 'inputs' => ('lots' in message ? 'lots' : 'inputs');

const lists: Break = (stage, draft) => {
  const { dice, book } = stage;
  const name = listOf(draft);
  const items = draft.message[name] as readonly LotHead[];
  const at = dice.int(0, Math.max(0, items.length - 1));
  const status = dice.pick(Object.values(lotStatus));
  const strange = dice.maybe([...book.lots].filter(([, lot]) => lot.status === status));
  const lot = strange ? strange[0] : dice.bytes32();
  const head = dice.chance(0.7) ? (strange?.[1].head ?? ZERO_BYTES32) : anyId(stage);
  const [item] = items.slice(at, at + 1);
  const replaced = (fields: Partial<LotHead>) =>
    items.map((each, index) => (index === at ? { ...each, ...fields } : each));
  const ways: (readonly LotHead[])[] = [
    [],
    item ? [...items, item] : items,
    replaced({ lot, ...(item && 'head' in item && { head }) }),
    item && 'head' in item ? replaced({ head: dice.pick([item.lot, anyId(stage), ZERO_BYTES32]) }) : items,
  ];
  const chosen = changed(draft, { [name]: dice.pick(ways) });
  return draft.type === 'Production' && dice.chance(0.8) ? withBirths(stage, chosen) : chosen;
};

/** The births that belong to the inputs, so that the ledger looks further. */
function withBirths({ archive }: Stage, draft: Draft): Draft {
  const inputs = draft.message.inputs as readonly LotHead[];
  const births = inputs.map(({ lot }) => archive.births.get(lot) ?? [...archive.births.values()][0]);
  return births.includes(undefined) ? draft : { ...draft, witness: [births] };
}

const heavyReceipt: Break = ({ dice }, draft) => {
  const milligrams = dice.pick([MAX_MILLIGRAMS + 1n, 2n ** 64n - 1n]);
  const lots = (draft.message.lots as readonly object[]).map((lot) => ({ ...lot, milligrams }));
  return changed(draft, { lots });
};

const accepts: Break = (_, draft) => changed(draft, { accepted: !draft.message.accepted });

/** The consignor takes its lots back, whether it may yet or not. */
const recalls: Break = (_, draft) => {
  const party = (draft.witness[0] as { consignor: Hex }).consignor;
  return { ...changed(draft, { party, accepted: false }), by: { party, scope: 'receipt' } };
};

// ── Witnesses ──

const births: Break = ({ dice, archive }, draft) => {
  const at = draft.witness.length - 1;
  const given = draft.witness[at] as readonly Birth[];
  const other = dice.maybe([...archive.births.values()]);
  const ways = [
    given.slice(1),
    other ? [...given.slice(1), other] : given,
    given.map((birth) => ({ ...birth, index: birth.index + 1 })),
  ];
  return { ...draft, witness: [...draft.witness.slice(0, at), dice.pick(ways)] };
};

const witness: Break = ({ dice, archive }, draft) => {
  const others = {
    Receipt: archive.dispatches,
    Correction: archive.productions,
    Revocation: archive.attestations,
  };
  const [first, ...rest] = draft.witness;
  const other = dice.maybe([...others[draft.type as keyof typeof others].values()]);
  const altered = { ...(first as object), evidence: dice.bytes32() };
  return { ...draft, witness: [dice.chance(0.5) && other ? other : altered, ...rest] };
};

/** Of any production: moved, corrected, another's, or never recorded. */
const anyProduction: Break = ({ dice, archive, domain }, draft) => {
  const chosen = dice.maybe([...archive.productions.values()]);
  if (!chosen) return draft;
  const corrected = dice.chance(0.1) ? { ...chosen, evidence: dice.bytes32() } : chosen;
  const production = idOf(domain, 'Production', corrected);
  const fits = corrected.inputs.map(({ lot }) => archive.births.get(lot));
  const author = dice.chance(0.8) ? corrected.custodian : draft.message.author;
  const by = { party: author as Hex, scope: 'correction' as const };
  return { ...changed(draft, { production, author }), by, witness: [corrected, fits] };
};

type Ways = readonly (readonly [weight: number, way: Break])[];
const common: Ways = [
  [1, expired],
  [2, flawed],
  [3, foreignSigner],
  [3, foreignAuthor],
  [4, edge],
  [2, foreignId],
  [3, backdated],
];
const ofType: Partial<Record<Draft['type'], Ways>> = {
  Production: [
    [8, lists],
    [4, births],
    [20, breakOutputs],
  ],
  Dispatch: [[20, lists]],
  Receipt: [
    [10, lists],
    [2, heavyReceipt],
    [4, accepts],
    [6, recalls],
    [4, witness],
  ],
  Correction: [
    [4, births],
    [4, witness],
    [16, anyProduction],
  ],
  Revocation: [[6, witness]],
};
