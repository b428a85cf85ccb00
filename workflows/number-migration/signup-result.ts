/** The popup's result as the migration takes it: what to look at, what to forget, what to tell the client. */
import type { PhoneNumberId, WabaId } from '../../shared/ids';
import type { Actor } from '../../shared/migration';
import type { UpdateArguments } from '../../shared/messages';
import { statusOf } from './derived';
import type { MigrationRun } from './migration-run';
import type { SignupStop } from './signup-changes';
import type { MigrationState } from './state';

type Result = UpdateArguments['signupResult'];

/** Null when the popup was finished as it should be; the look that follows says whether it is true. */
export const stopOf = (result: Result, ownBusinessId: string): SignupStop | null => {
  const { event, businessId, currentStep, obstacle, words, errorId, metaSessionId } = result;
  const isOtherPortfolio = businessId !== undefined && businessId !== ownBusinessId;
  if ((event === 'FINISH' || event === undefined) && !isOtherPortfolio) return null;
  return {
    event: event ?? 'message_lost',
    currentStep: currentStep ?? null,
    obstacle: obstacle ?? null,
    words: words ?? null,
    wrongBusinessId: isOtherPortfolio ? businessId : null,
    ...(errorId === undefined ? {} : { errorId }),
    ...(metaSessionId === undefined ? {} : { metaSessionId }),
  };
};

/** A portfolio that is not the number's is seen by its id at once (P-3); an account in coexistence is of no use (P-17). */
const isOfNoUse = ({ event, wrongBusinessId }: SignupStop): boolean =>
  wrongBusinessId !== null || event === 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING';

/** The account that the result names, and why the popup does not count as finished. */
const read = (
  { migration: { route, source } }: MigrationState,
  result: Result,
): { wabaId: WabaId | null; stop: SignupStop | null } => ({
  wabaId: result.event === 'CANCEL' ? null : ((result.wabaId ?? null) as WabaId | null),
  stop: route === 'embedded_signup' ? stopOf(result, source.businessId) : null,
});

/** The account that would be taken for the destination; null: the result names none, or one that is of no use anyway. */
export const accountIn = (state: MigrationState, result: Result): WabaId | null => {
  const { wabaId, stop } = read(state, result);
  return stop !== null && isOfNoUse(stop) ? null : wabaId;
};

/** Whoever has finished the window must not be sent through it again while its account is looked for. */
const askNoMore = (run: MigrationRun, actor: Actor): void => {
  const task = run.taskOf('destination', 'complete_signup');
  if (task === undefined) return;
  run.hear(
    'task_closed',
    { taskId: task.id, status: 'done', statement: 'the window was finished; its account is looked for' },
    actor,
  );
};

export const takeSignupResult = (run: MigrationRun, result: Result): void => {
  const { event, phoneNumberId, actor } = result;
  const { route } = run.state.migration;
  const { wabaId, stop } = read(run.state, result);
  const isUseless = stop !== null && isOfNoUse(stop);
  const isFinished = route === 'embedded_signup' && stop === null;
  run.hear(
    'signup_result',
    {
      event: event ?? 'message_lost',
      wabaId: isUseless ? null : wabaId,
      ...(route === 'embedded_signup' ? { codeRef: isUseless ? null : (result.codeRef ?? null) } : {}),
      ...(stop === null ? {} : { stop }),
      ...(isFinished && phoneNumberId !== undefined ? { told: phoneNumberId as PhoneNumberId } : {}),
    },
    actor,
  );
  if (isUseless) run.hear('signup_discarded', { wabaId, stop }, actor);
  else if (isFinished) askNoMore(run, actor);
  if (statusOf(run.state, 'destination') === 'blocked') {
    run.hear('step_decided', { step: 'destination', verb: 'retry', reason: 'signup result' }, actor);
  }
};
