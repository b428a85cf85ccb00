/**
 * What is asked of a start request beyond the form of each field: what contradicts itself, what is over, what is not
 * known here. Asked even when fields are malformed, of those that are not, so that every mistake is named at once.
 */
import { parsePhoneNumberWithError } from 'libphonenumber-js';
import type { FieldError } from '../shared/answers';
import { SHORTEST_WINDOW_MS, shortWindowAfter } from '../shared/cutover-window';
import { newMigrationId } from '../shared/new-ids';
import type { MigrationInput } from '../shared/messages';
import type { Actor, Migration } from '../shared/migration';
import type { Policy } from '../shared/policy';
import { isSameNumber } from '../shared/phone-number';
import {
  credentialNameSchema,
  e164Schema,
  instantSchema,
  startRequestSchema,
  type StartRequest,
} from '../shared/requests';
import type { ServerDeps } from './deps';
import { durationMs } from '../shared/duration';
import { routeErrors } from './route-needs';
import { errorAt, readBody, valueAt } from './validation';

type Path = readonly string[];

const CREDENTIAL_PATHS: readonly Path[] = [
  ['source', 'credential'],
  ['destination', 'credential'],
  ['funding', 'credential'],
];

export const unknownCredentials = async (
  deps: ServerDeps,
  tenant: string,
  body: unknown,
): Promise<FieldError[]> => {
  const errors = CREDENTIAL_PATHS.map(async (path) => {
    const name = credentialNameSchema.safeParse(valueAt(body, path));
    if (!name.success || (await deps.credentials.has(tenant, name.data))) return [];
    return [errorAt(body, path, 'the name of a credential that is stored for this tenant')];
  });
  return (await Promise.all(errors)).flat();
};

/** What is left of a window counts, not its whole length: one that opened an hour ago may close in a minute. */
export const windowErrors = (body: unknown, path: Path, now: Date): FieldError[] => {
  const closing = instantSchema.safeParse(valueAt(body, [...path, 'notAfter']));
  if (!closing.success) return [];
  const left = Date.parse(closing.data) - now.getTime();
  if (left <= 0) return [errorAt(body, [...path, 'notAfter'], 'an instant in the future')];
  return left < SHORTEST_WINDOW_MS
    ? [errorAt(body, [...path, 'notAfter'], 'an instant that leaves at least 15 minutes from now')]
    : [];
};

/** Null: an end that is taken away, or that is no instant, which its own check says. */
const endIn = (body: unknown, path: Path): string | null | undefined => {
  const given = valueAt(body, path);
  if (given === undefined) return undefined;
  const end = instantSchema.safeParse(given);
  return end.success ? end.data : null;
};

const NO_WINDOW = { notBefore: null, notAfter: null };

/** Of a patch: what it says alone or, given the window that stands, what comes of moving one end of it. */
export const shortWindowErrors = (
  body: unknown,
  path: Path,
  standing: Pick<Migration['cutover'], 'notBefore' | 'notAfter'> = NO_WINDOW,
): FieldError[] => {
  const change = {
    notBefore: endIn(body, [...path, 'notBefore']),
    notAfter: endIn(body, [...path, 'notAfter']),
  };
  const short = shortWindowAfter(change, standing);
  return short === null ? [] : [errorAt(body, [...path, short.field], short.expected)];
};

export const otherNumberErrors = (
  body: unknown,
  phoneNumber = valueAt(body, ['phoneNumber']),
): FieldError[] => {
  const number = e164Schema.safeParse(phoneNumber);
  const shown = startRequestSchema.shape.numberAsShownInProfile.safeParse(
    valueAt(body, ['numberAsShownInProfile']),
  );
  if (!number.success || !shown.success || shown.data === undefined || isSameNumber(number.data, shown.data))
    return [];
  return [
    errorAt(body, ['numberAsShownInProfile'], 'phoneNumber itself, in the way the profile writes it (R31)'),
  ];
};

/** Zod asks this only once every field is well-formed. */
export const sameWabaErrors = (body: unknown, source = valueAt(body, ['source', 'wabaId'])): FieldError[] => {
  const path = ['destination', 'wabaId'];
  return typeof source === 'string' && source === valueAt(body, path)
    ? [errorAt(body, path, 'a WABA other than the source WABA')]
    : [];
};

/** Throws 422 with every mistake of the body. */
export const readStartRequest = async (
  deps: ServerDeps,
  tenant: string,
  body: unknown,
): Promise<StartRequest> =>
  readBody(startRequestSchema, body, [
    ...otherNumberErrors(body),
    ...sameWabaErrors(body),
    ...routeErrors(deps, body),
    ...windowErrors(body, ['cutover'], deps.now()),
    ...(await unknownCredentials(deps, tenant, body)),
  ]);

/** The policy of this migration: the installation's figures, and the deadlines the request names. */
const policyFor = (deps: ServerDeps, { deadlines }: StartRequest): Policy => {
  const named = Object.entries(deadlines).flatMap(([step, duration]): [string, number][] =>
    duration === undefined ? [] : [[step, durationMs(duration)]],
  );
  return { ...deps.policy, deadlines: { ...deps.policy.deadlines, ...Object.fromEntries(named) } };
};

export const newMigrationInput = (
  deps: ServerDeps,
  tenant: string,
  request: StartRequest,
  startedBy: Actor,
): MigrationInput => ({
  schema: 1,
  tenant,
  migrationId: newMigrationId(),
  attempt: 1,
  request,
  policy: policyFor(deps, request),
  callingCode: parsePhoneNumberWithError(request.phoneNumber).countryCallingCode,
  startedBy,
  createdAt: deps.now().toISOString(),
});
