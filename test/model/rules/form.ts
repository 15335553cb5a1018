import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { Struct } from '../../../src/protocol/statements.ts';
import { refuse } from '../acts.ts';

/** What can be refused from a statement alone, whatever the ledger knows. */

export const MAX_MILLIGRAMS = 2n ** 63n - 1n;
export const ZERO_ADDRESS = `0x${'00'.repeat(20)}` as const;
export const process = { extract: 1, collect: 2, declare: 3, recycle: 12, retire: 13 } as const;
export const kind = { mine: 1, artisanalMine: 2, recycler: 6 } as const;

const isOrigin = (code: number): boolean => code <= process.declare;
const within = (value: number, lowest: number, highest: number): boolean =>
  value >= lowest && value <= highest;

export function checkMass(milligrams: bigint): void {
  if (milligrams > MAX_MILLIGRAMS) refuse('MassTooLarge', milligrams);
}

/** 1–118: elements; 128 and up: minerals. */
export function checkMaterial(material: number): void {
  if (!within(material, 1, 118) && !within(material, 128, 255)) refuse('MaterialUnknown', material);
}

/** 1–64 characters of printable ASCII. */
export function checkScheme(scheme: string): void {
  if (scheme === '') refuse('SchemeEmpty');
  if (!/^[ -~]{1,64}$/.test(scheme)) refuse('SchemeMalformed', scheme);
}

export function checkRegistration(statement: Struct<'FacilityRegistration'>): void {
  if (!within(statement.kind, 1, 7)) refuse('FacilityKindUnknown', statement.kind);
  if (!within(statement.country, 1, 999)) refuse('CountryUnknown', statement.country);
}

export function checkProduction(statement: Struct<'Production'>, births: number): void {
  const { process: code, inputs, outputs } = statement;
  if (!within(code, 1, 13)) refuse('ProcessUnknown', code);
  if (!within(statement.custodyModel, 1, 5)) refuse('CustodyModelUnknown', statement.custodyModel);
  if (isOrigin(code) !== (inputs.length === 0)) refuse('ProcessInputsMismatch', code, inputs.length);
  if ((code === process.retire) !== (outputs.length === 0))
    refuse('ProcessOutputsMismatch', code, outputs.length);
  checkBirths(inputs.length, births);
  for (const [index, output] of outputs.entries()) checkOutput(output, index, code);
}

export function checkBirths(inputs: number, births: number): void {
  if (births !== inputs) refuse('BirthsMissing', inputs, births);
}

/** Content is sorted, each pair once; what is mined or declared is primary, what is collected recycled. */
function checkOutput(
  { commodity, milligrams, content }: Struct<'Output'>,
  index: number,
  code: number,
): void {
  if (!within(commodity, 1, 999_999)) refuse('CommodityUnknown', commodity);
  if (milligrams === 0n) refuse('MassZero', index);
  checkMass(milligrams);
  let [total, before] = [0n, -1];
  content.forEach((part, position) => {
    checkMaterial(part.material);
    checkMass(part.milligrams);
    if (part.milligrams === 0n) refuse('ContentZero', index, position);
    const place = 2 * part.material + Number(part.recycled);
    if (place <= before) refuse('ContentUnsorted', index, position);
    if (isOrigin(code) && part.recycled !== (code === process.collect))
      refuse('OriginRecycledMismatch', code, part.material, part.recycled);
    before = place;
    total += part.milligrams;
  });
  if (total > milligrams) refuse('ContentExceedsMass', index, total, milligrams);
}

export function checkDispatch({ lots, mode }: Struct<'Dispatch'>): void {
  if (lots.length === 0) refuse('StatementEmpty');
  if (!within(mode, 1, 9)) refuse('TransportModeUnknown', mode);
}

export function checkReceipt({ lots }: Struct<'Receipt'>): void {
  if (lots.length === 0) refuse('StatementEmpty');
  for (const { milligrams } of lots) checkMass(milligrams);
}

export function checkAttestation(statement: Struct<'Attestation'>): void {
  const { scheme, outcome, validFrom, validUntil } = statement;
  if (scheme === '') refuse('SchemeEmpty');
  if (!within(outcome, 1, 3)) refuse('OutcomeUnknown', outcome);
  if (validFrom >= validUntil) refuse('ValidityEmpty', validFrom, validUntil);
}

/** Readings have a root and a count; an inspection has neither, and its findings are evidence. */
export function checkObservation(statement: Struct<'Observation'>): void {
  const { root, count, evidence, from, until } = statement;
  if (root === ZERO_BYTES32 && evidence === ZERO_BYTES32) refuse('StatementEmpty');
  if ((root === ZERO_BYTES32) !== (count === 0)) refuse('ReadingsMismatch', root, count);
  if (from > until) refuse('PeriodReversed', from, until);
}

/** The zero address signs nothing. */
export function checkKey(key: Hex): void {
  if (key === ZERO_ADDRESS) refuse('AccountIsZero');
}

/** Of eight scopes at least one, except where the delegation ends one. */
export function checkDelegation({ delegate, scope, validUntil }: Struct<'Delegation'>): void {
  checkKey(delegate);
  if (scope > 255 || (scope === 0 && validUntil !== 0)) refuse('ScopeUnknown', scope);
}
