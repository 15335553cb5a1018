import { type CustodyModel, custodyModels } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import { byMaterial, type Flow } from './flow.ts';
import type { Ancestry } from './graph.ts';

/** The weakest model under which material was kept since its origins, and the first production that declared it. */
export type WeakestLink = { readonly model: CustodyModel; readonly production: Hex };

/**
 * Per material of the lot, the weakest declared custody model (ISO 22095) of the productions that it came through:
 * no claim about the lot can be stronger.
 */
export function weakestCustody(ancestry: Ancestry, flow: Flow): Map<number, WeakestLink> {
  const weakest = new Map<number, WeakestLink>();
  for (const { id, custodyModel } of ancestry.productions) {
    for (const material of byMaterial(flow.productions.get(id) ?? new Map()).keys()) {
      const known = weakest.get(material);
      if (!known || custodyModels[custodyModel] > custodyModels[known.model])
        weakest.set(material, { model: custodyModel, production: id });
    }
  }
  return weakest;
}
