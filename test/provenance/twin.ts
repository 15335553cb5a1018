import { UNITS_PER_MILLIGRAM } from '../../src/protocol/apportion.ts';
import { processes } from '../../src/protocol/codes.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { History, LotNode, ProductionNode } from '../../src/provenance/history.ts';

type Vector = Record<string, bigint>;
type Fraction = { over: bigint; under: bigint };

/**
 * The attribution rule once more, as plainly as it can be said and as slowly: recursive, without memory, one pair at
 * a time, quotas as fractions. Only its answers matter: they have to equal the program's to the unit.
 */
export function twinOrigins(history: History, lot: Hex, material: number, recycled: boolean): Vector {
  const node = lotOf(history, lot);
  const sources = shares(history, makerOf(history, node), material, recycled);
  return share(mass(node, material, recycled), sources);
}

function vector(history: History, lot: LotNode, material: number, recycled: boolean): Vector {
  const units = mass(lot, material, recycled) * UNITS_PER_MILLIGRAM;
  return share(units, shares(history, makerOf(history, lot), material, recycled));
}

function shares(history: History, production: ProductionNode, material: number, recycled: boolean): Vector {
  if (['extract', 'collect', 'declare'].includes(production.process))
    return {
      [`${production.facility}/${processes[production.process]}`]:
        out(history, production, material, recycled) * UNITS_PER_MILLIGRAM,
    };
  const source = summaryOf(history, production);
  if (source !== production) return shares(history, source, material, recycled);
  const total: Vector = {};
  for (const input of inputsOf(history, production)) plus(total, vector(history, input, material, recycled));
  const converted = conversion(history, production, material);
  if (!recycled || converted <= 0n) return total;
  const primary: Vector = {};
  for (const input of inputsOf(history, production)) plus(primary, vector(history, input, material, false));
  plus(total, share(converted * UNITS_PER_MILLIGRAM, primary));
  return total;
}

/** The production whose summary this one uses: its own, or the one that all its inputs share. */
function summaryOf(history: History, production: ProductionNode): ProductionNode {
  if (production.inputs.length === 0) return production;
  const converts = [...Array(256).keys()].some((material) => conversion(history, production, material) > 0n);
  if (converts) return production;
  const sources = inputsOf(history, production).map((input) => summaryOf(history, makerOf(history, input)));
  return new Set(sources).size === 1 ? (sources[0] as ProductionNode) : production;
}

function conversion(history: History, production: ProductionNode, material: number): bigint {
  const came = inputsOf(history, production).reduce((sum, input) => sum + mass(input, material, true), 0n);
  return out(history, production, material, true) - came;
}

/** Largest remainders, by picking the best candidate again and again. */
function share(amount: bigint, among: Vector): Vector {
  const whole = Object.values(among).reduce((sum, part) => sum + part, 0n);
  if (amount === 0n) return {};
  const quotas = Object.entries(among).map(([key, part]) => ({
    key,
    quota: { over: amount * part, under: whole },
  }));
  const result: Vector = {};
  for (const { key, quota } of quotas) result[key] = floor(quota);
  const waiting = quotas.map(({ key, quota }) => ({
    key,
    rest: { over: quota.over - floor(quota) * quota.under, under: quota.under },
  }));
  let left = amount - Object.values(result).reduce((sum, part) => sum + part, 0n);
  while (left > 0n) {
    const best = waiting.reduce((a, b) => (before(b, a) ? b : a));
    result[best.key] = (result[best.key] ?? 0n) + 1n;
    waiting.splice(waiting.indexOf(best), 1);
    left -= 1n;
  }
  return Object.fromEntries(Object.entries(result).filter(([, part]) => part > 0n));
}

function before(a: { key: string; rest: Fraction }, b: { key: string; rest: Fraction }): boolean {
  const difference = a.rest.over * b.rest.under - b.rest.over * a.rest.under;
  return difference > 0n || (difference === 0n && a.key < b.key);
}

function floor({ over, under }: Fraction): bigint {
  return over / under;
}

function plus(total: Vector, more: Vector): void {
  for (const [key, part] of Object.entries(more)) total[key] = (total[key] ?? 0n) + part;
}

function out(history: History, production: ProductionNode, material: number, recycled: boolean): bigint {
  return production.outputs.reduce((sum, lot) => sum + mass(lotOf(history, lot), material, recycled), 0n);
}

function mass(lot: LotNode, material: number, recycled: boolean): bigint {
  const entry = lot.content.find((one) => one.material === material && one.recycled === recycled);
  return entry?.milligrams ?? 0n;
}

function inputsOf(history: History, production: ProductionNode): LotNode[] {
  return production.inputs.map((input) => lotOf(history, input));
}

function lotOf(history: History, lot: Hex): LotNode {
  return history.lots.get(lot) as LotNode;
}

function makerOf(history: History, lot: LotNode): ProductionNode {
  return history.productions.get(lot.production) as ProductionNode;
}
