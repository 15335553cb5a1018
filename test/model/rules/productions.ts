import type { Hex } from '../../../src/protocol/hex.ts';
import type { Birth } from '../../../src/protocol/lots.ts';
import type { Struct } from '../../../src/protocol/statements.ts';
import { type Calls, type Emitted, recorded, refuse } from '../acts.ts';
import { type Book, type Lot, lotStatus, lotTrace, quotaOf, retirement } from '../book.ts';
import { lotsOf } from '../ids.ts';
import type { Scene } from '../scene.ts';
import { authorize, requireActive, requireRecent, requireWitness } from './authority.ts';
import { quotaUses, type Use } from './balance.ts';
import { requireOperated } from './facilities.ts';
import { checkBirths, checkProduction, kind, process } from './form.ts';
import { requireAfter, requireBirth, requireHeld } from './lots.ts';

/** Birth and end of lots, and how a production is taken back. */

type Production = Struct<'Production'>;

export function recordProduction(scene: Scene, ...args: Calls['recordProduction']): Emitted[] {
  const [statement, births, signature] = args;
  const { custodian, facility, occurredAt, inputs, outputs } = statement;
  checkProduction(statement, births.length);
  requireActive(scene, custodian);
  const claim = { type: 'Production', message: statement, signature } as const;
  const signed = authorize(scene, custodian, 'production', claim);
  const born = lotsOf(signed.id, outputs);
  if (born.some((lot) => scene.book.lots.has(lot)) || scene.book.retirements.has(signed.id))
    refuse('StatementAlreadyRecorded', signed.id);
  requireRecent(scene, occurredAt);
  const { kind: facilityKind } = requireOperated(scene, facility, custodian);
  checkOrigin(statement.process, facilityKind);
  const spent = inputs.map(({ lot }, index) => {
    const held = requireHeld(scene, inputs, index, { party: custodian, occurredAt });
    requireBirth(lot, births[index] as Birth);
    return [lot, held] as const;
  });
  const uses = quotaUses(scene.book, { statement, births, facilityKind });

  for (const [id, lot] of spent) scene.book.lots.set(id, { ...lot, status: lotStatus.spent, occurredAt });
  for (const use of uses) addUse(scene.book, use);
  for (const lot of born) scene.book.lots.set(lot, newborn(lot, statement, scene.now));
  if (born.length === 0) scene.book.retirements.set(signed.id, retirement.recorded);
  return [recorded(claim, signed)];
}

/** Extraction happens at mines, collection at recyclers. */
function checkOrigin(code: number, facilityKind: number): void {
  const isMine = facilityKind === kind.mine || facilityKind === kind.artisanalMine;
  const isElsewhere =
    (code === process.extract && !isMine) || (code === process.collect && facilityKind !== kind.recycler);
  if (isElsewhere) refuse('OriginNotAtThisFacility', code, facilityKind);
}

function newborn(lot: Hex, { custodian, occurredAt }: Production, now: number): Lot {
  const [status, trace] = [lotStatus.held, lotTrace.none];
  return { custodian, occurredAt, recordedAt: now, status, trace, head: lot };
}

/** Outputs are void, inputs held again under a new head, the quota free again. */
export function recordCorrection(scene: Scene, ...args: Calls['recordCorrection']): Emitted[] {
  const [statement, corrected, births, signature] = args;
  const { author, production, occurredAt } = statement;
  checkBirths(corrected.inputs.length, births.length);
  requireActive(scene, author);
  const claim = { type: 'Correction', message: statement, signature } as const;
  const signed = authorize(scene, author, 'correction', claim);
  requireWitness(scene, production, 'Production', corrected);
  if (corrected.custodian !== author) refuse('CorrectionNotByAuthor', corrected.custodian, author);
  requireRecent(scene, occurredAt);
  const outputs = unmovedOutputs(scene.book, statement, corrected);
  const inputs = corrected.inputs.map(({ lot: id }, index) => {
    const lot = scene.book.lots.get(id) as Lot;
    requireBirth(id, births[index] as Birth);
    requireAfter(id, lot, occurredAt);
    return [id, lot] as const;
  });

  if (outputs.length === 0) scene.book.retirements.set(production, retirement.corrected);
  for (const [id, lot] of outputs) scene.book.lots.set(id, { ...lot, status: lotStatus.void, occurredAt });
  for (const [id, lot] of inputs) {
    const trace = lot.trace === lotTrace.none ? lotTrace.corrected : lot.trace;
    scene.book.lots.set(id, { ...lot, status: lotStatus.held, occurredAt, trace, head: signed.id });
  }
  for (const { key, milligrams } of usesOf(scene.book, corrected, births))
    addUse(scene.book, { key, milligrams: -milligrams });
  return [recorded(claim, signed)];
}

/** Only a production that stands, and whose outputs are all where and as they were born, can be taken back. */
function unmovedOutputs(
  book: Book,
  { production, occurredAt }: Struct<'Correction'>,
  corrected: Production,
): (readonly [Hex, Lot])[] {
  if (corrected.outputs.length === 0) {
    const state = book.retirements.get(production) ?? refuse('ProductionUnknown', production);
    if (state === retirement.corrected) refuse('ProductionIsCorrected', production);
  }
  return lotsOf(production, corrected.outputs).map((id) => {
    const lot = book.lots.get(id) ?? refuse('ProductionUnknown', production);
    if (lot.status === lotStatus.void) refuse('ProductionIsCorrected', production);
    if (lot.status !== lotStatus.held || lot.trace === lotTrace.dispatched) refuse('OutputMoved', id);
    requireAfter(id, lot, occurredAt);
    return [id, lot] as const;
  });
}

/** What a recorded production used: judged against endless quotas, because it was granted. */
function usesOf(book: Book, statement: Production, births: readonly Birth[]): Use[] {
  const endless = { get: () => ({ granted: 2n ** 200n, used: 0n }) } as unknown as Book['quotas'];
  const facilityKind = book.facilities.get(statement.facility)?.kind ?? 0;
  return quotaUses({ ...book, quotas: endless }, { statement, births, facilityKind });
}

function addUse(book: Book, { key, milligrams }: Use): void {
  const { granted, used } = quotaOf(book, key);
  book.quotas.set(key, { granted, used: used + milligrams });
}
