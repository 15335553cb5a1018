import {
  custodyModels,
  facilityKinds,
  outcomes,
  processes,
  termOf,
  transportModes,
} from '../protocol/codes.ts';
import { formatMass } from '../protocol/mass.ts';
import { materialOf } from '../protocol/materials.ts';

/** What HTTP says of a refusal: 403, 404, 409, 422. */
export type RefusalClass = 'forbidden' | 'not-found' | 'conflict' | 'unprocessable';

/** An error's arguments by name: numbers as decimal strings, bytes and addresses as lower-case hex. */
export type RefusalArgs = Readonly<Record<string, string>>;

type RefusalRow = {
  readonly class: RefusalClass;
  /** No later state of the chain, nor of another branch of it, could make the statement valid. */
  readonly permanent: boolean;
  readonly detail: (args: RefusalArgs) => string;
};

type Detail = RefusalRow['detail'];

const forbidden = (detail: Detail): RefusalRow => ({ class: 'forbidden', permanent: false, detail });
const notFound = (detail: Detail): RefusalRow => ({ class: 'not-found', permanent: false, detail });
const conflict = (detail: Detail): RefusalRow => ({ class: 'conflict', permanent: false, detail });
const unprocessable = (detail: Detail): RefusalRow => ({ class: 'unprocessable', permanent: false, detail });
const forGood = (row: RefusalRow): RefusalRow => ({ ...row, permanent: true });
/** The statement contradicts itself, or what its own hashes commit it to. */
const wrong = (detail: Detail): RefusalRow => forGood(unprocessable(detail));

const time = (seconds = ''): string => new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
const mass = (milligrams = '0'): string => formatMass(BigInt(milligrams));
const pair = (args: RefusalArgs): string =>
  `${args.recycled === 'true' ? 'recycled' : 'primary'} ${materialOf(Number(args.material)).name}`;
const term = (table: Record<string, number>, code = ''): string => `"${termOf(table, Number(code)) ?? code}"`;
const known = (table: Record<string, number>): string =>
  Object.entries(table)
    .map(([name, code]) => `${code} (${name})`)
    .join(', ');

/** Every error that the ledger can answer with, by its name in the ABI. */
export const refusalRows = {
  PartyUnknown: forbidden(
    (a) => `${a.party} is not a party. Ask the registrar to admit it, then send again.`,
  ),
  PartyAlreadyAdmitted: conflict((a) => `${a.party} was admitted before. Nothing to do.`),
  PartyIsSuspended: forbidden(
    (a) =>
      `The party ${a.party} is suspended: it can only refuse, recall and revoke. Ask the registrar to reinstate it.`,
  ),
  PartyIsNotSuspended: conflict((a) => `The party ${a.party} is not suspended. Nothing to reinstate.`),
  PartyIsZero: wrong(() => 'The zero address cannot be a party. Name the account that will sign.'),
  SignatureInvalid: forbidden(
    (a) =>
      `The signature over ${a.statement} is not that of ${a.party}, on this chain and for this ledger. Sign again with the party's key.`,
  ),
  StatementExpired: wrong(
    (a) =>
      `The statement had to be recorded by ${time(a.recordBy)}, and it is ${time(a.blockTime)}. Sign it with a later recordBy.`,
  ),
  StatementAlreadyRecorded: conflict((a) => `Statement ${a.statement} is recorded. Nothing to do.`),
  StatementEmpty: wrong(() => 'The statement lists nothing to act on. Name at least one lot.'),
  AuditorNotAccredited: forbidden(
    (a) => `${a.auditor} is not accredited for "${a.scheme}". Check the spelling, or ask the accreditor.`,
  ),
  AuditorAlreadyAccredited: conflict(
    (a) => `${a.auditor} is accredited for "${a.scheme}" already. Nothing to do.`,
  ),
  SchemeEmpty: wrong(() => 'A scheme has a name, and this one is empty. Name the scheme.'),

  FacilityUnknown: notFound(
    (a) => `There is no facility ${a.facility}. Its id is that of its registration: record that first.`,
  ),
  FacilityNotOperatedBy: forGood(
    forbidden(
      (a) =>
        `Facility ${a.facility} is operated by ${a.operator}, not by ${a.party}. Name one of ${a.party}.`,
    ),
  ),
  FacilityKindUnknown: wrong(
    (a) => `No kind of facility has the number ${a.kind}. Take one of ${known(facilityKinds)}.`,
  ),
  CountryUnknown: wrong((a) => `${a.country} is no country. Use the ISO 3166-1 numeric code, 1 to 999.`),
  MaterialUnknown: wrong(
    (a) => `No material has the number ${a.material}. Use 1 to 118 (elements) or 128 and up (minerals).`,
  ),
  QuotaExceeded: forbidden(
    (a) =>
      `${mass(a.wanted)} of ${pair(a)} would originate at facility ${a.facility} in ${a.year}, and its quota leaves ${mass(a.available)}. Ask the registrar for a quota, or state less.`,
  ),
  QuotaBelowUsed: conflict(
    (a) =>
      `${mass(a.used)} originated in that year already, so that its quota cannot become ${mass(a.milligrams)}. Grant at least ${mass(a.used)}.`,
  ),
  MassTooLarge: wrong((a) => `${a.milligrams} mg is above the largest mass, 2^63 - 1 mg. Split the lot.`),

  LotUnknown: notFound(
    (a) => `There is no lot ${a.lot}. Check the id, or record the production that makes it first.`,
  ),
  LotIsSpent: conflict((a) => `Lot ${a.lot} was used up by a production. Its history says which.`),
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
  DispatchMismatch: forGood(
    notFound(
      (a) =>
        `The dispatch presented is ${a.got}, and the receipt names ${a.expected}. Check that id; it is the dispatch statement's.`,
    ),
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

  SubjectUnknown: notFound(
    (a) =>
      `No facility, lot or party is ${a.subject}. Name a facility id, a lot id, or an account padded to 32 bytes.`,
  ),
  SubjectIsOwn: forbidden(
    (a) => `${a.subject} is ${a.auditor}'s own, and nobody attests to that. Let another auditor sign.`,
  ),
  OutcomeUnknown: wrong((a) => `No outcome has the number ${a.outcome}. Take one of ${known(outcomes)}.`),
  ValidityEmpty: wrong(
    (a) =>
      `The attestation would be valid from ${time(a.validFrom)} until ${time(a.validUntil)}, which is no time. Correct the dates.`,
  ),
  AttestationUnknown: notFound(
    (a) => `There is no attestation ${a.attestation}. Its id is that of the attestation statement.`,
  ),
  RevocationNotByAuthor: forbidden(
    (a) => `The attestation is ${a.auditor}'s, not ${a.author}'s. Its auditor or the registrar revokes it.`,
  ),
  RevocationNotEarlier: conflict(
    (a) =>
      `The attestation ends at ${time(a.endsAt)}, and a revocation from ${time(a.effectiveAt)} would not end it earlier. Name an earlier date.`,
  ),

  AccessControlUnauthorizedAccount: forbidden(
    (a) => `${a.account} does not have the role ${a.neededRole}. Use the key of an account that has it.`,
  ),
  AccessControlBadConfirmation: forbidden(
    () => 'An account renounces only its own role. Name the account that sends.',
  ),
  InvalidShortString: wrong(
    () =>
      "The name or version of the ledger's signing domain is not a short string. Deploy the published contract.",
  ),
  StringTooLong: wrong((a) => `"${a.str}" is too long for a short string. Deploy the published contract.`),
} as const satisfies Record<string, RefusalRow>;

export type LedgerError = keyof typeof refusalRows;
