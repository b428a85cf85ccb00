/** What the client is asked to do in Meta's popup, by how the last one ended (R39 to R46, E1 to E7, P-3, P-17). */
import type { SignupObstacle } from '../../shared/signup';
import { known, taskText } from '../../shared/texts';
import type { TaskSpec } from './changes';
import type { SignupStop } from './signup-changes';
import type { MigrationState } from './state';

type Words = ReturnType<typeof taskText> & Pick<TaskSpec, 'requirement'>;

/** The window's screens, in the words of whoever sits before it (meta §2.1). */
const SCREENS: Readonly<Record<string, string>> = {
  BUSINESS_ACCOUNT_SELECTION: 'the choice of the business portfolio',
  WABA_PHONE_PROFILE_PICKER: 'the choice of the WhatsApp Business Account',
  WHATSAPP_BUSINESS_PROFILE_SETUP: 'the business profile',
  PHONE_NUMBER_SETUP: 'the entry of the phone number',
  PHONE_NUMBER_VERIFICATION: 'the code by SMS or call',
  PERMISSIONS: 'the permissions',
};

const ROWS: Readonly<Record<SignupObstacle, string>> = {
  ...{ E1: 'R39', E2: 'R21', E3: 'R3', E4: 'R3', E5: 'R4', E6: 'R40', E7: 'R27' },
};

const ofObstacle = (obstacle: SignupObstacle, businessId: string): Words => ({
  requirement: ROWS[obstacle],
  ...(obstacle === 'E5'
    ? taskText('complete_signup.E5', { businessId })
    : taskText(`complete_signup.${obstacle}`, {})),
});

const wordsAfter = (stop: SignupStop, businessId: string): Words => {
  if (stop.wrongBusinessId !== null) {
    const chosen = stop.wrongBusinessId;
    return { requirement: 'R41', ...taskText('complete_signup.wrong_portfolio', { businessId, chosen }) };
  }
  if (stop.obstacle !== null) return ofObstacle(stop.obstacle, businessId);
  if (stop.event === 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING') {
    return { requirement: 'R3', ...taskText('complete_signup.app', {}) };
  }
  if (stop.event === 'FINISH_ONLY_WABA') {
    return { requirement: 'R39', ...taskText('complete_signup.no_number', {}) };
  }
  if (stop.event === 'number_not_proven') {
    return { requirement: 'R40', ...taskText('complete_signup.not_proven', {}) };
  }
  const screen = SCREENS[stop.currentStep ?? ''];
  if (screen !== undefined) {
    return { requirement: 'R40', ...taskText('complete_signup.closed_at', { screen }) };
  }
  return {
    requirement: 'R40',
    ...(stop.words === null
      ? taskText('complete_signup.ended', {})
      : taskText('complete_signup.ended_saying', { words: stop.words })),
  };
};

/** What the window's profile screen wants and the source's profile says (R44), as Meta names the fields. */
const PROFILE_FIELDS = ['vertical', 'description', 'about', 'address', 'email', 'websites'];

const profileSeen = ({ migration }: MigrationState): string => {
  const profile = migration.baseline?.profile ?? {};
  return PROFILE_FIELDS.flatMap((field) => {
    const said = (profile[field] ?? '').replace(/\s+/g, ' ').trim();
    return said === '' ? [] : [`${field}: "${said}"`];
  }).join('; ');
};

const firstTime = (state: MigrationState): Words => {
  const { migration, request, signup } = state;
  const { businessId } = migration.source;
  const { wabaId } = request.destination;
  const name = signup.proposedName;
  const accounts = (signup.accounts ?? []).join(', ');
  const profile = profileSeen(state);
  const parts = [
    ...(profile === '' ? [] : [known('complete_signup.profile', { profile })]),
    ...(accounts === '' || wabaId !== undefined ? [] : [known('complete_signup.others', { accounts })]),
    ...(request.funding?.payer === 'client_card' ? [known('complete_signup.card', {})] : []),
  ];
  const words = () => {
    if (wabaId !== undefined) return taskText('complete_signup.chosen', { businessId, wabaId }, parts);
    if (name !== undefined) return taskText('complete_signup.named', { businessId, name }, parts);
    return taskText('complete_signup', { businessId }, parts);
  };
  return { requirement: 'R39', ...words() };
};

const wordsNow = (state: MigrationState): Words => {
  const { stop = null, finishedAt = null } = state.signup;
  if (stop !== null) return wordsAfter(stop, state.migration.source.businessId);
  if (finishedAt === null) return firstTime(state);
  return { requirement: 'R40', ...taskText('complete_signup.not_found', {}) };
};

/** The first look after a finished window comes at once; then ever less often, because Meta counts calls. */
const FIRST_LOOK_AGAIN_MS = 10_000;

/** When the window was finished whose account may still be found, in epoch milliseconds; null: none was, or it gave nothing. */
const finishedWindow = ({ signup }: MigrationState): number | null =>
  signup.finishedAt === undefined || signup.finishedAt === null || signup.codeRefused === true
    ? null
    : Date.parse(signup.finishedAt);

/**
 * Whether the account of a finished window is looked for before the client is asked to go through it again: what was announced
 * may take a moment to be listed, and the answer to the code's exchange may be lost (meta §2.1). A code that Meta did not take
 * may mean that the window gave nothing: then one look decides.
 */
export const isSought = (state: MigrationState, now: number): boolean => {
  const since = finishedWindow(state);
  return since !== null && now < since + state.policy.signupSoughtFor;
};

/** When an account that was not found is looked for again, in epoch milliseconds. */
export const nextLookForAccount = (state: MigrationState, now: number): number => {
  const since = finishedWindow(state);
  if (since === null || !isSought(state, now)) return now + state.policy.signupRecheckEvery;
  return Math.min(since + state.policy.signupSoughtFor, now + Math.max(FIRST_LOOK_AGAIN_MS, now - since));
};

export const signupTask = (state: MigrationState, dueAt: string): TaskSpec => ({
  kind: 'complete_signup',
  party: 'client',
  step: 'destination',
  blocking: true,
  dueAt,
  ...wordsNow(state),
});
