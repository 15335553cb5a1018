import { type RefObject, useEffect, useRef, useState } from 'react';

/** Whether a `details` was ever opened, before the page's script took over included. */
export function useWasOpened(isAhead = false): {
  wasOpened: boolean;
  details: { ref: RefObject<HTMLDetailsElement | null>; onToggle: () => void };
} {
  const ref = useRef<HTMLDetailsElement>(null);
  const [wasOpened, setWasOpened] = useState(isAhead);
  const onToggle = () => setWasOpened(true);
  useEffect(() => {
    if (ref.current?.open) setWasOpened(true);
  }, []);
  return { wasOpened, details: { ref, onToggle } };
}
