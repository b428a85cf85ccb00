/** What the store throws on purpose. Everything else that leaves it is a defect and keeps its stack. */

/** MongoDB cannot be reached, has no primary, hangs or shuts down: trying again later can help. Nothing is known about the write. */
export class StoreUnavailableError extends Error {
  override name = 'StoreUnavailableError';
  constructor(cause: unknown) {
    super('the database is not available at the moment', { cause });
  }
}

/** MongoDB answers and reads, and takes no writes: its disk is full, or so nearly that it protects itself. */
export class StoreFullError extends StoreUnavailableError {
  override name = 'StoreFullError';
}

/**
 * The same event key (migration, run id, sequence) came with other content: the workflow and the trail disagree. `standing`
 * is what is stored already: the document's revision in this attempt, and the run's highest sequence in the trail.
 */
export class EventConflictError extends Error {
  override name = 'EventConflictError';
  constructor(
    readonly migrationId: string,
    readonly runId: string,
    readonly sequence: number,
    readonly standing: { readonly revision: number; readonly sequence: number },
  ) {
    super(
      `event ${String(sequence)} of run ${runId} of ${migrationId} is already recorded with other content`,
    );
  }
}

/** A page cursor that this store did not make. */
export class InvalidCursorError extends Error {
  override name = 'InvalidCursorError';
  constructor() {
    super('the cursor is not one that a list of this kind returned');
  }
}

/** The Idempotency-Key was used before with another request: 409 `idempotency_key_reused`. */
export class IdempotencyKeyReusedError extends Error {
  override name = 'IdempotencyKeyReusedError';
  constructor() {
    super('the idempotency key was used before with another request');
  }
}

/** The first request with this Idempotency-Key is still being answered after the longest wait; ask again in `retryAfterMs`. */
export class IdempotencyKeyBusyError extends Error {
  override name = 'IdempotencyKeyBusyError';
  constructor(readonly retryAfterMs: number) {
    super('a request with this idempotency key is still being answered');
  }
}

/** A stored document does not have the form this version reads; names the fields, never their values. */
export class StoredFormatError extends Error {
  override name = 'StoredFormatError';
  constructor(where: string, fields: readonly string[]) {
    super(`${where} is not readable by this version: ${fields.join(', ')}`);
  }
}

/** An entry for a migration of which no document exists, or which belongs to another tenant. */
export class UnknownMigrationError extends Error {
  override name = 'UnknownMigrationError';
  constructor(migrationId: string) {
    super(`there is no migration ${migrationId} of this tenant`);
  }
}
