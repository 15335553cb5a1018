import { useCallback, useRef, useState } from 'react';
import type { Product } from '../../api/schemas/products.ts';
import type { TradeItem } from '../../protocol/digital-link.ts';
import { ApiError, get } from '../api.ts';
import { urls } from '../urls.ts';
import { codeIn, type Named } from './code.ts';

/** Where a text did not lead to one lot's page. `elsewhere`: it is the address of another site. */
export type Outcome =
  | { readonly kind: 'nothing'; readonly text: string }
  | { readonly kind: 'elsewhere'; readonly text: string; readonly host: string; readonly named: Named }
  | { readonly kind: 'unknown-product'; readonly item: TradeItem }
  | { readonly kind: 'several'; readonly product: Product }
  | { readonly kind: 'failed'; readonly named: Named; readonly error: Error };

export type Finding = {
  readonly outcome: Outcome | null;
  /** Reads what was scanned or typed, and opens the certificate where that is of this server. */
  find(text: string): void;
  open(named: Named): void;
};

/** From a text to the page of its lot. It never leaves this server. */
export function useFinding(): Finding {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const asking = useRef<AbortController | null>(null);
  const open = useCallback((named: Named) => {
    asking.current?.abort();
    asking.current = new AbortController();
    setOutcome(null);
    const { signal } = asking.current;
    void follow(named, signal).then((found) => signal.aborted || setOutcome(found));
  }, []);
  const find = useCallback(
    (text: string) => {
      const { named, host } = codeIn(text, location.origin);
      if (host !== null) setOutcome({ kind: 'elsewhere', text, host, named });
      else if (named.kind === 'nothing') setOutcome({ kind: 'nothing', text });
      else open(named);
    },
    [open],
  );
  return { outcome, find, open };
}

async function follow(named: Named, signal: AbortSignal): Promise<Outcome | null> {
  if (named.kind === 'nothing') return null;
  if (named.kind === 'lot') {
    location.assign(urls.lot(named.lot));
    return null;
  }
  try {
    const product = await get<Product>(urls.product(named.item), signal);
    const [only, another] = product.standing;
    if (only === undefined || another !== undefined) return { kind: 'several', product };
    location.assign(urls.lot(only));
    return null;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unknown-product')
      return { kind: 'unknown-product', item: named.item };
    return { kind: 'failed', named, error: error as Error };
  }
}
