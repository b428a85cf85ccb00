/**
 * Everything the edge can answer instead of what was asked, as a table. A refusal by the workflow keeps its own code
 * (`REFUSALS`); the statuses of those that are not plain conflicts stand here.
 */
import { z } from 'zod';
import { REFUSALS, type RefusalCode } from '../shared/messages';
import type { Action } from '../shared/migration';
import type { FieldError } from '../shared/answers';
import type { MigrationId } from '../shared/ids';

const EDGE_PROBLEMS = {
  malformed_request: { status: 400, title: 'the request cannot be read' },
  invalid_parameter: { status: 400, title: 'a parameter of the request is not valid' },
  idempotency_key_missing: {
    status: 400,
    title: 'the header Idempotency-Key is required (1 to 255 printable characters)',
  },
  unauthorized: { status: 401, title: 'a known, unexpired API key is required' },
  wrong_signature: {
    status: 401,
    title:
      'the signature does not fit the body and the secret it is made with (META_APP_SECRET, or D360_PLATFORM_SECRET)',
  },
  wrong_verify_token: { status: 401, title: 'hub.verify_token is not META_WEBHOOK_VERIFY_TOKEN' },
  forbidden: { status: 403, title: 'the role of this API key does not allow this' },
  not_found: { status: 404, title: 'there is no such thing' },
  unknown_route: { status: 404, title: 'there is no such route' },
  method_not_allowed: { status: 405, title: 'the route does not know this method' },
  number_in_migration: { status: 409, title: 'the number is already in a migration' },
  number_unavailable: { status: 409, title: 'the number cannot be migrated now' },
  idempotency_key_reused: { status: 409, title: 'the Idempotency-Key was used with another body' },
  idempotency_key_in_use: {
    status: 409,
    title: 'a request with this Idempotency-Key is still being answered',
  },
  credential_read_only: { status: 409, title: 'the credential cannot be deleted here' },
  not_replayable: { status: 409, title: 'only a failed or aborted migration can be replayed' },
  no_number_left: { status: 409, title: 'the migration has left no announced number behind' },
  signup_not_available: {
    status: 409,
    title: 'this installation is not set up for Embedded Signup: META_APP_ID and META_SIGNUP_CONFIG_ID',
  },
  pin_unknown: { status: 409, title: 'the two-step PIN is not known: the registration was found done' },
  pin_not_set: { status: 409, title: 'no two-step PIN has been set yet' },
  body_too_large: { status: 413, title: 'the body is larger than 256 KiB (a webhook: 4 MiB)' },
  unsupported_media_type: { status: 415, title: 'the body must be application/json' },
  invalid_request: { status: 422, title: 'the request has invalid fields' },
  too_many_requests: { status: 429, title: 'too many requests with this API key' },
  internal_error: { status: 500, title: 'something went wrong on this side' },
  temporarily_unavailable: {
    status: 503,
    title: 'a part of the service is away; repeat with the same Idempotency-Key',
  },
} as const;
type EdgeProblemCode = keyof typeof EDGE_PROBLEMS;
export type ProblemCode = EdgeProblemCode | RefusalCode;

const REFUSAL_STATUSES: Partial<Record<RefusalCode, number>> = {
  guesses_used_up: 429,
  code_requests_used_up: 429,
  invalid_message: 422,
  statement_incomplete: 422,
  revision_changed: 412,
  unknown_task: 404,
};

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code);
export const problemCodeSchema = z.custom<ProblemCode>(
  (code) => typeof code === 'string' && (Object.hasOwn(EDGE_PROBLEMS, code) || Object.hasOwn(REFUSALS, code)),
);
const isEdgeCode = (code: ProblemCode): code is EdgeProblemCode => Object.hasOwn(EDGE_PROBLEMS, code);

const rowOf = (code: ProblemCode): { status: number; title: string } =>
  isEdgeCode(code) ? EDGE_PROBLEMS[code] : { status: REFUSAL_STATUSES[code] ?? 409, title: REFUSALS[code] };

export interface ProblemExtras {
  detail?: string | undefined;
  errors?: FieldError[] | undefined;
  allowedActions?: Action[] | undefined;
  migrationId?: MigrationId | undefined;
  /** RFC 3339; also becomes `Retry-After`. */
  retryAt?: string | undefined;
  retryAfterSeconds?: number | undefined;
  /** The hash of the plan that was approved, and that of the plan as it is. */
  plan?: { given: string; present: string } | undefined;
}

/** Thrown anywhere in the edge; the error handler turns it into `application/problem+json`. */
export class HttpProblem extends Error {
  override name = 'HttpProblem';
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly extras: ProblemExtras = {},
  ) {
    const { status, title } = rowOf(code);
    super(title);
    this.status = status;
    this.title = title;
  }
}

/** How long a caller should leave alone what is away; short, because a repetition with the same key is harmless. */
export const RETRY_AFTER_SECONDS = 5;

export const temporarilyUnavailable = (detail: string): HttpProblem =>
  new HttpProblem('temporarily_unavailable', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
