/** What the caller must do: change the request, send it again later, or tell the operator of this server. */
type ProblemClass = 'fix-the-request' | 'retry' | 'call-the-operator';

/** A kind of problem. `cause` and `remedy` are sentences for people. */
export type ProblemKind = {
  readonly status: number;
  readonly class: ProblemClass;
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
};

/** The caller changes the request. */
export const fix = (status: number, title: string, cause: string, remedy: string): ProblemKind => ({
  status,
  class: 'fix-the-request',
  title,
  cause,
  remedy,
});
/** The caller sends it again later. */
export const retry = (status: number, title: string, cause: string, remedy: string): ProblemKind => ({
  ...fix(status, title, cause, remedy),
  class: 'retry',
});
