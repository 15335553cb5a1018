import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether the page's script has taken over: what the server drew can be read before, but does nothing yet. */
export function useIsHere(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
