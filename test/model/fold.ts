import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Content, StatementType, Struct } from '../../src/protocol/statements.ts';
import type { Emitted } from './acts.ts';
import { type Archive, birthsOf, emptyArchive, remember } from './archive.ts';
import { type Book, joined, type Lot, lotStatus, lotTrace, quotaOf, retirement, yearOf } from './book.ts';
import { extended, lotsOf } from './ids.ts';
import { kind, process, ZERO_ADDRESS } from './rules/form.ts';

/**
 * The books as the events alone give them, by what each event's documentation tells an indexer to do. It checks nothing, and
 * shares no rule with the model.
 */
export type Fold = { readonly book: Book; readonly archive: Archive };

export function openFold(book: Book): Fold {
  return { book, archive: emptyArchive() };
}

/** @param time the block's */
export function foldEvent(fold: Fold, event: Emitted, time: number): void {
  remember(fold.archive, event);
  folds[event.name]?.(fold, event.args as never, time);
}

type Recorded<T extends StatementType> = { readonly id: Hex; readonly statement: Struct<T> };
type Party = { readonly party: Hex };
type Handler<A> = (fold: Fold, args: A, time: number) => void;

const folds: Readonly<Record<string, Handler<never>>> = {
  PartyAdmitted: ({ book }, { party }: Party) => {
    book.parties.set(party, { key: party, suspended: false, keyNumber: 1 });
  },
  PartySuspended: ({ book }, { party }: Party) => change(book.parties, party, { suspended: true }),
  PartyReinstated: ({ book }, { party }: Party) => change(book.parties, party, { suspended: false }),
  AuditorAccredited: ({ book }, { auditor, scheme }: Accreditation) => {
    book.accreditations.set(joined(auditor, scheme), true);
  },
  AccreditationWithdrawn: ({ book }, { auditor, scheme }: Accreditation) => {
    book.accreditations.set(joined(auditor, scheme), false);
  },
  RoleGranted: ({ book }, { role, account }: Role) => {
    book.roles.set(role, new Set([...(book.roles.get(role) ?? []), account]));
  },
  RoleRevoked: ({ book }, { role, account }: Role) => {
    book.roles.set(role, new Set([...(book.roles.get(role) ?? [])].filter((holder) => holder !== account)));
  },
  QuotaGranted: ({ book }, { facility, material, recycled, year, milligrams }: Grant) => {
    const key = joined(facility, material, recycled, year);
    book.quotas.set(key, { granted: milligrams, used: quotaOf(book, key).used });
  },
  KeyProposed: ({ book }, { party, key, effectiveAt }: Party & { key: Hex; effectiveAt: number }) => {
    book.proposals.set(party, { key, effectiveAt });
  },
  KeyProposalCompleted: ({ book }, { party, key, number }: Party & { key: Hex; number: number }) => {
    change(book.proposals, party, { key: ZERO_ADDRESS });
    change(book.parties, party, { key, keyNumber: number });
  },
  KeyReplacementRecorded: ({ book }, { statement: { party, key, number } }: Recorded<'KeyReplacement'>) => {
    change(book.proposals, party, { key: ZERO_ADDRESS });
    change(book.parties, party, { key, keyNumber: number });
  },
  KeyObjectionRecorded: ({ book }, { statement }: Recorded<'KeyObjection'>) => {
    change(book.proposals, statement.party, { key: ZERO_ADDRESS });
  },
  DelegationRecorded: ({ book }, { statement }: Recorded<'Delegation'>) => {
    const { party, delegate, scope, validUntil, issuedAt } = statement;
    const keyNumber = book.parties.get(party)?.keyNumber ?? 0;
    book.delegations.set(joined(party, delegate), { scope, validUntil, issuedAt, keyNumber });
  },
  FacilityRegistrationRecorded: ({ book }, { id, statement }: Recorded<'FacilityRegistration'>) => {
    const { operator, kind, country } = statement;
    book.facilities.set(id, { operator, kind, country });
  },
  ProductionRecorded: (fold, { id, statement }: Recorded<'Production'>, time) =>
    produce(fold, id, statement, time),
  DispatchRecorded: ({ book }, { id, statement }: Recorded<'Dispatch'>) => {
    const { occurredAt } = statement;
    const moved = { status: lotStatus.inTransit, trace: lotTrace.dispatched, occurredAt, head: id };
    for (const { lot } of statement.lots) change(book.lots, lot, moved);
  },
  ReceiptRecorded: ({ book }, { id, statement }: Recorded<'Receipt'>) => {
    const { party, accepted, occurredAt } = statement;
    const arrived = { status: lotStatus.held, occurredAt, head: id, ...(accepted && { custodian: party }) };
    for (const { lot } of statement.lots) change(book.lots, lot, arrived);
  },
  CorrectionRecorded: (fold, { id, statement }: Recorded<'Correction'>) => undo(fold, id, statement),
  ObservationRecorded: ({ book }, { id, statement }: Recorded<'Observation'>) => {
    const { observer, device, subject, previous } = statement;
    book.tails.set(joined(observer, device, subject), id);
    if (previous === ZERO_BYTES32) extend(book, subject, id);
  },
  AttestationRecorded: ({ book }, { id, statement }: Recorded<'Attestation'>) => {
    book.attestations.set(id, { auditor: statement.auditor, endsAt: statement.validUntil });
    extend(book, statement.subject, id);
  },
  RevocationRecorded: ({ book, archive }, { id, statement }: Recorded<'Revocation'>) => {
    const { attestation, effectiveAt } = statement;
    change(book.attestations, attestation, { endsAt: effectiveAt });
    extend(book, archive.attestations.get(attestation)?.subject as Hex, id);
  },
};

type Accreditation = { readonly auditor: Hex; readonly scheme: string };
type Role = { readonly role: Hex; readonly account: Hex };
type Grant = { facility: Hex; material: number; recycled: boolean; year: number; milligrams: bigint };

/** @throws nothing: where there is no such row, none is changed */
function change<K, V extends object>(rows: Map<K, V>, key: K, fields: Partial<V>): void {
  const row = rows.get(key);
  if (row) rows.set(key, { ...row, ...fields });
}

function extend(book: Book, subject: Hex, id: Hex): void {
  book.trails.set(subject, extended(book.trails.get(subject) ?? ZERO_BYTES32, id));
}

function produce({ book, archive }: Fold, id: Hex, statement: Struct<'Production'>, time: number): void {
  const { custodian, occurredAt, inputs, outputs } = statement;
  for (const { lot } of inputs) change(book.lots, lot, { status: lotStatus.spent, occurredAt });
  const born: Omit<Lot, 'head'> = {
    custodian,
    occurredAt,
    recordedAt: time,
    status: lotStatus.held,
    trace: lotTrace.none,
  };
  for (const lot of lotsOf(id, outputs)) book.lots.set(lot, { ...born, head: lot });
  if (outputs.length === 0) book.retirements.set(id, retirement.recorded);
  countUse(book, quotaUsed(archive, book, statement), 1n);
}

function undo({ book, archive }: Fold, id: Hex, { production, occurredAt }: Struct<'Correction'>): void {
  const statement = archive.productions.get(production) as Struct<'Production'>;
  for (const lot of lotsOf(production, statement.outputs))
    change(book.lots, lot, { status: lotStatus.void, occurredAt });
  for (const { lot } of statement.inputs) {
    const trace =
      book.lots.get(lot)?.trace === lotTrace.dispatched ? lotTrace.dispatched : lotTrace.corrected;
    change(book.lots, lot, { status: lotStatus.held, occurredAt, head: id, trace });
  }
  if (statement.outputs.length === 0) book.retirements.set(production, retirement.corrected);
  countUse(book, quotaUsed(archive, book, statement), -1n);
}

/** What a production takes of each quota: all that an origin digs or collects, and what more recycled comes out than went in. */
export function quotaUsed(
  archive: Archive,
  book: Book,
  statement: Struct<'Production'>,
): Map<string, bigint> {
  const { facility, process: code, outputs, occurredAt } = statement;
  const used = new Map<string, bigint>();
  const add = ({ material, recycled, milligrams }: Content, sign: bigint): void => {
    const key = joined(facility, material, recycled, yearOf(occurredAt));
    used.set(key, (used.get(key) ?? 0n) + sign * milligrams);
  };
  const isOrigin = code === process.extract || code === process.collect;
  const mayConvert = code > process.declare && book.facilities.get(facility)?.kind === kind.recycler;
  if (!isOrigin && !mayConvert) return used;
  const counted = (part: Content): boolean => isOrigin || part.recycled;
  for (const part of outputs.flatMap(({ content }) => content)) if (counted(part)) add(part, 1n);
  for (const part of birthsOf(archive, statement).flatMap(({ output }) => output.content))
    if (counted(part)) add(part, -1n);
  return new Map([...used].filter(([, milligrams]) => milligrams > 0n));
}

function countUse(book: Book, uses: ReadonlyMap<string, bigint>, sign: bigint): void {
  for (const [key, milligrams] of uses) {
    const { granted, used } = quotaOf(book, key);
    book.quotas.set(key, { granted, used: used + sign * milligrams });
  }
}
