const KEPT_AS = 'lodebook.policy';

/** The id of the policy that this reader looks at first; null: the service's own first one. */
export function firstPolicy(): string | null {
  return localStorage.getItem(KEPT_AS);
}

export function keepFirstPolicy(id: string | null): void {
  if (id === null) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, id);
}
