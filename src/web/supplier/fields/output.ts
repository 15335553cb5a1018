import { normalContent } from '../../../protocol/content.ts';
import type { Content, Output } from '../../../protocol/statements.ts';
import { hs6In } from './hs6.ts';
import { contentAt, milligramsOf, noMass, type TypedMass } from './mass.ts';

/** What an assay says of one material: a grade in percent of the net mass, or its mass. */
export type TypedContent = {
  readonly key: number;
  /** The material's number, as text; empty: not chosen yet. */
  readonly material: string;
  readonly recycled: boolean;
  readonly by: 'grade' | 'mass';
  readonly grade: string;
  readonly mass: TypedMass;
};

/** A lot as it is typed. */
export type TypedOutput = {
  readonly key: number;
  readonly commodity: string;
  readonly mass: TypedMass;
  readonly content: readonly TypedContent[];
};

let keys = 0;

export function newContent(recycled: boolean): TypedContent {
  keys += 1;
  return { key: keys, material: '', recycled, by: 'grade', grade: '', mass: noMass };
}

export function newOutput(recycled: boolean): TypedOutput {
  keys += 1;
  return { key: keys, commodity: '', mass: { number: '', unit: 't' }, content: [newContent(recycled)] };
}

/** How much of the material there is; null where that is not typed yet. */
export function contentOf({ by, grade, mass }: TypedContent, net: bigint | null): bigint | null {
  return by === 'grade' ? contentAt(grade, net) : milligramsOf(mass);
}

/** Whether the line was left as it was: then it counts as none. */
function isUntouched({ material, grade, mass }: TypedContent): boolean {
  return material === '' && grade.trim() === '' && mass.number.trim() === '';
}

/** The output that was typed; null where something of it is missing or wrong. */
export function outputOf(typed: TypedOutput): Omit<Output, 'evidence'> | null {
  const commodity = hs6In(typed.commodity);
  const milligrams = milligramsOf(typed.mass);
  if (commodity === null || milligrams === null || milligrams === 0n) return null;
  const content: Content[] = [];
  for (const line of typed.content.filter((each) => !isUntouched(each))) {
    const amount = contentOf(line, milligrams);
    if (line.material === '' || amount === null) return null;
    content.push({ material: Number(line.material), recycled: line.recycled, milligrams: amount });
  }
  return { commodity, milligrams, content: normalContent(content) };
}

/** The content as far as it is typed: for a balance that follows the typing. */
export function contentSoFar(typed: TypedOutput): Content[] {
  const net = milligramsOf(typed.mass);
  return typed.content.flatMap((line) => {
    const milligrams = contentOf(line, net);
    if (line.material === '' || milligrams === null) return [];
    return [{ material: Number(line.material), recycled: line.recycled, milligrams }];
  });
}

/** By how much the content is more than the net mass; 0 where it is not. */
export function excessOf(typed: TypedOutput): bigint {
  const net = milligramsOf(typed.mass) ?? 0n;
  const sum = contentSoFar(typed).reduce((total, { milligrams }) => total + milligrams, 0n);
  return net > 0n && sum > net ? sum - net : 0n;
}
