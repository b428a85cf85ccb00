/** Correcting the request of a running migration by a merge patch. */
import type { FieldError } from '../../shared/answers';
import { amendedSchema } from '../../shared/answers';
import type { Migration } from '../../shared/migration';
import { amendSchema, type AmendPatch } from '../../shared/requests';
import { callerOf, DECIDERS } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { once, sendKept } from '../idempotency';
import {
  otherNumberErrors,
  sameWabaErrors,
  shortWindowErrors,
  unknownCredentials,
  windowErrors,
} from '../new-migration';
import { etagOf, expectedRevision } from '../presentation';
import { misplacedErrors } from '../route-needs';
import { decide } from '../updates';
import { check, readBody, unchecked, valueAt } from '../validation';
import { AMEND_PROBLEMS, migrationParams } from './paths';

/** What is wrong with what the patch says, alone or beside what no correction changes. */
const meaningErrors = async (
  deps: ServerDeps,
  tenant: string,
  patch: unknown,
  { phoneNumber, source }: Migration,
): Promise<FieldError[]> => [
  ...otherNumberErrors(patch, phoneNumber),
  ...sameWabaErrors(patch, valueAt(patch, ['source', 'wabaId']) ?? source.wabaId),
  ...windowErrors(patch, ['cutover'], deps.now()),
  ...shortWindowErrors(patch, ['cutover']),
  ...(await unknownCredentials(deps, tenant, patch)),
];

/** What is wrong with the patch beside what an earlier one may have changed, as far as the document knows. */
const againstStanding = (patch: unknown, { cutover, route }: Migration): FieldError[] => [
  ...misplacedErrors(valueAt(patch, ['route']) === 'programmatic' ? 'programmatic' : route, patch),
  ...shortWindowErrors(patch, ['cutover'], cutover),
];

/**
 * The patch, when it is sound. Given what it leaves as it is, it is judged by the migration: the document may be older
 * than an amendment of a moment ago. Beside other mistakes the document is good enough, so that all are named at once.
 */
const readPatch = async (
  deps: ServerDeps,
  tenant: string,
  body: unknown,
  standing: Migration,
): Promise<AmendPatch> => {
  const meaning = await meaningErrors(deps, tenant, body, standing);
  const isSound = meaning.length === 0 && check(amendSchema, body ?? null).errors.length === 0;
  const against = isSound ? [] : againstStanding(body, standing);
  return readBody(amendSchema, body, [...meaning, ...against]);
};

/** A plugin of its own, because only this route takes a merge patch. */
export const amendRoutes = (app: App, deps: ServerDeps): void => {
  app.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );

  app.route({
    method: 'PATCH',
    url: '/v1/migrations/:id',
    config: { roles: DECIDERS, mutation: 'amend', ifMatch: true },
    schema: {
      operationId: 'amendMigration',
      summary: 'Correct the request (JSON merge patch); the answer names the steps this makes stale',
      consumes: ['application/merge-patch+json', 'application/json'],
      params: migrationParams,
      body: amendSchema,
      response: { 200: amendedSchema, ...AMEND_PROBLEMS },
    },
    validatorCompiler: unchecked,
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const answer = await once(deps, request, amendedSchema, async () => {
        const standing = await migrationOf(deps, tenant, request.params.id);
        const patch = await readPatch(deps, tenant, request.body, standing);
        const revision = expectedRevision(request, standing);
        const { migration, staleSteps } = await decide(
          deps,
          request,
          request.params.id,
          'amend',
          (message) => ({
            ...message,
            patch,
            expectedRevision: revision,
          }),
        );
        // The other routes exchange no code of a popup. A crash before this line is healed by the repetition, or by its end.
        if (patch.route !== undefined && migration.route !== 'embedded_signup') {
          await deps.store.popupCodes.forget(tenant, migration.id);
        }
        return {
          status: 200,
          body: { ...migration, staleSteps },
          headers: { etag: etagOf(request, migration) },
        };
      });
      sendKept(reply, answer);
      return reply.send(answer.body);
    },
  });
};
