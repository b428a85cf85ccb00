/**
 * Meta's Embedded Signup, done by the client in our page (meta §2.2): it makes the account and its profile (R44), announces the number and
 * proves ownership. Everything that can be ready is ready before, because the source may fall silent when the popup is
 * finished (meta §1.7). The code of the popup is exchanged at once and once; the account is found by the popup's message,
 * the token's scopes, a webhook or the difference of lists. A signup that ended otherwise is asked for again, in the
 * words of how it ended. Safe to repeat: a look finds what is there. Undone by nobody (the account is the client's).
 */
import { patched } from '@temporalio/workflow';
import type { SignedUpNumber, SignupSighting } from '../../../activities/contract';
import type { BusinessId, PhoneNumberId, WabaId } from '../../../shared/ids';
import type { SignupObstacle } from '../../../shared/signup';
import type { StepName } from '../../../shared/steps';
import { taskText } from '../../../shared/texts';
import { whatLacksApproval } from '../approval';
import { renewalOf } from '../changes';
import { statusOf } from '../derived';
import { effects } from '../effects';
import { isDueForALook } from '../looking';
import type { MigrationRun } from '../migration-run';
import { problemOf, StepOvertaken } from '../parking';
import { isSought, nextLookForAccount, signupTask } from '../signup-task';
import { askForApproval } from './window';

interface SignedUp {
  wabaId: WabaId;
  ownerBusinessId: BusinessId;
  number: SignedUpNumber;
}

export const signup = async (run: MigrationRun): Promise<void> => {
  const before = run.state.migration.destination.wabaId;
  const { wabaId, ownerBusinessId, number } = await awaitSignup(run);
  const adopted = run.state.request.destination.wabaId !== undefined;
  run.record('destination_established', { wabaId, businessId: ownerBusinessId, adopted });
  if (before !== null && before !== wabaId) leaveAccountBehind(run);
  run.closeTask('destination', 'complete_signup', 'the number is in the account');
  run.closeTask('destination', 'choose_destination_waba', 'found');
  const { alreadySubscribed } = await effects.subscribeApp({ subject: run.subject, wabaId });
  run.record('app_subscribed', { alreadySubscribed });
  if (number.standing === 'live') {
    // E4 is a success: the route goes on with acceptance.
    run.record('found_at_destination', { phoneNumberId: number.phoneNumberId, wabaId });
    return;
  }
  run.record('signup_finished', { phoneNumberId: number.phoneNumberId });
  run.record('ownership_verified', { how: 'signup' });
};

/** A popup that was done twice has moved the number on: payment and templates belong to an account. */
const leaveAccountBehind = (run: MigrationRun): void => {
  const steps = (['funding', 'templates'] as const).filter((step) => {
    const status = statusOf(run.state, step);
    return status === 'done' || status === 'skipped';
  });
  if (steps.length > 0) run.record('steps_reopened', { steps, because: 'ANOTHER_ACCOUNT' });
};

const awaitSignup = async (run: MigrationRun): Promise<SignedUp> => {
  for (;;) {
    leadBack(run);
    tellOfResult(run);
    await exchangeCode(run);
    if (isDueForALook(run)) {
      run.beginLook();
      const seen = await look(run);
      run.throwUnlessNext('destination');
      const found = settled(run, seen);
      if (found !== null) {
        await takeTheCodeAlong(run);
        return found;
      }
      run.record('recheck_planned', {
        at: new Date(nextLookForAccount(run.state, run.now)).toISOString(),
      });
    }
    askForSignup(run);
    const lacking = whatLacksApproval(run);
    const hasChanged = () => whatLacksApproval(run) !== lacking;
    await run.wait('destination', () => isDueForALook(run) || hasCode(run) || hasChanged(), {
      for: 'signup',
      wakeAt: nextInstant(run),
      bounded: true,
    });
  }
};

/** Whoever opens the page while the code is exchanged and the account looked for is not sent through the window again. */
const tellOfResult = (run: MigrationRun): void => {
  if (!isSought(run.state, run.now) || !run.projection.isBehind) return;
  if (patched('signup-result-told-at-once')) run.projection.followUp();
};

const hasCode = ({ state }: MigrationRun): boolean => (state.signup.codeRef ?? null) !== null;

/** What the popup refused because of an earlier step's matter: that step looks again before the client tries again. */
const LEADS_BACK: Readonly<Partial<Record<SignupObstacle, StepName>>> = {
  E2: 'two_step_off',
  E3: 'eligibility',
  E7: 'eligibility',
};

const leadBack = (run: MigrationRun): void => {
  const obstacle = run.state.signup.stop?.obstacle ?? null;
  const earlier = obstacle === null ? undefined : LEADS_BACK[obstacle];
  if (earlier === undefined || obstacle === null) return;
  run.record('steps_reopened', { steps: [earlier, 'destination'], because: obstacle });
  throw new StepOvertaken();
};

/**
 * A webhook may tell of the account before the popup's page has handed in its result: the code, which lives 30 seconds
 * (meta §2.1), is waited for a moment, because nobody asks for it afterwards.
 */
const takeTheCodeAlong = async (run: MigrationRun): Promise<void> => {
  if (!isHeard(run) && !hasCode(run)) {
    // A result without a code, because the login's answer never came, brings none later either (meta §1.7: no time to lose).
    const endsWithResult = patched('signup-result-without-code');
    await run.wait('destination', () => hasCode(run) || (endsWithResult && isHeard(run)), {
      for: 'popupResult',
      wakeAt: run.after(run.state.policy.signupCodeGrace),
    });
  }
  await exchangeCode(run);
};

const isHeard = ({ state: { signup } }: MigrationRun): boolean =>
  signup.wabaId !== null || (signup.credential ?? null) !== null || signup.exchanged === true;

/** Nothing is tried twice and nothing parks here: without a token the partner's own sees what the client shared. */
const exchangeCode = async (run: MigrationRun): Promise<void> => {
  const codeRef = run.state.signup.codeRef ?? null;
  if (codeRef === null) return;
  tellOfResult(run);
  const exchanged = await effects
    .exchangePopupCode({ subject: run.subject, codeRef })
    .catch((error: unknown) => ({ outcome: 'unknown', problem: problemOf(error).code }) as const);
  run.record('signup_code_exchanged', {
    outcome: exchanged.outcome,
    problem: exchanged.outcome === 'stored' ? null : exchanged.problem,
  });
  if (exchanged.outcome === 'stored') {
    const { credential, expiresAt } = exchanged;
    run.record('client_token_stored', { credential, expiresAt });
  }
};

const look = (run: MigrationRun): Promise<SignupSighting> => {
  const { request, signup } = run.state;
  return effects.findSignup({
    subject: run.subject,
    partnerCredential: request.destination.credential,
    hasClientToken: (signup.credential ?? null) !== null,
    told: signup.wabaId,
    known: signup.known,
    discarded: signup.discarded ?? [],
  });
};

const settled = (run: MigrationRun, seen: SignupSighting): SignedUp | null => {
  switch (seen.kind) {
    case 'awaiting':
      if (run.state.signup.known === null) {
        const { known, proposedName, accounts = [] } = seen;
        run.record('signup_opened', { known, proposedName, accounts });
      }
      return null;
    case 'ambiguous':
      run.openTask({
        kind: 'choose_destination_waba',
        party: 'operator',
        requirement: 'R42',
        step: 'destination',
        blocking: true,
        dueAt: run.deadlineOf('destination'),
        ...taskText('choose_destination_waba', { accounts: seen.candidates.join(', ') }),
      });
      return null;
    case 'wrong_portfolio':
      run.record('signup_discarded', {
        wabaId: seen.wabaId,
        stop: { ...NO_WORDS, event: 'FINISH', wrongBusinessId: seen.ownerBusinessId },
      });
      return null;
    case 'signed_up': {
      const { number, ...account } = seen;
      if (number !== null && number.standing !== 'not_proven') return { ...account, number };
      if (number === null) tellOfAccountAlone(run, account.wabaId);
      else if (patched('signup-number-not-proven')) tellOfEntered(run, account.wabaId, number.phoneNumberId);
      else tellOfAccountAlone(run, account.wabaId);
      return null;
    }
  }
};

const tellOfAccountAlone = (run: MigrationRun, wabaId: WabaId): void => {
  const stop = run.state.signup.stop ?? null;
  if (stop !== null || wabaId === run.state.request.destination.wabaId) return;
  run.record('signup_result', {
    event: 'FINISH_ONLY_WABA',
    wabaId,
    stop: { ...NO_WORDS, event: 'FINISH_ONLY_WABA' },
    seen: { wabaId, phoneNumberId: null },
  });
  run.beginLook();
};

/** The number is announced, and nobody has typed its code in (meta §2.1): told once, in the words of how the popup ended. */
const tellOfEntered = (run: MigrationRun, wabaId: WabaId, phoneNumberId: PhoneNumberId): void => {
  // What was said during the look is answered by the next one, which begins at once.
  if (run.state.recheckAsked) return;
  const { stop = null, seen } = run.state.signup;
  const isToldOtherwise = stop === null || stop.event === 'FINISH_ONLY_WABA';
  if (!isToldOtherwise && seen?.wabaId === wabaId && seen.phoneNumberId === phoneNumberId) return;
  run.record('signup_result', {
    event: 'number_not_proven',
    wabaId,
    stop: isToldOtherwise ? { ...NO_WORDS, event: 'number_not_proven' } : stop,
    seen: { wabaId, phoneNumberId },
  });
  run.beginLook();
};

const NO_WORDS = { currentStep: null, obstacle: null, words: null, wrongBusinessId: null } as const;

/** Nothing begins after the window's end without approval; what the client has finished by then is taken all the same. */
const askForSignup = (run: MigrationRun): void => {
  const lacking = whatLacksApproval(run);
  if (lacking !== null) {
    run.closeTask('destination', 'complete_signup', 'the window is over');
    askForApproval(run, 'destination', lacking);
    return;
  }
  run.closeTask('destination', 'approve_cutover', 'approved or rescheduled');
  if (isSought(run.state, run.now)) return;
  const spec = signupTask(run.state, run.deadlineOf('destination'));
  const open = run.taskOf('destination', spec.kind);
  if (open === undefined) run.openTask(spec);
  else if (open.title !== spec.title || open.howTo !== spec.howTo) {
    run.record('task_renewed', renewalOf(spec, open.id));
  }
};

/** The next look, or the window's end. */
const nextInstant = ({ state, now }: MigrationRun): string | null => {
  const { notAfter } = state.migration.cutover;
  const ends = notAfter !== null && Date.parse(notAfter) > now ? [notAfter] : [];
  return [...ends, ...(state.recheckAt === null ? [] : [state.recheckAt])].sort()[0] ?? null;
};
