import type { Hex } from '../../protocol/hex.ts';
import { Store } from '../session/store.ts';

/** The lots that were ticked: pages that do something with lots begin with them. */
export const selection = new Store<ReadonlySet<Hex>>(new Set());

export function toggle(lot: Hex): void {
  const next = new Set(selection.value);
  if (!next.delete(lot)) next.add(lot);
  selection.set(next);
}

export function clearSelection(): void {
  selection.set(new Set());
}
