import { kebab } from '../chain/refusals.ts';
import { type Scope, scopes } from '../protocol/codes.ts';
import type { StatementType } from '../protocol/statements.ts';

/** What a delegation must include for a delegate to sign statements of that type; null: the party's own key alone does. */
export function scopeOf(type: StatementType): number | null {
  const term = kebab(type);
  return Object.hasOwn(scopes, term) ? scopes[term as Scope] : null;
}

/** The terms of a delegation's scope. */
export function scopeTerms(scope: number): Scope[] {
  return (Object.keys(scopes) as Scope[]).filter((term) => (scope & scopes[term]) !== 0);
}
