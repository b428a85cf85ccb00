/** What the client is asked to do in Meta's popup, by how the last one ended (R39 to R46, E1 to E7, P-3, P-17). */
import type { SignupObstacle } from '../../shared/signup';
import type { TaskSpec } from './changes';
import type { SignupStop } from './signup-changes';
import type { MigrationState } from './state';

type Words = Pick<TaskSpec, 'title' | 'howTo' | 'requirement'>;

const AGAIN = 'Open the link and go through the window again';

/** The window's screens, in the words of whoever sits before it (meta §2.1). */
const SCREENS: Readonly<Record<string, string>> = {
  BUSINESS_ACCOUNT_SELECTION: 'the choice of the business portfolio',
  WABA_PHONE_PROFILE_PICKER: 'the choice of the WhatsApp Business Account',
  WHATSAPP_BUSINESS_PROFILE_SETUP: 'the business profile',
  PHONE_NUMBER_SETUP: 'the entry of the phone number',
  PHONE_NUMBER_VERIFICATION: 'the code by SMS or call',
  PERMISSIONS: 'the permissions',
};

const OBSTACLES: Readonly<Record<SignupObstacle, (businessId: string) => Words>> = {
  E1: () => ({
    requirement: 'R39',
    title: 'The window says that the number is already connected to an account',
    howTo: `The new account is usually made all the same. ${AGAIN}: choose the account just made, and enter the number again. If it stays stuck, finish the window with a spare number or none; support then moves the number to that account by code (PATCH route: programmatic).`,
  }),
  E2: () => ({
    requirement: 'R21',
    title: 'The window says that two-step verification is still on',
    howTo: `Switch it off at the present provider or in WhatsApp Manager; it takes some minutes to spread. ${AGAIN} then.`,
  }),
  E3: () => ({
    requirement: 'R3',
    title: 'The window says that the number needs no migration',
    howTo:
      'The number is not registered on the API any more. Do not delete anything; support looks at it: it may have to be added as a new number.',
  }),
  E4: () => ({
    requirement: 'R3',
    title: 'The window says that the number has been moved already',
    howTo: 'Nothing to do in the window. If nothing happens within minutes, tell support the account id.',
  }),
  E5: (businessId) => ({
    requirement: 'R4',
    title: `The window says that the accounts belong to different businesses: choose the portfolio ${businessId}`,
    howTo: `Find the portfolio with the id ${businessId} in Business settings → Business info. ${AGAIN} and choose that one; the account in the other portfolio is of no use.`,
  }),
  E6: () => ({
    requirement: 'R40',
    title: 'The window says that something went wrong',
    howTo: `${AGAIN} in an hour. If it says so a third time, tell support: Meta must look at it.`,
  }),
  E7: () => ({
    requirement: 'R27',
    title: 'The window says that the display name is not approved',
    howTo: `The name must be approved at the present provider first. ${AGAIN} when it is.`,
  }),
};

const wordsAfter = (stop: SignupStop, businessId: string): Words => {
  if (stop.wrongBusinessId !== null) {
    return {
      requirement: 'R41',
      title: `Choose the business portfolio ${businessId}: the one chosen, ${stop.wrongBusinessId}, does not own the number`,
      howTo: `${AGAIN}. On the first screen choose the existing portfolio with the id ${businessId}, not a new one. The account made in the other portfolio is of no use: a WhatsApp account never changes its portfolio.`,
    };
  }
  if (stop.obstacle !== null) return OBSTACLES[stop.obstacle](businessId);
  if (stop.event === 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING') {
    return {
      requirement: 'R3',
      title: 'The window connected the WhatsApp Business app instead of moving the number',
      howTo: `In the app: Settings → Account → Business platform → disconnect. ${AGAIN} and do not choose "Connect a WhatsApp Business app".`,
    };
  }
  if (stop.event === 'FINISH_ONLY_WABA') {
    return {
      requirement: 'R39',
      title: 'The account is made, but the number is not in it yet',
      howTo: `${AGAIN}: choose the account just made, and enter the number.`,
    };
  }
  const screen = SCREENS[stop.currentStep ?? ''];
  if (screen !== undefined) {
    return {
      requirement: 'R40',
      title: `The window was closed at ${screen}`,
      howTo: `${AGAIN}; nothing is lost, it can be repeated.`,
    };
  }
  return {
    requirement: 'R40',
    title: 'The window ended before the number was moved',
    howTo: `${AGAIN}; it can be repeated.${stop.words === null ? '' : ` It said: "${stop.words}"`}`,
  };
};

const firstTime = (state: MigrationState): Words => {
  const { businessId } = state.migration.source;
  const { proposedName } = state.signup;
  const named = proposedName === undefined ? '' : ` named "${proposedName}"`;
  const account =
    state.request.destination.wabaId === undefined
      ? `create a new WhatsApp Business Account${named}`
      : `choose the WhatsApp Business Account ${state.request.destination.wabaId}`;
  const card =
    state.request.funding?.payer === 'client_card'
      ? ' Have a card ready and add it to the new account at once: without a payment method the number stays silent.'
      : '';
  return {
    requirement: 'R39',
    title: 'Move the number in the window of WhatsApp',
    howTo:
      `Open the link as an admin of the business portfolio ${businessId} and choose that portfolio (R41); ${account}; enter the number and confirm that it moves; ` +
      `type in the code that comes by SMS or call. From its end on the number may be silent for some minutes.${card}`,
  };
};

export const signupTask = (state: MigrationState, dueAt: string): TaskSpec => {
  const stop = state.signup.stop ?? null;
  return {
    kind: 'complete_signup',
    party: 'client',
    step: 'destination',
    blocking: true,
    dueAt,
    ...(stop === null ? firstTime(state) : wordsAfter(stop, state.migration.source.businessId)),
  };
};
