/** A control request that cannot be done. */
export class ControlProblem extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
    this.name = 'ControlProblem';
  }
}
