/**
 * The changes of the routes that begin at the client's, as rows of the tables in `changes.ts` and `transitions.ts`:
 * Embedded Signup (meta §2.1, §2.2) and the solution intent (meta §2.3).
 */
import type { PhoneNumberId, WabaId } from '../../shared/ids';
import type { Actor, StepView } from '../../shared/migration';
import type { AmendPatch } from '../../shared/requests';
import type { SignupEvent, SignupObstacle } from '../../shared/signup';
import { ROUTE_STEPS, type Route, type StepName } from '../../shared/steps';
import type { MigrationState, Transition } from './state';
import { closeBlockingTasksOf, mergeFindings, unchanged, withCutover, withMigration } from './state-edits';

/** What the last popup ended with, for the words of the task; a fresh look at the account may still find all well. */
export interface SignupStop {
  event: SignupEvent | 'message_lost' | 'number_not_proven';
  /** Where the client stopped. */
  currentStep: string | null;
  /** The row of what the popup said; null with words: nobody has met them yet. */
  obstacle: SignupObstacle | null;
  /** The popup's words, numbers removed. */
  words: string | null;
  /** The portfolio the client chose, where it is not the number's (R4, P-3). */
  wrongBusinessId: string | null;
  /** Meta's id of what the popup showed, and of its session: what Meta's support asks for (meta §2.1). */
  errorId?: string | undefined;
  metaSessionId?: string | undefined;
}

export interface SignupChanges {
  signup_opened: { known: WabaId[]; proposedName?: string; accounts?: string[] };
  signup_result: {
    event: string;
    wabaId: WabaId | null;
    /** Names the sealed code in the store. */
    codeRef?: string | null;
    stop?: SignupStop;
    /** The number that a finished popup named; what a look sees is worth more. */
    told?: PhoneNumberId;
    /** The account that a look has found without the proven number, and the number's record in it. */
    seen?: { wabaId: WabaId; phoneNumberId: PhoneNumberId | null };
  };
  signup_code_exchanged: { outcome: 'stored' | 'refused' | 'unknown'; problem: string | null };
  /** `credential`: the name of the stored token, which every later call at the destination uses. */
  client_token_stored: { credential: string; expiresAt: string | null };
  /** An account that is of no use: it is not looked at again. */
  signup_discarded: { wabaId: WabaId | null; stop: SignupStop };
  /** The popup announced the number (meta §2.2): from now on the source may fall silent (meta §1.7). */
  signup_finished: { phoneNumberId: PhoneNumberId };
  /** Until the number is accepted: the code of the problem, or why no more was begun. */
  templates_put_off: { because: string };
  intent_set: { intentId: string; adopted: boolean };
  intent_seen: { status: string };
  intent_closed: { status: string };
  route_changed: { from: Route; to: Route };
}

const WARN_BEFORE_EXPIRY_MS = 14 * 86_400_000;

const withSignup = (state: MigrationState, patch: Partial<MigrationState['signup']>): MigrationState => ({
  ...state,
  signup: { ...state.signup, ...patch },
});

export const SIGNUP_TRANSITIONS: { [K in keyof SignupChanges]: Transition<SignupChanges[K]> } = {
  signup_opened: (state, { known, proposedName, accounts }) =>
    withSignup(state, {
      known,
      ...(proposedName === undefined ? {} : { proposedName }),
      ...(accounts === undefined ? {} : { accounts }),
    }),
  signup_result: (state, { wabaId, codeRef, stop, told, seen }, at) => ({
    ...withSignup(enteredNumber(state, told, seen, at), {
      wabaId: wabaId ?? state.signup.wabaId,
      ...(codeRef ? { codeRef } : {}),
      ...(stop === undefined ? {} : { stop }),
      ...(state.migration.route === 'embedded_signup'
        ? { stop: stop ?? null, ...finished(stop === undefined ? at : null) }
        : {}),
    }),
    recheckAsked: true,
  }),
  signup_code_exchanged: (state, { outcome }) =>
    withSignup(state, { codeRef: null, exchanged: true, codeRefused: outcome === 'refused' }),
  client_token_stored: (state, { credential, expiresAt }, at) =>
    withMigration(withSignup(state, { credential }), {
      findings: mergeFindings(
        state.migration.findings,
        expiresAt === null
          ? []
          : [
              {
                requirement: 'R48',
                code: 'CLIENT_TOKEN_EXPIRES',
                severity: Date.parse(expiresAt) - Date.parse(at) < WARN_BEFORE_EXPIRY_MS ? 'warning' : 'info',
                party: 'operator',
                message: `The client's token, stored as ${credential}, expires at ${expiresAt}.`,
                remedy:
                  'Before that day let the client grant access again (a new signup), or use a token that does not expire.',
                checkedAt: at,
                expiresAt,
                evidence: { credential },
              },
            ],
        ['CLIENT_TOKEN_EXPIRES'],
      ),
    }),
  signup_discarded: (state, { wabaId, stop }) =>
    withSignup(state, {
      wabaId: null,
      stop,
      ...finished(null),
      discarded: [...(state.signup.discarded ?? []), ...(wabaId === null ? [] : [wabaId])],
    }),
  signup_finished: (state, { phoneNumberId }, at) =>
    withCutover(
      withMigration(withSignup(state, { stop: null, ...finished(null) }), {
        destination: { ...state.migration.destination, phoneNumberId },
      }),
      { announcedAt: state.migration.cutover.announcedAt ?? at },
    ),
  templates_put_off: unchanged,
  intent_set: (state, { intentId }) => ({
    ...state,
    intent: {
      id: intentId,
      status: 'INITIATED',
      count: (state.intent?.count ?? 0) + 1,
      declined: state.intent?.declined ?? null,
    },
  }),
  intent_seen: (state, { status }) =>
    state.intent === undefined ? state : { ...state, intent: { ...state.intent, status } },
  intent_closed: (state, { status }) =>
    state.intent === undefined
      ? state
      : { ...state, intent: { ...state.intent, id: null, status, declined: state.intent.id } },
  // The destination under way means something else now: it begins again, with what is known.
  route_changed: (state, { to }, at, actor) => ({
    ...withMigration(withoutSignupTasks(state, at, actor), {
      route: to,
      steps: ROUTE_STEPS[to].map(
        (name) =>
          begunAnew(state, name) ?? {
            name,
            status: 'pending',
            attempts: 0,
            startedAt: null,
            finishedAt: null,
            error: null,
          },
      ),
    }),
    // The account that the popup made serves the new route too; its code is of use to nobody.
    signup: { ...state.signup, codeRef: null, ...finished(null) },
    request: { ...state.request, route: to === 'hub_signup' ? state.request.route : to },
  }),
};

/**
 * A popup makes the number's record when the number is entered, and need not prove it (meta §2.1): from then on the source
 * may be silent (meta §1.7), whether or not the account is found.
 */
const enteredNumber = (
  state: MigrationState,
  told: PhoneNumberId | undefined,
  seen: SignupChanges['signup_result']['seen'],
  at: string,
): MigrationState => {
  const { destination, cutover } = state.migration;
  const isEntered = told !== undefined || (seen?.phoneNumberId ?? null) !== null;
  return {
    ...withMigration(state, {
      destination: { ...destination, phoneNumberId: seen?.phoneNumberId ?? destination.phoneNumberId },
      cutover: isEntered ? { ...cutover, announcedAt: cutover.announcedAt ?? at } : cutover,
    }),
    signup: {
      ...state.signup,
      ...(told === undefined ? {} : { toldNumber: told }),
      ...(seen === undefined ? {} : { seen }),
    },
  };
};

/** A window that was finished, or one that has been answered: found, of no use, or asked for again. */
const finished = (at: string | null): Pick<MigrationState['signup'], 'finishedAt' | 'codeRefused'> => ({
  finishedAt: at,
  codeRefused: false,
});

/** Of the templates only the beginning is done, and the step of the rest is left behind. */
const begunAnew = ({ migration: { steps } }: MigrationState, name: StepName): StepView | undefined => {
  const step = steps.find((one) => one.name === name);
  const isHalfDone =
    name === 'templates' &&
    step?.status === 'done' &&
    steps.some((one) => one.name === 'remaining_templates');
  const isUnderWay = name === 'destination' && step?.status !== 'done';
  return step === undefined || !(isHalfDone || isUnderWay)
    ? step
    : { ...step, status: 'pending', finishedAt: null, error: null };
};

const withoutSignupTasks = (state: MigrationState, at: string, actor: Actor): MigrationState =>
  state.migration.steps.some(({ name, status }) => name === 'destination' && status === 'done')
    ? state
    : closeBlockingTasksOf(state, 'destination', at, actor);

/** The popup's results are forgotten when the signup has to be made again; what was discarded stays so. */
export const signupBegunAnew = (signup: MigrationState['signup']): MigrationState['signup'] => ({
  ...signup,
  wabaId: null,
  codeRef: null,
  exchanged: false,
  stop: null,
  ...finished(null),
});

/** A token that the client granted with another account than this one may not see it: the partner's own takes its place. */
export const signupOfAccount = (
  { signup, migration }: MigrationState,
  wabaId: WabaId,
): MigrationState['signup'] => {
  const before = migration.destination.wabaId;
  const isOfAnother = before !== null && before !== String(wabaId) && signup.exchanged !== true;
  return isOfAnother ? { ...signup, credential: null } : signup;
};

/** A credential that is named anew takes the place of the client's token, and an intent that is named that of the one before. */
export const clientsRouteAmended = (
  { signup, intent }: MigrationState,
  { destination }: AmendPatch,
): Partial<MigrationState> => ({
  ...(destination?.credential === undefined ? {} : { signup: { ...signup, credential: null } }),
  ...(destination?.intentId === undefined || intent === undefined ? {} : { intent: { ...intent, id: null } }),
});
