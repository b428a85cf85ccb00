/**
 * The typed library a backend imports. Every mutation carries an Idempotency-Key, made up unless given. Calls reject
 * with `CarryoverProblem` (the server said no), `CarryoverUnreachable` (no answer) or `UnexpectedAnswer`.
 */
import { z } from 'zod';
import {
  amendedSchema,
  auditPageSchema,
  codePendingSchema,
  codeVerdictSchema,
  credentialListSchema,
  migrationPageSchema,
  replayAnswerSchema,
  revealedSchema,
  signupSessionSchema,
  signupViewSchema,
  templatePageSchema,
} from '../shared/answers';
import { ledgerSchema } from '../shared/billing-statement';
import { linkSchema, type linkRequestSchema } from '../shared/links';
import { migrationSchema, type Migration, type MigrationStateName } from '../shared/migration';
import type {
  amendSchema,
  completeTaskSchema,
  replaySchema,
  requestCodeSchema,
  rescheduleSchema,
  retrySchema,
  searchSchema,
  skipSchema,
  StartRequestBody,
} from '../shared/requests';
import type { signupResultSchema } from '../shared/signup';
import type { Party, StepName } from '../shared/steps';
import { supportBundleSchema, type BundlePurpose } from '../shared/support-bundle';
import type { TemplateOutcome, TemplatePlan } from '../shared/template-report';
import {
  mutation,
  Transport,
  type Call,
  type CallOptions,
  type ClientOptions,
  type MutationOptions,
} from './transport';
import { watching, type WatchOptions } from './watching';

export type {
  AuditPage,
  CodeAnswer,
  CredentialList,
  FieldError,
  MigrationPage,
  ReplayAnswer,
  TemplatePage,
} from '../shared/answers';
export type { BillingStatement, Ledger } from '../shared/billing-statement';
export type { Migration } from '../shared/migration';
export type { StartRequestBody } from '../shared/requests';
export type { SupportBundle } from '../shared/support-bundle';
export { CarryoverProblem, CarryoverUnreachable, UnexpectedAnswer } from './errors';
export type { CallOptions, ClientOptions, MutationOptions } from './transport';
export type { WatchOptions } from './watching';

/** Bodies as callers write them; the server checks them. */
type Body<S extends z.ZodType> = z.input<S>;

export interface PageOptions extends CallOptions {
  /** 1 to 200; default 50. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
}

export interface BundleOptions extends CallOptions {
  purpose?: BundlePurpose | undefined;
}

export interface ListFilter {
  state?: MigrationStateName | undefined;
  step?: StepName | undefined;
  party?: Party | undefined;
  batchId?: string | undefined;
  sourceProvider?: string | undefined;
}

/** Rows of the template report. */
export interface TemplateFilter {
  outcome?: TemplateOutcome | undefined;
  plan?: TemplatePlan | undefined;
  required?: boolean | undefined;
}

export interface GuardedOptions extends MutationOptions {
  /** The migration as it was read: refused with 412 `revision_changed` when it has changed since. */
  ifMatch?: Pick<Migration, 'attempt' | 'revision'> | undefined;
}

const tagOf = (read: GuardedOptions['ifMatch']): Record<string, string> =>
  read === undefined ? {} : { 'if-match': `"${String(read.attempt)}-${String(read.revision)}"` };

const codeAnswer = z.union([codeVerdictSchema, codePendingSchema]);

const ROOT = '/v1/migrations';
const at = (id: string, rest = ''): string => `${ROOT}/${encodeURIComponent(id)}${rest}`;
const filtering = ({ outcome, plan, required }: TemplateFilter) => ({
  outcome,
  plan,
  required: required === undefined ? undefined : String(required),
});
const pageOf = ({ limit, cursor, signal }: PageOptions) => ({ query: { limit, cursor }, signal });

export type CarryoverClient = ReturnType<typeof createCarryoverClient>;

export const createCarryoverClient = (clientOptions: ClientOptions) => {
  const transport = new Transport(clientOptions);

  const post = <S extends z.ZodType>(schema: S, path: string, body: unknown, options?: MutationOptions) =>
    transport.json(schema, { method: 'POST', path, body, ...mutation(options) });

  const decide = (id: string, verb: string, body: unknown, options?: MutationOptions): Promise<Migration> =>
    post(migrationSchema, at(id, `/${verb}`), body, options);

  const csv = (path: string, { signal }: CallOptions = {}, query?: Call['query']): Promise<string> =>
    transport.text({ method: 'GET', path, query, headers: { accept: 'text/csv' }, signal });

  const watch = (id: string, options?: WatchOptions) => watching(transport, at(id), options);

  return {
    startMigration: (body: StartRequestBody, options?: MutationOptions) =>
      post(migrationSchema, ROOT, body, options),

    listMigrations: ({
      state,
      step,
      party,
      batchId,
      sourceProvider,
      ...page
    }: ListFilter & PageOptions = {}) => {
      const { query, signal } = pageOf(page);
      return transport.json(migrationPageSchema, {
        method: 'GET',
        path: ROOT,
        query: { ...query, state, step, party, batchId, sourceProvider },
        signal,
      });
    },
    searchMigrations: (body: Body<typeof searchSchema>, page: PageOptions = {}) =>
      transport.json(migrationPageSchema, { method: 'POST', path: `${ROOT}/search`, body, ...pageOf(page) }),
    getMigration: (id: string, { attempt, signal }: CallOptions & { attempt?: number | undefined } = {}) =>
      transport.json(migrationSchema, { method: 'GET', path: at(id), query: { attempt }, signal }),
    listEvents: (id: string, page: PageOptions = {}) =>
      transport.json(auditPageSchema, { method: 'GET', path: at(id, '/events'), ...pageOf(page) }),
    getTemplates: (id: string, { limit, cursor, signal, ...filter }: TemplateFilter & PageOptions = {}) => {
      return transport.json(templatePageSchema, {
        method: 'GET',
        path: at(id, '/templates'),
        query: { limit, cursor, ...filtering(filter) },
        signal,
      });
    },
    /** Every row that the filter leaves. */
    getTemplatesCsv: (id: string, { signal, ...filter }: TemplateFilter & CallOptions = {}) =>
      csv(at(id, '/templates'), { signal }, filtering(filter)),
    getBilling: (id: string, { signal }: CallOptions = {}) =>
      transport.json(ledgerSchema, { method: 'GET', path: at(id, '/billing'), signal }),
    getBillingCsv: (id: string, options?: CallOptions) => csv(at(id, '/billing'), options),
    /** The facts a ticket needs; `escalation`: those with which a source that stalls is escalated. */
    getSupportBundle: (id: string, { purpose, signal }: BundleOptions = {}) =>
      transport.json(supportBundleSchema, {
        method: 'GET',
        path: at(id, '/support-bundle'),
        query: { purpose },
        signal,
      }),
    /** The same as a page to paste into a ticket. */
    getSupportBundleMarkdown: (id: string, { purpose, signal }: BundleOptions = {}): Promise<string> =>
      transport.text({
        method: 'GET',
        path: at(id, '/support-bundle'),
        query: { purpose },
        headers: { accept: 'text/markdown' },
        signal,
      }),

    /** Meta's verdict; `pending` when Meta is slow: the same `idempotencyKey` collects it. */
    submitVerificationCode: (id: string, code: string, options?: MutationOptions) =>
      post(codeAnswer, at(id, '/verification-code'), { code }, options),
    requestVerificationCode: (
      id: string,
      body: Body<typeof requestCodeSchema> = {},
      options?: MutationOptions,
    ) => decide(id, 'verification-code/request', body, options),
    completeTask: (
      id: string,
      taskId: string,
      body: Body<typeof completeTaskSchema>,
      options?: MutationOptions,
    ) => decide(id, `tasks/${encodeURIComponent(taskId)}/complete`, body, options),
    recheck: (id: string, options?: MutationOptions) => decide(id, 'recheck', undefined, options),
    retryStep: (id: string, body: Body<typeof retrySchema>, options?: MutationOptions) =>
      decide(id, 'retry', body, options),
    skipStep: (id: string, body: Body<typeof skipSchema>, options?: MutationOptions) =>
      decide(id, 'skip', body, options),
    /** `planHash` of the plan that was looked at: refused with `plan_changed` when it is another one by now. */
    approveCutover: (
      id: string,
      reason: string,
      { planHash, ifMatch, ...options }: GuardedOptions & { planHash?: string | undefined } = {},
    ) => {
      const { headers, signal } = mutation(options);
      return transport.json(migrationSchema, {
        ...{ method: 'POST', path: at(id, '/approve-cutover'), body: { reason, planHash } },
        headers: { ...headers, ...tagOf(ifMatch) },
        signal,
      });
    },
    reschedule: (id: string, body: Body<typeof rescheduleSchema>, options?: MutationOptions) =>
      decide(id, 'reschedule', body, options),
    abort: (id: string, reason: string, options?: MutationOptions) =>
      decide(id, 'abort', { reason }, options),
    /** A page for the client, who needs no key; for `signup` only while the migration asks for it. */
    makeLink: (id: string, body: Body<typeof linkRequestSchema>, options?: MutationOptions) =>
      post(linkSchema, at(id, '/links'), body, options),
    /** Neither the link nor a browser that has opened it may do anything any more. */
    revokeLink: async (id: string, linkId: string, options?: MutationOptions): Promise<void> => {
      const path = at(id, `/links/${encodeURIComponent(linkId)}`);
      await transport.send({ method: 'DELETE', path, ...mutation(options) });
    },
    /** A link for the client to Meta's popup in our page; `signup_not_available` where there is none. */
    openSignupSession: (id: string, options?: MutationOptions) =>
      post(signupSessionSchema, at(id, '/embedded-signup/sessions'), undefined, options),
    getSignupSession: (id: string, sessionId: string, { signal }: CallOptions = {}) =>
      transport.json(signupViewSchema, {
        method: 'GET',
        path: at(id, `/embedded-signup/sessions/${encodeURIComponent(sessionId)}`),
        signal,
      }),
    /** `sessionId`: the link under which the popup was opened, or the open task that asks for the account. */
    submitSignupResult: (
      id: string,
      sessionId: string,
      body: Body<typeof signupResultSchema>,
      options?: MutationOptions,
    ) => decide(id, `embedded-signup/sessions/${encodeURIComponent(sessionId)}/result`, body, options),

    amendMigration: (
      id: string,
      patch: Body<typeof amendSchema>,
      { ifMatch, ...options }: GuardedOptions = {},
    ) => {
      const { headers, signal } = mutation(options);
      return transport.json(amendedSchema, {
        method: 'PATCH',
        path: at(id),
        body: patch,
        headers: { ...headers, ...tagOf(ifMatch), 'content-type': 'application/merge-patch+json' },
        signal,
      });
    },
    replay: (id: string, body: Body<typeof replaySchema>, options?: MutationOptions) =>
      post(replayAnswerSchema, at(id, '/replay'), body, options),
    /** Says what became of the number that an ended migration has left announced and not registered. */
    settleLeftNumber: (id: string, reason: string, options?: MutationOptions) =>
      decide(id, 'settle-number', { reason }, options),
    revealTwoStepPin: async (id: string, reason: string, options?: MutationOptions): Promise<string> =>
      (await post(revealedSchema, at(id, '/reveal'), { secret: 'two_step_pin', reason }, options)).value,

    putCredential: async (name: string, accessToken: string, options?: MutationOptions): Promise<void> => {
      const path = `/v1/credentials/${encodeURIComponent(name)}`;
      await transport.send({ method: 'PUT', path, body: { accessToken }, ...mutation(options) });
    },
    listCredentials: ({ signal }: CallOptions = {}) =>
      transport.json(credentialListSchema, { method: 'GET', path: '/v1/credentials', signal }),
    deleteCredential: async (name: string, options?: MutationOptions): Promise<void> => {
      const path = `/v1/credentials/${encodeURIComponent(name)}`;
      await transport.send({ method: 'DELETE', path, ...mutation(options) });
    },

    /** The migration as it is, then every time it has changed, until the caller stops. */
    watch,
    /** The migration once `met` holds of it. */
    waitFor: async (
      id: string,
      met: (migration: Migration) => boolean,
      options?: WatchOptions,
    ): Promise<Migration> => {
      for await (const migration of watch(id, options)) if (met(migration)) return migration;
      throw new Error('a watch ends only by its signal');
    },
  };
};
