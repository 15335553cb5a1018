import type { Hex } from '../../protocol/hex.ts';
import { authorFields, ledgerDomain, type Statement, type StatementType } from '../../protocol/statements.ts';
import type { ActRecord, BundleContents, BundleRecord, StatementRecord } from './format.ts';
import { BundleFault, type BundleProblemCode } from './problems.ts';
import { ownTools, type Tools } from './tools.ts';

/** Where a record stands: its place in the ledger's order, which is its index in the bundle. */
export type Placed = { readonly position: number; readonly block: number; readonly recordedAt: number };

/** A recorded statement. Its id is hashed again from its message. */
export type Said<T extends StatementType = StatementType> = Placed & {
  readonly id: Hex;
  readonly statement: Extract<Statement, { type: T }>;
  readonly signer: Hex;
  readonly signature: Hex;
};
export type Act = Placed & { readonly act: ActRecord };

/** An output of a recorded production. */
export type Born = { readonly lot: Hex; readonly index: number; readonly production: Said<'Production'> };

/** A bundle's records, to be looked up. */
export type Book = {
  readonly contents: BundleContents;
  readonly said: readonly Said[];
  readonly acts: readonly Act[];
  /** @throws BundleFault `statement-missing` where the bundle has no such statement of that type */
  require<T extends StatementType>(type: T, id: Hex, neededBy: string): Said<T>;
  /** Undefined where the bundle has no such statement. */
  typeOf(id: Hex): StatementType | undefined;
  /** Every statement of a type, in the ledger's order. */
  all<T extends StatementType>(type: T): readonly Said<T>[];
  /** Every output of a production of the bundle. */
  outputsOf(production: Said<'Production'>): readonly Born[];
  /** The birth of a lot; undefined where no production of the bundle made it. */
  birthOf(lot: Hex): Born | undefined;
};

/**
 * Hashes every statement to its id, and every output to its lot's.
 * @param onStatement told after each statement, with how many there were
 * @throws BundleFault `statement-repeated`
 */
export function openBook(
  contents: BundleContents,
  tools: Pick<Tools, 'statementId' | 'birthsOf'> = ownTools,
  onStatement: (done: number) => void = () => {},
): Book {
  const domain = ledgerDomain(contents.ledger.chainId, contents.ledger.address);
  const said: Said[] = [];
  const acts: Act[] = [];
  contents.records.forEach((record, position) => {
    const { block, recordedAt } = record;
    if (isStatement(record)) {
      const { type, message, signer, signature } = record;
      const statement = { type, message } as Statement;
      const id = tools.statementId(domain, statement);
      said.push({ position, block, recordedAt, id, statement, signer, signature });
    } else acts.push({ position, block, recordedAt, act: record });
    onStatement(said.length);
  });
  const byId = indexed(said);
  const byType = Map.groupBy(said, ({ statement }) => statement.type);
  const all = <T extends StatementType>(type: T) => (byType.get(type) ?? []) as unknown as readonly Said<T>[];
  const outputs = new Map(all('Production').map((said) => [said.id, bornOf(said, tools)] as const));
  const births = new Map<Hex, Born>();
  for (const born of outputs.values()) for (const one of born) births.set(one.lot, one);
  return {
    contents,
    said,
    acts,
    all,
    typeOf: (id) => byId.get(id)?.statement.type,
    outputsOf: ({ id }) => outputs.get(id) ?? [],
    birthOf: (lot) => births.get(lot),
    require: (type, id, neededBy) => {
      const found = byId.get(id);
      if (found?.statement.type === type) return found as unknown as Said<typeof type>;
      const what = found ? `${id} is a ${found.statement.type}` : `there is no ${type} ${id}`;
      throw new BundleFault('statement-missing', 'records', `${what}, which ${neededBy} names`);
    },
  };
}

function bornOf(production: Said<'Production'>, { birthsOf }: Pick<Tools, 'birthsOf'>): Born[] {
  const births = birthsOf(production.id, production.statement.message.outputs);
  return births.map(({ lot, index }) => ({ lot, index, production }));
}

/** A record's place in the bundle. */
export function pathOf({ position }: Placed, field = ''): string {
  return `records.${position}${field === '' ? '' : `.${field}`}`;
}

/** A problem with one record. */
export function faultAt(code: BundleProblemCode, placed: Placed, detail: string): BundleFault {
  return new BundleFault(code, pathOf(placed), detail);
}

function isStatement(record: BundleRecord): record is StatementRecord {
  return Object.hasOwn(authorFields, record.type);
}

function indexed(said: readonly Said[]): Map<Hex, Said> {
  const byId = new Map<Hex, Said>();
  for (const one of said) {
    if (byId.has(one.id)) throw faultAt('statement-repeated', one, `statement ${one.id} stands here again`);
    byId.set(one.id, one);
  }
  return byId;
}
