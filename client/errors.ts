/** What a call can end with besides its answer. */
import type { ApiProblem } from '../shared/answers';

/** The server said no; `code` is stable, `status` the HTTP status. */
export class CarryoverProblem extends Error {
  override name = 'CarryoverProblem';

  constructor(readonly problem: ApiProblem) {
    super(problem.detail === undefined ? problem.title : `${problem.title}: ${problem.detail}`);
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** Every invalid field, when there are any. */
  get errors(): NonNullable<ApiProblem['errors']> {
    return this.problem.errors ?? [];
  }

  /** What the migration would accept instead. */
  get allowedActions(): NonNullable<ApiProblem['allowedActions']> {
    return this.problem.allowedActions ?? [];
  }
}

/** No answer came, however often it was tried. The request may have been done: repeat it with the same Idempotency-Key. */
export class CarryoverUnreachable extends Error {
  override name = 'CarryoverUnreachable';

  constructor(
    baseUrl: string,
    readonly idempotencyKey: string | undefined,
    cause: unknown,
  ) {
    super(`the server at ${baseUrl} does not answer`, { cause });
  }
}

/** Something answered that is not Carryover, such as a proxy's page. */
export class UnexpectedAnswer extends Error {
  override name = 'UnexpectedAnswer';

  constructor(
    readonly status: number,
    cause: unknown,
  ) {
    super(`the answer (HTTP ${String(status)}) is not one of Carryover's`, { cause });
  }
}
