/**
 * The numbers that stand in signed statements and the terms that people and the API read.
 * Each table has its twin in `contracts/Codes.sol`; a test compares the two.
 */

export const facilityKinds = {
  mine: 1,
  'artisanal-mine': 2,
  concentrator: 3,
  'smelter-or-refiner': 4,
  manufacturer: 5,
  recycler: 6,
  storage: 7,
} as const;
export type FacilityKind = keyof typeof facilityKinds;

/** The first three are origins: they have no inputs. */
export const processes = {
  extract: 1,
  collect: 2,
  declare: 3,
  concentrate: 4,
  smelt: 5,
  refine: 6,
  blend: 7,
  split: 8,
  reweigh: 9,
  manufacture: 10,
  assemble: 11,
  recycle: 12,
  retire: 13,
} as const;
export type Process = keyof typeof processes;

/** What an origin may be: mined, collected as scrap, or declared (its origin is not on the ledger). */
export const originProcesses = ['extract', 'collect', 'declare'] as const;
export type OriginProcess = (typeof originProcesses)[number];

/** ISO 22095:2020, strongest first. */
export const custodyModels = {
  'identity-preserved': 1,
  segregated: 2,
  'controlled-blending': 3,
  'mass-balance': 4,
  'book-and-claim': 5,
} as const;
export type CustodyModel = keyof typeof custodyModels;

/** UN/CEFACT Recommendation 19. */
export const transportModes = {
  sea: 1,
  rail: 2,
  road: 3,
  air: 4,
  mail: 5,
  multimodal: 6,
  'fixed-installation': 7,
  'inland-water': 8,
  'not-applicable': 9,
} as const;
export type TransportMode = keyof typeof transportModes;

export const outcomes = {
  conformant: 1,
  'non-conformant': 2,
  alert: 3,
} as const;
export type Outcome = keyof typeof outcomes;

/** The statement types that a delegate may sign for a party: a bit each, added up in a delegation's scope. */
export const scopes = {
  'facility-registration': 1,
  production: 2,
  dispatch: 4,
  receipt: 8,
  correction: 16,
  observation: 32,
  attestation: 64,
  revocation: 128,
} as const;
export type Scope = keyof typeof scopes;

/** The term of a code in one of the tables above; undefined where the table has no such number. */
export function termOf<Term extends string>(table: Record<Term, number>, code: number): Term | undefined {
  return (Object.keys(table) as Term[]).find((term) => table[term] === code);
}

/** Like `termOf`, for codes that the contract has accepted. Throws where it has not. */
export function recordedTerm<Term extends string>(table: Record<Term, number>, code: number): Term {
  const term = termOf(table, code);
  if (term === undefined) throw new Error(`Code ${code} is not one of ${Object.values(table).join(', ')}`);
  return term;
}
