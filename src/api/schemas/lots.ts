import { z } from 'zod';
import { custodyModels, originProcesses, processes, transportModes } from '../../protocol/codes.ts';
import { attestationSummary } from './attestations.ts';
import { account, content, facilityRef, id, milligrams, pageOf, partyRef, termsOf, time } from './common.ts';

export const lotStatus = z
  .enum(['held', 'in-transit', 'spent', 'void'])
  .describe('`void`: the production that made the lot was corrected; nothing can be done with it.');

export const lotEventKind = z
  .enum(['birth', 'dispatch', 'accept', 'refuse', 'recall', 'spend', 'void', 'restore'])
  .describe(
    '`void`, `restore`: a correction undid the production that made the lot, or the one that had spent it.',
  );

export const correction = z
  .object({
    id,
    author: partyRef,
    occurredAt: time,
    recordedAt: time,
    evidence: id,
  })
  .meta({ id: 'Correction', description: 'The statement that undid a production.' });
export type Correction = z.infer<typeof correction>;

const summary = z.object({
  id,
  status: lotStatus,
  head: id.describe('What the next statement on the lot must name.'),
  commodity: z.int().describe('HS-6 code as a number.'),
  milligrams: milligrams.describe('Net mass as weighed at birth.'),
  content: z.array(content),
  custodian: partyRef.describe('Who answers for the lot; in transit: still the consignor.'),
  facility: facilityRef.describe('Where the lot is; in transit: where it is going.'),
  process: termsOf(processes).describe('What made it.'),
  custodyModel: termsOf(custodyModels),
  occurredAt: time.describe('When it was born, as its producer states.'),
  recordedAt: time.describe('When its birth was recorded: back-dating shows.'),
});

export const lotSummary = summary.meta({ id: 'LotSummary' });
export type LotSummary = z.infer<typeof lotSummary>;
export const lotPage = pageOf('LotPage', lotSummary);

const lotHead = z.object({ lot: id, head: id });

export const transit = z
  .object({
    dispatch: id,
    consignor: partyRef,
    consignee: partyRef,
    from: facilityRef,
    to: facilityRef,
    mode: termsOf(transportModes),
    occurredAt: time,
    recallFrom: time.describe('From then on the consignor may recall.'),
  })
  .meta({ id: 'Transit' });
export type Transit = z.infer<typeof transit>;

export const lotDetail = summary
  .extend({
    production: z.object({
      id,
      output: z.int().describe("The lot's index among the production's outputs."),
      custodian: partyRef,
      facility: facilityRef,
      evidence: id,
      inputs: z.array(lotHead),
      outputs: z.array(id).describe('The lots born together, this one among them.'),
      correctedBy: correction.nullable().describe('What made this lot void.'),
    }),
    evidence: id.describe("Root of the lot's own evidence; zero = none."),
    weighed: milligrams
      .nullable()
      .describe('What the last event weighed, where it was a receipt that weighed.'),
    lastEvent: z.object({ statement: id, kind: lotEventKind, occurredAt: time, recordedAt: time }),
    transit: transit.nullable().describe('The dispatch under way, while in transit.'),
    spentBy: id.nullable().describe('The production that used the lot up.'),
    attestations: z.array(attestationSummary).describe('Those whose subject is this very lot.'),
    final: z.boolean().describe('Whether the last event can no longer be undone by the chain.'),
  })
  .meta({ id: 'LotDetail' });
export type LotDetail = z.infer<typeof lotDetail>;

export const lotHistoryEntry = z
  .object({
    statement: id,
    kind: lotEventKind,
    status: lotStatus.describe('After the event.'),
    head: id,
    custodian: partyRef,
    facility: facilityRef,
    weighed: milligrams.nullable(),
    author: partyRef,
    signer: account,
    occurredAt: time,
    recordedAt: time,
    block: z.int(),
    transaction: id,
    evidence: id,
    final: z.boolean(),
  })
  .meta({ id: 'LotHistoryEntry', description: 'One statement that touched the lot.' });
export type LotHistoryEntry = z.infer<typeof lotHistoryEntry>;

export const lotHistory = z
  .object({ lot: id, entries: z.array(lotHistoryEntry).describe('Oldest first.') })
  .meta({ id: 'LotHistory' });
export type LotHistory = z.infer<typeof lotHistory>;

export const ancestryNode = z
  .object({
    id,
    depth: z.int().describe('Productions between this lot and the one asked about: 0 is itself.'),
    status: lotStatus,
    commodity: z.int(),
    milligrams,
    content: z.array(content),
    production: id,
    process: termsOf(processes),
    custodyModel: termsOf(custodyModels),
    custodian: partyRef.describe('Who produced it.'),
    facility: facilityRef.describe('Where it was produced.'),
    occurredAt: time,
  })
  .meta({ id: 'AncestryNode' });
export type AncestryNode = z.infer<typeof ancestryNode>;

export const ancestryEdge = z
  .object({
    from: id.describe('The lot that went in.'),
    to: id.describe('The lot that came out.'),
    production: id,
  })
  .meta({ id: 'AncestryEdge' });

export const ancestry = z
  .object({
    lot: id,
    nodes: z.array(ancestryNode).describe('The lot itself first, then by depth.'),
    edges: z.array(ancestryEdge),
    truncated: z.boolean().describe('Whether there are more than `limit` lots.'),
  })
  .meta({
    id: 'Ancestry',
    description: 'Lots and how they came from each other: ancestors, or descendants.',
  });
export type Ancestry = z.infer<typeof ancestry>;

export const originShare = z
  .object({
    facility: facilityRef,
    process: z.enum(originProcesses).describe('`declare` = stock whose origin is not on the ledger.'),
    milligrams: milligrams.describe('Of the content, exactly apportioned: the shares sum to the content.'),
    share: z.number().describe('0 to 1, rounded, for display.'),
  })
  .meta({ id: 'OriginShare' });
export type OriginShare = z.infer<typeof originShare>;

export const sitePassed = z
  .object({
    facility: facilityRef,
    processes: z.array(termsOf(processes)).describe('What was done there to this lot or its ancestors.'),
    holders: z.array(partyRef).describe('Who held the material there.'),
    firstAt: time,
    lastAt: time,
    passed: z
      .array(content)
      .describe(
        'How much of the lot’s content passed the site, as what it is in the lot now, each milligram once.',
      ),
  })
  .meta({ id: 'SitePassed' });
export type SitePassed = z.infer<typeof sitePassed>;

export const origins = z
  .object({
    lot: id,
    materials: z.array(
      z.object({ ...content.shape, origins: z.array(originShare).describe('Largest first.') }),
    ),
    sites: z
      .array(sitePassed)
      .describe('Every site at which this lot or an ancestor was, in the order of first times.'),
  })
  .meta({ id: 'Origins', description: 'Where each material of the lot comes from.' });
export type Origins = z.infer<typeof origins>;
