import { useEffect } from 'react';

const SCHEME = 'data-mantine-color-scheme';

/** On paper everything is unfolded, and dark on light; after printing the page is as it was. */
export function useForPrint(): void {
  useEffect(() => {
    let undo: (() => void) | null = null;
    const before = () => {
      undo ??= forPaper();
    };
    const after = () => {
      undo?.();
      undo = null;
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
}

function forPaper(): () => void {
  const root = document.documentElement;
  const scheme = root.getAttribute(SCHEME) ?? 'light';
  const folded = [...document.querySelectorAll('details:not([open])')] as HTMLDetailsElement[];
  root.setAttribute(SCHEME, 'light');
  for (const details of folded) details.open = true;
  return () => {
    root.setAttribute(SCHEME, scheme);
    for (const details of folded) details.open = false;
  };
}
