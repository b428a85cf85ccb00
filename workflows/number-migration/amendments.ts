/** What a correction of the request changes, what it makes stale, and when a field can no longer change. */
import type { FrozenField } from '../../shared/messages';
import type { AmendPatch, StartRequest } from '../../shared/requests';
import type { StepView } from '../../shared/migration';
import type { StepName } from '../../shared/steps';
import { localeFor } from '../../shared/texts/wording';
import { businessAfter, fundingAfter } from './merged-fields';
import type { MigrationState } from './state';
import { withMigration } from './state-edits';

type Patchable = keyof AmendPatch;

/** The step after which a field is frozen, because its effect cannot be taken back, and the steps it makes stale. */
interface Rule {
  frozenAfter: StepName | null;
  stale: readonly StepName[];
}
const FIELDS: Record<Patchable, Rule> = {
  numberAsShownInProfile: { frozenAfter: 'announcement', stale: ['eligibility'] },
  source: { frozenAfter: null, stale: ['eligibility'] },
  destination: { frozenAfter: 'announcement', stale: ['eligibility', 'destination', 'templates', 'funding'] },
  funding: { frozenAfter: 'funding', stale: ['eligibility'] },
  verification: { frozenAfter: 'ownership', stale: [] },
  cutover: { frozenAfter: 'registration', stale: ['window'] },
  templates: { frozenAfter: 'registration', stale: ['templates'] },
  business: { frozenAfter: null, stale: ['eligibility'] },
  // What of it is under way is begun anew by the change itself.
  route: { frozenAfter: 'registration', stale: [] },
};

/** Another account of the source: it was the wrong one that was looked at, and whose templates were counted. */
const SOURCE_ACCOUNT: Rule = { frozenAfter: 'announcement', stale: ['eligibility', 'templates'] };

const ruleOf = (patch: AmendPatch, field: Patchable): Rule =>
  field === 'source' && patch.source?.wabaId !== undefined ? SOURCE_ACCOUNT : FIELDS[field];

/** A call that is under way cannot be called back either, where its effect is for ever. */
const FROZEN_WHILE_RUNNING: readonly StepName[] = ['funding', 'announcement'];

/** What of the templates a step after the registration still heeds. */
const HEEDED_LATER: readonly (keyof NonNullable<AmendPatch['templates']>)[] = [
  'collisions',
  'onCollision',
  'recreateIneligible',
];

const statusOf = ({ migration }: MigrationState, name: StepName) =>
  migration.steps.find((step) => step.name === name)?.status;

const isHeededLater = (state: MigrationState, patch: AmendPatch, field: Patchable): boolean => {
  const status = statusOf(state, 'remaining_templates');
  const fields = Object.keys(patch.templates ?? {});
  return (
    field === 'templates' &&
    status !== undefined &&
    status !== 'done' &&
    status !== 'skipped' &&
    fields.every((name) => HEEDED_LATER.some((heeded) => heeded === name))
  );
};

const whyFrozen = (state: MigrationState, name: StepName): FrozenField['why'] | null => {
  const status = statusOf(state, name);
  if (status === 'done') return 'done';
  if (state.migration.registerAttemptedAt !== null) return 'registration_attempted';
  return status === 'running' && FROZEN_WHILE_RUNNING.includes(name) ? 'under_way' : null;
};

const fieldsOf = (patch: AmendPatch): Patchable[] =>
  (Object.keys(FIELDS) as Patchable[]).filter((field) => patch[field] !== undefined);

/** Credentials are renewed at any time; only what was decided with the platform freezes. */
const changesOnlyCredential = (patch: AmendPatch, field: Patchable): boolean =>
  field === 'destination' && patch.destination?.wabaId === undefined;

/** What pays is attached to an account for ever, and may be chosen anew with another account. */
const comesWithNewAccount = (patch: AmendPatch, field: Patchable): boolean =>
  field === 'funding' && patch.destination?.wabaId !== undefined;

/** The fields of a patch that can no longer change, each with the step that froze it. */
export const frozenFields = (state: MigrationState, patch: AmendPatch): FrozenField[] =>
  fieldsOf(patch).flatMap((field) => {
    const { frozenAfter } = ruleOf(patch, field);
    if (frozenAfter === null || comesWithNewAccount(patch, field) || changesOnlyCredential(patch, field))
      return [];
    if (isHeededLater(state, patch, field)) return [];
    const why = whyFrozen(state, frozenAfter);
    return why === null ? [] : [{ field, step: frozenAfter, why }];
  });

const IS_STALE_IN: readonly StepView['status'][] = ['done', 'skipped', 'running'];

/**
 * Steps that are done, or under way, but must be done again because of the patch, in the order of the route. After the
 * point of no return the work only goes forward.
 */
export const staleSteps = (state: MigrationState, patch: AmendPatch): StepName[] => {
  if (state.migration.registerAttemptedAt !== null) return [];
  const stale = new Set(
    fieldsOf(patch).flatMap((field) =>
      changesOnlyCredential(patch, field) ? [] : ruleOf(patch, field).stale,
    ),
  );
  return state.migration.steps
    .filter((step) => stale.has(step.name) && IS_STALE_IN.includes(step.status))
    .map((step) => step.name);
};

/** JSON merge patch (RFC 7396), field by field so that the types hold: null removes, an object is merged. */
export const amendedRequest = (request: StartRequest, patch: AmendPatch): StartRequest => {
  const { funding: oldFunding, business: oldBusiness, ...rest } = request;
  const funding = fundingAfter(oldFunding, patch.funding).value;
  const business = businessAfter(oldBusiness, patch.business).value;
  const { notBefore: oldNotBefore, notAfter: oldNotAfter, timeZone: oldZone, approval } = request.cutover;
  const timeZone = patch.cutover?.timeZone === undefined ? oldZone : patch.cutover.timeZone;
  const notBefore = patch.cutover?.notBefore === undefined ? oldNotBefore : patch.cutover.notBefore;
  const notAfter = patch.cutover?.notAfter === undefined ? oldNotAfter : patch.cutover.notAfter;
  return {
    ...rest,
    ...(patch.numberAsShownInProfile === undefined
      ? {}
      : { numberAsShownInProfile: patch.numberAsShownInProfile }),
    source: amendedSource(request.source, patch.source),
    destination: { ...request.destination, ...withoutUndefined(patch.destination ?? {}) },
    verification: { ...request.verification, ...withoutUndefined(patch.verification ?? {}) },
    templates: amendedTemplates(request.templates, patch.templates),
    cutover: {
      approval: patch.cutover?.approval ?? approval,
      ...(notBefore ? { notBefore } : {}),
      ...(notAfter ? { notAfter } : {}),
      ...(timeZone ? { timeZone } : {}),
    },
    ...(funding ? { funding } : {}),
    ...(business ? { business } : {}),
  };
};

const amendedSource = (
  { credential: oldCredential, ...old }: StartRequest['source'],
  patch: AmendPatch['source'] = {},
): StartRequest['source'] => {
  const credential = patch.credential === undefined ? oldCredential : patch.credential;
  return { ...old, wabaId: patch.wabaId ?? old.wabaId, ...(credential ? { credential } : {}) };
};

const amendedTemplates = (
  templates: StartRequest['templates'],
  patch: AmendPatch['templates'],
): StartRequest['templates'] => {
  const { collisions, ...rest } = patch ?? {};
  const decided = Object.entries({ ...templates.collisions, ...collisions });
  return {
    ...templates,
    ...withoutUndefined(rest),
    collisions: Object.fromEntries(
      decided.flatMap(([key, decision]) => (decision === null ? [] : [[key, decision] as const])),
    ),
  };
};

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const withoutUndefined = <T extends object>(patch: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;

/** What was seen of the number was seen in the account that was named then. */
const sourceAfter = (
  { migration: { source, baseline } }: MigrationState,
  wabaId: string,
): Pick<MigrationState['migration'], 'source' | 'baseline'> =>
  wabaId === source.wabaId
    ? { source, baseline }
    : { source: { ...source, wabaId, phoneNumberId: null }, baseline: null };

/** The state with the corrected request, and what of the document says the same. */
export const withAmendment = (state: MigrationState, patch: AmendPatch): MigrationState => {
  const request = amendedRequest(state.request, patch);
  return {
    ...withMigration(state, {
      locale: localeFor(request.business?.contact?.locale),
      ...sourceAfter(state, request.source.wabaId),
      destination: {
        ...state.migration.destination,
        wabaId: patch.destination?.wabaId ?? state.migration.destination.wabaId,
      },
      cutover: {
        ...state.migration.cutover,
        notBefore: request.cutover.notBefore ?? null,
        notAfter: request.cutover.notAfter ?? null,
        timeZone: request.cutover.timeZone ?? null,
        approval: request.cutover.approval,
        // An approval was given for the window that then was.
        approvedAt: patch.cutover === undefined ? state.migration.cutover.approvedAt : null,
      },
    }),
    request,
    recheckAsked: true,
  };
};
