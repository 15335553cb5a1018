import { useCallback, useState } from 'react';
import { firstPolicy, keepFirstPolicy } from '../first-policy.ts';

/** The policy that the address names, else the one that this reader looks at first; a choice is kept in both. */
export function usePolicy(): [string | null, (policy: string | null) => void] {
  const [policy, setPolicy] = useState(
    () => new URLSearchParams(location.search).get('policy') ?? firstPolicy(),
  );
  const choose = useCallback((chosen: string | null) => {
    keepFirstPolicy(chosen);
    setPolicy(chosen);
    const query = chosen === null ? '' : `?policy=${encodeURIComponent(chosen)}`;
    history.replaceState(null, '', location.pathname + query);
  }, []);
  return [policy, choose];
}
