/** What stopped a set-up step, in one sentence that says what to do about it. Shown without a stack. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}
