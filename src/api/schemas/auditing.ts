import { z } from 'zod';
import { processes } from '../../protocol/codes.ts';
import { statementTypeNames } from '../../protocol/statements.ts';
import { bookKinds } from '../../store/projections/book-line.ts';
import { redFlagKinds } from '../../store/queries/red-flags.ts';
import { content, facilityRef, id, milligrams, pageOf, partyRef, termsOf, time } from './common.ts';
import { lotSummary } from './lots.ts';
import { facilitySummary, partySummary } from './parties.ts';

export const asOf = z
  .object({ block: z.int(), hash: id, time })
  .meta({ id: 'AsOf', description: 'The newest block that the answer has seen.' });

const signed = z
  .string()
  .regex(/^-?\d+$/)
  .describe('Milligrams, below zero with a minus.');
const pair = content.omit({ milligrams: true }).shape;
export const statementType = z.enum(statementTypeNames);
export const bookKind = termsOf(bookKinds);

export const bookMark = z.enum(['declared', 'lost', 'converted', 'moved', 'corrected', 'negative']);
const bookRow = z
  .object({
    ...pair,
    opening: signed,
    figures: z
      .array(
        z.object({
          kind: bookKind,
          adds: z.boolean().describe('Whether it adds to what the site holds, or takes from it.'),
          milligrams,
          lots: z.int(),
          statements: z.int(),
        }),
      )
      .describe('Those that are not nothing. Opening, and what adds, less what takes, is closing.'),
    closing: signed,
    marks: z
      .array(z.object({ mark: bookMark, milligrams: signed }))
      .describe(
        '`lost`: consumed and not produced again; `converted`: primary that became recycled; `moved`: used or sent elsewhere than ' +
          'it was, without a dispatch; `declared`: its origin is not on the ledger; `negative`: more left than there was.',
      ),
  })
  .meta({ id: 'BookRow' });
export type BookRow = z.infer<typeof bookRow>;
export const book = z
  .object({
    facility: facilityRef,
    from: time.nullable(),
    until: time.nullable(),
    asOf,
    rows: z.array(bookRow),
  })
  .meta({
    id: 'Book',
    description: 'What a site held, and what came and went, per material, primary and recycled apart.',
  });
const bookLine = z
  .object({
    ...pair,
    statement: id,
    kind: bookKind,
    adds: z.boolean(),
    milligrams,
    lots: z.int(),
    occurredAt: time,
  })
  .meta({ id: 'BookLine' });
export const bookLinePage = pageOf('BookLinePage', bookLine);

const lotsSum = z.object({ lots: z.int(), milligrams }).describe('Net mass of the lots when they were born.');
const delivery = z
  .object({
    ...{ from: facilityRef, to: facilityRef, consignor: partyRef, consignee: partyRef },
    ...{ dispatches: z.int(), sent: lotsSum, accepted: lotsSum, refused: lotsSum, recalled: lotsSum },
    inTransit: lotsSum,
    weighed: lotsSum.extend({
      onArrival: milligrams,
      difference: signed.describe('On arrival, less what was sent.'),
      off: z.int().describe('Lots that weighed something else.'),
    }),
    ...{ firstAt: time, lastAt: time },
  })
  .meta({ id: 'Delivery', description: 'What one site sent to another, and how it arrived.' });
export const deliveryPage = pageOf('DeliveryPage', delivery);
const deliveredLot = z
  .object({
    ...{ dispatch: id, lot: id, sentAt: time, milligrams },
    ended: z
      .object({
        kind: z.enum(['accept', 'refuse', 'recall']),
        ...{ statement: id, at: time, weighed: milligrams.nullable(), difference: signed.nullable() },
      })
      .nullable()
      .describe('null = in transit.'),
    reweighed: z
      .object({
        production: id,
        differences: z.array(z.object({ ...pair, sent: milligrams, found: milligrams, difference: signed })),
      })
      .nullable()
      .describe(
        'The production by which the receiver booked its own assay, where it did so of this lot alone.',
      ),
  })
  .meta({ id: 'DeliveredLot' });
export const deliveredLotPage = pageOf('DeliveredLotPage', deliveredLot);

export const sample = z
  .object({
    seed: z.object({
      hash: id,
      block: z.int().nullable().describe('Where the index has a block with that hash.'),
      isLater: z.boolean().describe('It is of a block after the population: nobody who made that knew it.'),
    }),
    population: z.object({
      ...{
        fromBlock: z.int(),
        toBlock: z.int(),
        type: statementType.nullable(),
        author: partyRef.nullable(),
      },
      size: z.int(),
      hash: id.describe('SHA-256 of all ids in their order.'),
    }),
    asOf,
    drawn: z.array(
      z.object({
        ...{ id, type: statementType, author: partyRef, block: z.int(), recordedAt: time },
        key: id.describe('SHA-256(seed ‖ id): the lowest are drawn.'),
      }),
    ),
  })
  .meta({ id: 'Sample' });

export const redFlagKind = z.enum(redFlagKinds);
const redFlag = z
  .object({
    ...{ facility: facilityRef, party: partyRef, statement: id, at: time },
    amount: z
      .string()
      .nullable()
      .describe('Milligrams; of `weight-off` parts per million; of `recorded-late` days.'),
    schemes: z
      .array(z.string())
      .describe('Of attestations on the site that are conformant and in force now.'),
  })
  .meta({ id: 'RedFlag' });
export const redFlagPage = pageOf('RedFlagPage', redFlag);

export const found = z
  .object({
    parties: z.array(partySummary),
    facilities: z.array(facilitySummary),
    lots: z.array(lotSummary),
    statement: z.object({ id, type: statementType, author: partyRef }).nullable(),
    truncated: z.boolean().describe('More has these words than is listed.'),
  })
  .meta({ id: 'Found' });

const tier = z
  .object({
    key: z.string().describe('Name it in `open` to see what it is made of.'),
    process: termsOf(processes),
    facility: facilityRef.nullable(),
    production: id.nullable(),
    isRest: z.boolean().describe('Productions of the site that are not drawn apart.'),
    ...{ productions: z.int(), lots: z.int(), milligrams, nearest: z.int(), furthest: z.int() },
    ...{ firstAt: time, lastAt: time },
  })
  .meta({ id: 'Tier' });
export type Tier = z.infer<typeof tier>;
export const tiers = z
  .object({
    ...{
      lot: id,
      asOf,
      productions: z.int(),
      leftOut: z.int().describe('Productions in parts with `isRest`.'),
    },
    tiers: z.array(tier).describe('The furthest first.'),
    links: z.array(z.object({ from: z.string(), to: z.string(), lots: z.int(), milligrams })),
  })
  .meta({ id: 'Tiers', description: 'The ancestry of a lot, drawn as parts that can be opened.' });
export type Tiers = z.infer<typeof tiers>;

const units = z.string().regex(/^\d+$/).describe('Exact, in 2⁻⁶⁴ mg.');
export const flow = z
  .object({
    ...{ lot: id, asOf, productions: z.int() },
    sites: z.array(
      z.object({
        key: z.string(),
        facility: facilitySummary,
        entered: z.array(z.object({ process: termsOf(processes), ...pair, milligrams, units })),
      }),
    ),
    links: z
      .array(z.object({ from: z.string(), to: z.string(), ...pair, milligrams, units, lots: z.int() }))
      .describe('`to` is `lot` where it ends.'),
  })
  .meta({ id: 'SiteFlow', description: 'How the content of a lot came from site to site.' });
export type SiteFlow = z.infer<typeof flow>;
export const flowLots = z
  .object({
    lots: z.array(z.object({ lot: id, spentBy: id.nullable(), milligrams, units })),
    leftOut: z.int(),
  })
  .meta({
    id: 'FlowLots',
    description: 'The lots that one link of a flow is made of, the largest part first.',
  });
