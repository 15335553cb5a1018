import { custodyModels, facilityKinds, processes, transportModes } from '../protocol/codes.ts';
import {
  conflict,
  forbidden,
  forGood,
  known,
  mass,
  notFound,
  pair,
  type RefusalRow,
  term,
  time,
  unprocessable,
  wrong,
} from './refusal-row.ts';

/** The errors of productions, dispatches, receipts and corrections, by their names in the ABI. */
export const lotRefusals = {
  LotUnknown: notFound(
    (a) => `There is no lot ${a.lot}. Check the id, or record the production that makes it first.`,
  ),
  LotIsSpent: conflict((a) => `Lot ${a.lot} was used up by a production. Its history says which.`),
  LotIsVoid: conflict(
    (a) => `Lot ${a.lot} is void: the production that made it was corrected. Its history says how.`,
  ),
  LotIsInTransit: conflict((a) => `Lot ${a.lot} is in transit. Wait for its receipt, or recall it.`),
  LotNotHeldBy: forbidden(
    (a) => `Lot ${a.lot} is held by ${a.custodian}, not by ${a.party}. Only the custodian disposes of it.`,
  ),
  HeadStale: conflict(
    (a) =>
      `Lot ${a.lot} has the head ${a.expected}, and the statement names ${a.got}. Read its present head, and sign again.`,
  ),
  LotListedTwice: wrong((a) => `Lot ${a.lot} is named twice. Remove one of the entries.`),
  BirthsMissing: wrong(
    (a) =>
      `Expected ${a.expected} births, one per input, and got ${a.got}. Give one for each input, in order.`,
  ),
  BirthMismatch: wrong(
    (a) =>
      `The birth presented for lot ${a.lot} is that of ${a.got}. Give its production, index and output as recorded.`,
  ),
  ProcessUnknown: wrong((a) => `No process has the number ${a.process}. Take one of ${known(processes)}.`),
  CustodyModelUnknown: wrong(
    (a) => `No model of custody has the number ${a.custodyModel}. Take one of ${known(custodyModels)}.`,
  ),
  TransportModeUnknown: wrong(
    (a) => `No mode of transport has the number ${a.mode}. Take one of ${known(transportModes)}.`,
  ),
  CommodityUnknown: wrong((a) => `${a.commodity} is not an HS-6 code. Use 1 to 999999.`),
  ProcessInputsMismatch: wrong(
    (a) =>
      `${term(processes, a.process)} with ${a.inputs} inputs: extract, collect and declare have none, every other process has some. Correct either.`,
  ),
  ProcessOutputsMismatch: wrong(
    (a) =>
      `${term(processes, a.process)} with ${a.outputs} outputs: retire has none, every other process has some. Correct either.`,
  ),
  OriginNotAtThisFacility: wrong(
    (a) =>
      `${term(processes, a.process)} at a facility of kind ${term(facilityKinds, a.kind)}: extraction happens at mines, collection at recyclers. Name the facility where it happened, or declare the stock.`,
  ),
  OriginRecycledMismatch: wrong(
    (a) =>
      `${term(processes, a.process)} of ${pair(a)}: what is mined or declared is primary, what is collected is recycled. Correct either.`,
  ),
  MassZero: wrong((a) => `Output ${a.output} has no mass. Weigh it, or leave it out.`),
  ContentUnsorted: wrong(
    (a) =>
      `Entry ${a.position} in the content of output ${a.output} is out of order. Sort by material, primary before recycled, each pair once.`,
  ),
  ContentZero: wrong(
    (a) =>
      `Entry ${a.position} in the content of output ${a.output} is zero. What is not there is not listed: remove it.`,
  ),
  ContentExceedsMass: wrong(
    (a) =>
      `Output ${a.output} has ${mass(a.content)} of content in ${mass(a.milligrams)} of net mass. Correct either.`,
  ),
  MoreOutThanIn: wrong(
    (a) =>
      `${mass(a.outMilligrams)} of ${pair(a)} comes out, and ${mass(a.inMilligrams)} went in. What was weighed or assayed higher enters as declared stock.`,
  ),
  OccurredBeforeLot: wrong(
    (a) =>
      `It would have happened at ${time(a.occurredAt)}, before the last event on lot ${a.lot} at ${time(a.lotOccurredAt)}. Correct occurredAt.`,
  ),
  OccurredTooLongAgo: wrong(
    (a) =>
      `It happened at ${time(a.occurredAt)}, and can be recorded if not before ${time(a.earliest)}. Events are recorded within 90 days.`,
  ),
  OccurredInFuture: unprocessable(
    (a) =>
      `It would happen at ${time(a.occurredAt)}, and the latest that the ledger takes is ${time(a.latest)}. Check the clock.`,
  ),
  DispatchNotHead: conflict(
    (a) =>
      `Lot ${a.lot} is not in transit under dispatch ${a.dispatch}: its head is ${a.head}. It was received, refused or recalled before, or never sent so.`,
  ),
  ReceiptNotByConsignee: forGood(
    forbidden(
      (a) =>
        `The consignee is ${a.consignee}, not ${a.party}. It alone accepts and refuses; the consignor can only recall.`,
    ),
  ),
  RecallTooEarly: forbidden(
    (a) =>
      `The consignor may recall from ${time(a.recallFrom)} on, and it is ${time(a.blockTime)}. Wait, or let the consignee refuse.`,
  ),
  CorrectionNotByAuthor: forGood(
    forbidden(
      (a) =>
        `The production is ${a.custodian}'s, not ${a.author}'s. Only the party that stated it corrects it.`,
    ),
  ),
  OutputMoved: conflict(
    (a) =>
      `Lot ${a.lot}, which the production made, was spent or has left since, so that it cannot be undone. Book the difference instead (reweigh), or correct what spent the lot first.`,
  ),
  ProductionUnknown: notFound(
    (a) => `There is no production ${a.production}. Its id is that of the production statement.`,
  ),
  ProductionIsCorrected: conflict((a) => `Production ${a.production} was corrected before. Nothing to do.`),
} as const satisfies Record<string, RefusalRow>;
