import type { KeyboardEvent } from 'react';

/** In a list that is searched by typing, Enter takes what was found: it does not send the form. */
export function keepEnter(event: KeyboardEvent): void {
  const isList = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'combobox';
  if (event.key === 'Enter' && isList) event.preventDefault();
}
