import type { Hex } from '../../src/protocol/hex.ts';
import type { Content, Struct } from '../../src/protocol/statements.ts';
import { type Archive, birthsOf } from './archive.ts';
import { type Book, joined, lotStatus, retirement } from './book.ts';
import { type Fold, quotaUsed } from './fold.ts';
import { lotsOf } from './ids.ts';
import { kind, process } from './rules/form.ts';

/** The invariants of contracts/README.md that hold of the whole, told from the events and the books that they give. */

type Sums = Map<string, bigint>;
type Production = Struct<'Production'>;

/** What does not hold, each with its number; nothing where all is well. */
export function brokenInvariants({ book, archive }: Fold): string[] {
  const standing = [...archive.productions].filter(([id, statement]) => isStanding(book, id, statement));
  return [
    ...conservation(book, archive, standing),
    ...quotas(book, archive, standing),
    ...spending(book, standing),
  ];
}

function isStanding(book: Book, id: Hex, { outputs }: Production): boolean {
  const [first] = lotsOf(id, outputs);
  if (first === undefined) return book.retirements.get(id) === retirement.recorded;
  return book.lots.get(first)?.status !== lotStatus.void;
}

type Standing = readonly (readonly [Hex, Production])[];

/** I1 and I2: what exists, and what was lost on the way, is what originated, as primary or as recycled. */
function conservation(book: Book, archive: Archive, standing: Standing): string[] {
  const [originated, converted, lost, exists] = [new Map(), new Map(), new Map(), new Map()] as Sums[] as [
    Sums,
    Sums,
    Sums,
    Sums,
  ];
  const offences: string[] = [];
  for (const [id, statement] of standing) {
    const out = statement.outputs.flatMap(({ content }) => content);
    if (statement.process <= process.declare) {
      add(originated, out, 1n);
      continue;
    }
    const gone = new Map<string, bigint>();
    add(
      gone,
      birthsOf(archive, statement).flatMap(({ output }) => output.content),
      1n,
    );
    add(gone, out, -1n);
    for (const [pair, milligrams] of gone) {
      if (milligrams >= 0n) continue;
      const primary = pair.replace('true', 'false');
      const isRecycler = book.facilities.get(statement.facility)?.kind === kind.recycler;
      if (pair === primary || !isRecycler || (gone.get(primary) ?? 0n) < -milligrams)
        offences.push(`I1: production ${id} makes ${-milligrams} mg of ${pair} from nothing`);
      plus(converted, pair, -milligrams);
      plus(converted, primary, milligrams);
    }
    for (const [pair, milligrams] of gone) plus(lost, pair, milligrams);
  }
  for (const [lot, { status }] of book.lots) {
    const isThere = status === lotStatus.held || status === lotStatus.inTransit;
    if (isThere) add(exists, archive.births.get(lot)?.output.content ?? [], 1n);
  }
  for (const pair of new Set([...originated.keys(), ...exists.keys()])) {
    const [there, from] = [exists.get(pair) ?? 0n, originated.get(pair) ?? 0n];
    if (there + (lost.get(pair) ?? 0n) !== from)
      offences.push(
        `I1: of ${pair}, ${there} mg exist and ${lost.get(pair) ?? 0n} mg were lost of ${from} mg`,
      );
    if (pair.endsWith('true') && there > from + (converted.get(pair) ?? 0n))
      offences.push(`I2: of ${pair}, ${there} mg exist, more than was collected and converted`);
  }
  return offences;
}

/** I2: what a quota counts as used is what the standing productions used, and was granted. */
function quotas(book: Book, archive: Archive, standing: Standing): string[] {
  const used: Sums = new Map();
  for (const [, statement] of standing)
    for (const [key, milligrams] of quotaUsed(archive, book, statement)) plus(used, key, milligrams);
  return [...book.quotas].flatMap(([key, quota]) => {
    const wanted = used.get(key) ?? 0n;
    const offences =
      quota.used === wanted ? [] : [`I2: quota ${key} has ${quota.used} used, expected ${wanted}`];
    if (quota.used > quota.granted)
      offences.push(`I2: quota ${key} has ${quota.used} used of ${quota.granted}`);
    return offences;
  });
}

/** I3 and I4: a lot is spent where exactly one standing production names it as input, and born where one made it. */
function spending(book: Book, standing: Standing): string[] {
  const spenders = new Map<Hex, number>();
  for (const [, { inputs }] of standing)
    for (const { lot } of inputs) spenders.set(lot, (spenders.get(lot) ?? 0) + 1);
  const born = new Set(standing.flatMap(([id, { outputs }]) => lotsOf(id, outputs)));
  return [...book.lots].flatMap(([lot, { status }]) => {
    const wanted = status === lotStatus.spent ? 1 : 0;
    const offences: string[] = [];
    if ((spenders.get(lot) ?? 0) !== wanted)
      offences.push(`I4: lot ${lot} of status ${status} is spent by ${spenders.get(lot) ?? 0} productions`);
    if (born.has(lot) !== (status !== lotStatus.void))
      offences.push(
        `I3: lot ${lot} of status ${status} has ${born.has(lot) ? 'a' : 'no'} production that stands`,
      );
    return offences;
  });
}

function add(sums: Sums, content: readonly Content[], sign: bigint): void {
  for (const { material, recycled, milligrams } of content)
    plus(sums, joined(material, recycled), sign * milligrams);
}

function plus(sums: Sums, key: string, milligrams: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + milligrams);
}
