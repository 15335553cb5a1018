import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { facilitiesByIds } from '../../store/queries/facilities.ts';
import { lotsByIds } from '../../store/queries/lots.ts';
import { partiesByIds } from '../../store/queries/parties.ts';
import { listRedFlags, type RedFlagFilter } from '../../store/queries/red-flags.ts';
import { blockWithHash, newestFinalBlock, sampleOf } from '../../store/queries/sample.ts';
import { searchFor } from '../../store/queries/search.ts';
import { inSnapshot } from '../../store/transactions.ts';
import { coveredCountries, transitLevelCountries } from '../../verification/policies/country-lists.ts';
import type { CountryList } from '../../verification/policy.ts';
import type { Context } from '../context.ts';
import { answer, route } from '../route.ts';
import { found, redFlagKind, redFlagPage, sample, statementType } from '../schemas/auditing.ts';
import { idsInLots, lotSummaryView } from '../views/lots.ts';
import { namesOf } from '../views/names.ts';
import { facilitySummaryView, partySummaryView } from '../views/parties.ts';
import { asOfHead } from './books.ts';
import { accountParam, idParam, pageOfQuery, pageQuery, wholeNumber } from './inputs.ts';

export const getSample = route({
  method: 'get',
  path: '/v1/sample',
  operationId: 'drawSample',
  summary: 'A random sample of statements that anybody can draw again',
  description:
    'Orders the statements of some blocks by SHA-256(seed ‖ statement id), 64 bytes, and gives the first. The seed is a ' +
    'block\u2019s hash: name one of a block that was not there yet when the population was recorded, and say beforehand which. ' +
    'Without `seed` it is the newest final block, and without `toBlock` the population ends with the block before it.',
  tags: ['auditing'],
  access: 'own',
  query: z.strictObject({
    size: wholeNumber(1, 1_000).default(25).describe('How many, at most 1,000; 25 if not given.'),
    seed: idParam.optional().describe('A block\u2019s hash.'),
    fromBlock: wholeNumber(0, 999_999_999).optional(),
    toBlock: wholeNumber(0, 999_999_999).optional().describe('Included.'),
    type: statementType.optional(),
    author: accountParam.optional(),
  }),
  responses: { 200: { description: 'The sample.', schema: sample } },
  errors: ['database-unavailable'],
  handler: ({ db }, { query }, { access }) => {
    if (query.author) access.requireSome([query.author]);
    else access.sees([]);
    return inSnapshot(db, async (trx) => {
      const asOf = await asOfHead(trx);
      const final = await newestFinalBlock(trx);
      const seed = query.seed ?? final?.hash ?? asOf.hash;
      const block = await blockWithHash(trx, seed);
      const { fromBlock = 0, toBlock = (block ?? asOf.block + 1) - 1, type, author } = query;
      const authors = author ? [author] : access.parties && [...access.parties];
      const rows = await sampleOf(trx, { fromBlock, toBlock, type, authors }, { seed, size: query.size });
      const parties = [...rows.drawn.map((row) => row.author), ...(author ? [author] : [])];
      const names = await namesOf(trx, { parties, facilities: [] });
      return answer(200, {
        seed: { hash: seed, block, isLater: block !== null && block > toBlock },
        population: {
          ...{ fromBlock, toBlock, type: type ?? null, author: author ? names.party(author) : null },
          ...rows.population,
        },
        asOf,
        drawn: rows.drawn.map((row) => ({ ...row, author: names.party(row.author) })),
      });
    });
  },
});

export const listRedFlagsRoute = route({
  method: 'get',
  path: '/v1/red-flags',
  operationId: 'listRedFlags',
  summary: 'Red flags across the ledger, newest first',
  description:
    'One kind at a time, read from tables and not from certificates. OECD (a): `origin-in-listed-country`, ' +
    '`passed-listed-country`; (c): `origin-in-transit-country`; (d): `recycled-in-listed-country`; (e): ' +
    '`operates-in-listed-country`; (f): `sourced-from-listed-country`, in the last 365 days; (g), anomalies: ' +
    '`moved-without-dispatch`, `declared-stock`, `weight-off` by more than 0.5 %, `recorded-late` by more than 30 days. Flag (b) ' +
    'needs reserves and production of countries, which the ledger does not hold. Countries on the way that only evidence ' +
    'names, interests and shareholdings are not seen here; a certificate sees the former. A flag is a reason to look, not a finding.',
  tags: ['auditing'],
  access: 'own',
  query: z.strictObject({
    kind: redFlagKind,
    country: wholeNumber(1, 999).optional().describe('ISO 3166-1 numeric: of the site.'),
    party: accountParam.optional(),
    facility: idParam.optional(),
    ...pageQuery,
  }),
  responses: { 200: { description: 'A page of flags.', schema: redFlagPage } },
  errors: ['database-unavailable'],
  handler: async (context, { query: { limit, cursor, ...query } }, { access }) => {
    access.sees([]);
    const filter: RedFlagFilter = {
      ...query,
      ...listsOf(context),
      parties: access.parties && [...access.parties],
    };
    const page = await listRedFlags(context.db, filter, pageOfQuery({ limit, cursor }));
    const names = await namesOf(context.db, {
      parties: page.items.map(({ party }) => party),
      facilities: page.items.map(({ facility }) => facility),
    });
    const items = page.items.map(({ facility, party, amount, schemes, ...row }) => ({
      ...{ ...row, facility: names.facility(facility), party: names.party(party), schemes: [...schemes] },
      amount: amount === null ? null : String(amount),
    }));
    return answer(200, { items, next: page.next });
  },
});

/** Covered countries, with the high-risk ones that this deployment loaded; and those known for transit. As they hold now. */
function listsOf({ policies, clock }: Context): Pick<RedFlagFilter, 'listed' | 'transit' | 'at'> {
  const at = clock();
  const inForce = (lists: readonly CountryList[]) =>
    lists
      .filter(({ validFrom, validUntil }) => validFrom <= at && (validUntil === null || at < validUntil))
      .flatMap(({ countries }) => countries);
  const highRisk = policies.flatMap(({ countries }) => countries.highRisk ?? []);
  const listed = [...new Set(inForce([coveredCountries, ...highRisk]))];
  return { listed, transit: inForce([transitLevelCountries]), at };
}

const MOST_FOUND = 20;

export const getSearch = route({
  method: 'get',
  path: '/v1/search',
  operationId: 'search',
  summary: 'What a name, a number or an id may mean',
  description:
    'Parties and sites by the words of their names, LEI, GLN or CID, and lots by GTIN, serial number or batch, as far as evidence ' +
    `shows them to everybody; each word from its beginning, accents and case aside. Or anything by its id. At most ${MOST_FOUND} of each.`,
  tags: ['auditing'],
  access: 'own',
  query: z.strictObject({ q: z.string().min(1).max(200).describe('What was typed.') }),
  responses: { 200: { description: 'What was found.', schema: found } },
  errors: ['database-unavailable'],
  handler: ({ db }, { query: { q } }, { access }) =>
    inSnapshot(db, async (trx) => {
      const rows = await searchFor(trx, q, MOST_FOUND);
      const seen = rows.lots.filter(({ custodian }) => access.sees([custodian])).map(({ lot }) => lot);
      const isSeen = rows.statement !== null && access.sees([rows.statement.author]);
      if (seen.length === 0) access.sees([]);
      const [lots, parties, facilities] = [
        await lotsByIds(trx, seen),
        await partiesByIds(trx, rows.parties),
        await facilitiesByIds(trx, rows.facilities),
      ];
      const authors: Hex[] = isSeen && rows.statement ? [rows.statement.author] : [];
      const mentions = { parties: authors, facilities: rows.facilities };
      const names = await namesOf(trx, mentions, idsInLots([...lots.values()]));
      const inOrder = <Row>(ids: readonly Hex[], byId: ReadonlyMap<Hex, Row>) =>
        ids.flatMap((id) => byId.get(id) ?? []);
      return answer(200, {
        parties: inOrder(rows.parties, parties).map(partySummaryView),
        facilities: inOrder(rows.facilities, facilities).map((row) => facilitySummaryView(row, names)),
        lots: inOrder(seen, lots).map((row) => lotSummaryView(row, names)),
        statement:
          isSeen && rows.statement ? { ...rows.statement, author: names.party(rows.statement.author) } : null,
        truncated: rows.truncated,
      });
    }),
});
