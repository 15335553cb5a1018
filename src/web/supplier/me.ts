import { createContext, useContext } from 'react';
import type { Identity } from '../session/identity.ts';

type Me = { readonly me: Identity; readonly name: string };

const MeContext = createContext<Me | null>(null);

/** Who acts, for the pages below: somebody whose party is on the ledger. */
export const MeProvider = MeContext.Provider;

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('A page of the supplier is shown to nobody');
  return me;
}
