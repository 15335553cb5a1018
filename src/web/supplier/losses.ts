import type { PairKey } from '../../protocol/content.ts';
import { formatMass } from '../../protocol/mass.ts';
import { materialOf } from '../../protocol/materials.ts';
import type { BalanceLine } from './balance.ts';
import { newField, type TypedField } from './fields/evidence.ts';

/** Where material that does not come out goes. */
export const lossKinds = ['tailings', 'slag', 'dust', 'effluent', 'sampling', 'other'] as const;
export type LossKind = (typeof lossKinds)[number];

export type LossNames = Readonly<Partial<Record<PairKey, LossKind>>>;

/** Losses as evidence of the production, public: `loss.Co` says how much, and where it went. Unnamed ones are `other`. */
export function lossFields(lines: readonly BalanceLine[], names: LossNames): TypedField[] {
  return lines
    .filter(({ loss }) => loss > 0n)
    .map(({ key, material, recycled, loss }) =>
      newField(
        `loss.${materialOf(material).symbol}${recycled ? '.recycled' : ''}`,
        `${formatMass(loss)}, ${names[key] ?? 'other'}`,
      ),
    );
}
