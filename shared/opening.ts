/** The first document of a migration: what the server stores and answers with, and what the workflow starts from. */
import type { MigrationInput } from './messages';
import { NO_TRAFFIC, type Migration } from './migration';
import { factsOfRequest } from './plan/facts';
import { planOf } from './plan/plan';
import { localeFor } from './texts/wording';
import { ROUTE_STEPS } from './steps';

export const openingDocument = (input: MigrationInput): Migration => {
  const { request } = input;
  return {
    id: input.migrationId,
    attempt: input.attempt,
    revision: 0,
    mode: request.mode,
    route: request.route,
    phoneNumber: request.phoneNumber,
    locale: localeFor(request.business?.contact?.locale),
    state: 'running',
    outcome: null,
    step: ROUTE_STEPS[request.route][0] ?? null,
    registerAttemptedAt: null,
    allowedActions: ['abort', 'amend'],
    tasks: [],
    waitingFor: null,
    steps: ROUTE_STEPS[request.route].map((name) => ({
      name,
      status: 'pending',
      attempts: 0,
      startedAt: null,
      finishedAt: null,
      error: null,
    })),
    findings: [],
    baseline: null,
    source: {
      provider: request.source.provider,
      businessId: request.source.businessId,
      wabaId: request.source.wabaId,
      phoneNumberId: null,
    },
    destination: {
      provider: request.destination.provider,
      businessId: request.destination.businessId,
      wabaId: request.destination.wabaId ?? null,
      phoneNumberId: null,
      ...(request.destination.solutionId === undefined ? {} : { solutionId: request.destination.solutionId }),
    },
    leftInPlace: [],
    cutover: {
      notBefore: request.cutover.notBefore ?? null,
      notAfter: request.cutover.notAfter ?? null,
      timeZone: request.cutover.timeZone ?? null,
      approval: request.cutover.approval,
      approvedAt: null,
      announcedAt: null,
      registeredAt: null,
      connectedAt: null,
      outageMs: null,
      outage: null,
    },
    templates: null,
    acceptance: [],
    observed: NO_TRAFFIC,
    plan: planOf(factsOfRequest(request, input.policy, input.createdAt, ROUTE_STEPS[request.route])),
    attempts: [],
    createdAt: input.createdAt,
    updatedAt: input.createdAt,
    metadata: request.metadata,
  };
};
