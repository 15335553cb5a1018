import type { Problem } from '../api/schemas/problem.ts';

/** The service answered with a problem document (RFC 9457). `message` is its `detail`, and each field that is wrong. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(
      [problem.detail, ...(problem.errors ?? []).map((error) => `  ${error.path}: ${error.message}`)].join(
        '\n',
      ),
    );
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** Nothing answers at the service's address, or what answers is not Lodebook. */
export class ServiceUnreachable extends Error {
  override readonly name = 'ServiceUnreachable';
}
