import { useCallback, useState } from 'react';
import { keepFirstPolicy } from '../first-policy.ts';

/** The policy that the page shows: a choice is kept in the address, and for the next page. */
export function usePolicy(first: string | null): [string | null, (policy: string | null) => void] {
  const [policy, setPolicy] = useState(first);
  const choose = useCallback((chosen: string | null) => {
    keepFirstPolicy(chosen);
    setPolicy(chosen);
    const query = chosen === null ? '' : `?policy=${encodeURIComponent(chosen)}`;
    history.replaceState(null, '', location.pathname + query);
  }, []);
  return [policy, choose];
}
