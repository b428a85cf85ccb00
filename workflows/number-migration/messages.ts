/**
 * What may be said to a running migration. A validator refuses before anything stands in the history; a handler makes
 * one transition and never waits – but for a code, whose answer is Meta's verdict. Repeated messages have no effect.
 */
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  patched,
  setHandler,
} from '@temporalio/workflow';
import { ANNOUNCED_NUMBER_WAITS } from '../../shared/announced-number';
import {
  codeMessageSchema,
  messageSchema,
  QUERIES,
  SIGNALS,
  UPDATES,
  type CodeVerdict,
  type Message,
  type RefusalCode,
  type RefusalDetail,
  type UpdateAnswers,
  type UpdateArguments,
} from '../../shared/messages';
import { ATTESTED_ROW } from '../../shared/eligibility-settings';
import type { Migration } from '../../shared/migration';
import { frozenFields, staleSteps } from './amendments';
import { alertAnswered } from './announced-number';
import { nextStep, statusOf } from './derived';
import { heedHints } from './heed-hints';
import { invalidInPatch, invalidInResult } from './invalid-fields';
import type { CodeInHand, MigrationRun } from './migration-run';
import { planOfState, seenFromOutside } from './plan';
import { codeRequestRetryAt, invalidWindowEnds, missingInStatement, refusalOf } from './refusals';
import { refusal, refuseFields } from './refused-update';
import type { MigrationState } from './state';
import { takeSignupResult } from './signup-result';
import { RESOLVE_PROBLEM, withSeenMessage } from './state-edits';

type UpdateName = keyof UpdateArguments;
type Decision = Exclude<UpdateName, 'submitCode' | 'amend'>;

/** A number is given five codes a day, and each three guesses. */
const VERDICTS_KEPT = 20;

/** What was decided about a parked step has been taken up, so that the answer shows what came of it. */
const isTakenUp = (state: MigrationState): boolean =>
  state.decision === null || refusalOf.open(state) !== null;

/** As the request says, which is what an amendment may have changed. */
const codeAsRequested = ({ request }: MigrationState) => ({
  method: request.verification.method,
  language: request.verification.language,
});

/** From when on a new code, with new guesses, may be asked for. */
const guessAgainAt = ({ state, now }: MigrationRun): string =>
  codeRequestRetryAt(state, now) ?? new Date(now).toISOString();

/** Of the same message, after a continue-as-new has taken the update's own answer with it. */
const verdictKnownFor = ({ state }: MigrationRun, messageId: string): CodeVerdict => {
  const known = state.codes.verdicts?.find((told) => told.messageId === messageId);
  if (known !== undefined) return known.verdict;
  if (state.verifiedAt === null) throw refusal(state, refusalOf.open(state) ?? 'verdict_unknown');
  return { outcome: 'verified', guessesLeft: 0 };
};

export const listen = (run: MigrationRun): void => {
  const refuseIf = (
    code: RefusalCode | null,
    retryAt: string | null = null,
    more: Pick<RefusalDetail, 'frozen' | 'missing' | 'plan'> = {},
  ): void => {
    if (code !== null)
      throw refusal(run.state, code, retryAt, { ...more, revision: run.state.migration.revision });
  };
  const presentPlan = (): string => planOfState(run.state).planHash;
  const wellFormed = (message: unknown): void => {
    refuseIf(messageSchema.safeParse(message).success ? null : 'invalid_message');
  };
  const isRepeated = ({ messageId }: Message): boolean => run.state.seenMessages.includes(messageId);
  const remember = ({ messageId }: Message): void => {
    run.state = withSeenMessage(run.state, messageId);
  };

  /** An update that makes one transition and answers with the migration as it then is. */
  const onDecision = <K extends Decision>(
    name: K,
    refused: (message: UpdateArguments[K]) => RefusalCode | null,
    act: (message: UpdateArguments[K]) => void,
    retryAt: () => string | null = () => null,
    more: (message: UpdateArguments[K]) => Pick<RefusalDetail, 'missing' | 'plan'> = () => ({}),
  ): void => {
    setHandler(
      defineUpdate<Migration, [UpdateArguments[K]]>(UPDATES[name]),
      async (message: UpdateArguments[K]) => {
        if (!isRepeated(message)) {
          remember(message);
          act(message);
          await condition(() => isTakenUp(run.state));
        }
        return seenFromOutside(run.state);
      },
      {
        validator: (message: UpdateArguments[K]) => {
          wellFormed(message);
          if (!isRepeated(message)) refuseIf(refused(message), retryAt(), more(message));
        },
        description: DESCRIPTIONS[name],
      },
    );
  };

  onDecision(
    'requestCode',
    () => refusalOf.requestCode(run.state, run.now),
    ({ method, language, actor }) => {
      const wanted = codeAsRequested(run.state);
      run.hear(
        'code_wanted',
        { method: method ?? wanted.method, language: language ?? wanted.language, byPerson: true },
        actor,
      );
    },
    () => codeRequestRetryAt(run.state, run.now),
  );
  onDecision(
    'completeTask',
    ({ taskId, statement }) => refusalOf.completeTask(run.state, taskId, statement),
    ({ taskId, statement, evidenceUrl, actor }) => {
      const task = run.state.migration.tasks.find(({ id }) => id === taskId);
      if (task === undefined) return;
      run.hear('task_closed', { taskId: task.id, status: 'done', statement, evidenceUrl }, actor);
      // An invoice paid, a pitfall avoided is no attestation: it asks for no look at the number. Nor is "somebody is at the
      // phone": what was stated for R19 before, a person and an hour, stands.
      const isAsking = task.kind === 'request_verification_code';
      const { requirement } = task;
      const isRow = requirement !== null && ATTESTED_ROW.test(requirement);
      if (isRow && task.step !== 'billing' && !isAsking)
        run.hear('attested', { requirement, statement }, actor);
      switch (task.kind) {
        case RESOLVE_PROBLEM:
          run.hear('step_decided', { step: task.step, verb: 'retry', reason: statement }, actor);
          break;
        case 'approve_cutover':
          run.hear('cutover_approved', { reason: statement, planHash: presentPlan() }, actor);
          break;
        case 'request_verification_code':
          run.hear('recheck_asked', {}, actor);
          run.hear('code_wanted', { ...codeAsRequested(run.state), byPerson: true }, actor);
          break;
        case ANNOUNCED_NUMBER_WAITS:
          if (patched('alert-comes-again')) run.state = alertAnswered(run.state, run.now);
          break;
        default:
          if (task.requirement === null) run.hear('recheck_asked', {}, actor);
      }
    },
    undefined,
    ({ taskId, statement }) => {
      const missing = missingInStatement(run.state, taskId, statement);
      return missing === null ? {} : { missing };
    },
  );
  onDecision(
    'recheck',
    () => refusalOf.recheck(run.state),
    ({ actor }) => {
      run.hear('recheck_asked', {}, actor);
      const next = nextStep(run.state);
      // These wait without looking; what has come up meanwhile is found, and told, by a look at the whole.
      if (next === 'preparation' || next === 'window') {
        run.hear('steps_reopened', { steps: ['eligibility'], because: 'recheck' }, actor);
      }
    },
  );
  onDecision(
    'retry',
    ({ step }) => refusalOf.retry(run.state, step),
    ({ step: named, reason = '', actor }) => {
      const step = named ?? run.state.migration.steps.find(({ status }) => status === 'blocked')?.name;
      if (step !== undefined) run.hear('step_decided', { step, verb: 'retry', reason }, actor);
    },
  );
  onDecision(
    'skip',
    ({ step }) => refusalOf.skip(run.state, step),
    ({ step, reason = '', actor }) => {
      run.hear('step_decided', { step, verb: 'skip', reason }, actor);
    },
  );
  onDecision(
    'approveCutover',
    (message) => refusalOf.approveCutover(run.state, message),
    ({ reason = '', actor }) => {
      run.hear('cutover_approved', { reason, planHash: presentPlan() }, actor);
    },
    undefined,
    ({ planHash: given }) =>
      given === undefined || given === presentPlan() ? {} : { plan: { given, present: presentPlan() } },
  );
  onDecision(
    'reschedule',
    (message) =>
      refusalOf.reschedule(run.state) ?? refuseFields(run.state, invalidWindowEnds(run.state, message, [])),
    ({ notBefore, notAfter, reason = '', actor }) => {
      run.hear('rescheduled', { notBefore, notAfter, reason }, actor);
      if (statusOf(run.state, 'window') === 'done') {
        run.hear('steps_reopened', { steps: ['window'], because: 'rescheduled' }, actor);
      }
    },
  );
  onDecision(
    'signupResult',
    (message) =>
      refusalOf.signupResult(run.state, message.sessionId) ??
      refuseFields(run.state, invalidInResult(run.state, message)),
    (message) => takeSignupResult(run, message),
  );
  onDecision(
    'abort',
    () => refusalOf.abort(run.state),
    ({ reason = '', actor }) => {
      run.hear('abort_requested', { reason }, actor);
    },
  );

  setHandler(
    defineUpdate<UpdateAnswers['amend'], [UpdateArguments['amend']]>(UPDATES.amend),
    (message) => {
      const stale = isRepeated(message) ? [] : staleSteps(run.state, message.patch);
      if (!isRepeated(message)) {
        remember(message);
        run.hear('amended', { patch: message.patch, reason: message.reason ?? '' }, message.actor);
        const { route: from } = run.state.migration;
        const { route: to = from } = message.patch;
        if (to !== from) run.hear('route_changed', { from, to }, message.actor);
        if (stale.length > 0) run.hear('steps_reopened', { steps: stale, because: 'amended' }, message.actor);
        const blocked = run.state.migration.steps.find(({ status }) => status === 'blocked');
        if (blocked !== undefined) {
          run.hear('step_decided', { step: blocked.name, verb: 'retry', reason: 'amended' }, message.actor);
        }
      }
      return { migration: seenFromOutside(run.state), staleSteps: stale };
    },
    {
      validator: (message: UpdateArguments['amend']) => {
        wellFormed(message);
        if (isRepeated(message)) return;
        const refused = refusalOf.amend(run.state, message.patch, message.expectedRevision);
        const frozen = refused === 'field_frozen' ? frozenFields(run.state, message.patch) : undefined;
        refuseIf(refused, null, frozen === undefined ? {} : { frozen });
        refuseFields(run.state, invalidInPatch(run.state, message.patch));
      },
      description: DESCRIPTIONS.amend,
    },
  );

  const keepVerdict = (messageId: string, verdict: CodeVerdict): void => {
    const verdicts = [...(run.state.codes.verdicts ?? []), { messageId, verdict }].slice(-VERDICTS_KEPT);
    run.state = { ...run.state, codes: { ...run.state.codes, verdicts } };
  };

  const takeCode = ({ code, actor }: UpdateArguments['submitCode']): CodeInHand => {
    const inHand: CodeInHand = { code, by: actor, verdict: null };
    run.codesInHand.push(inHand);
    return inHand;
  };

  setHandler(
    defineUpdate<CodeVerdict, [UpdateArguments['submitCode']]>(UPDATES.submitCode),
    async (message) => {
      // Only after a continue-as-new: a second guess would cost one.
      if (isRepeated(message)) return verdictKnownFor(run, message.messageId);
      remember(message);
      const inHand = takeCode(message);
      await condition(() => inHand.verdict !== null);
      if (inHand.verdict === null || inHand.verdict === 'unknown')
        throw refusal(run.state, refusalOf.open(run.state) ?? 'verdict_unknown');
      keepVerdict(message.messageId, inHand.verdict);
      return inHand.verdict;
    },
    {
      validator: (message: UpdateArguments['submitCode']) => {
        refuseIf(codeMessageSchema.safeParse(message).success ? null : 'invalid_message');
        if (isRepeated(message)) return;
        const refused = refusalOf.submitCode(run.state, run.now);
        refuseIf(refused, refused === 'guesses_used_up' ? guessAgainAt(run) : null);
      },
      description: DESCRIPTIONS.submitCode,
    },
  );

  // For a forwarder, the Temporal UI or CLI: nobody waits for the verdict. A malformed or untimely one is dropped and recorded.
  setHandler(
    defineSignal<[unknown]>(SIGNALS.code),
    (given: unknown) => {
      const message = codeMessageSchema.safeParse(given);
      if (!message.success) {
        run.hear('message_dropped', { kind: SIGNALS.code, why: 'malformed' });
        return;
      }
      if (isRepeated(message.data)) {
        run.hearInVain();
        return;
      }
      remember(message.data);
      const refused = refusalOf.submitCode(run.state, run.now);
      if (refused === null) takeCode(message.data);
      else run.hear('message_dropped', { kind: SIGNALS.code, why: refused }, message.data.actor);
    },
    { description: 'Hand in the 6 digits without waiting for the verdict' },
  );

  heedHints(run);

  setHandler(defineQuery<Migration>(QUERIES.migration), () => seenFromOutside(run.state), {
    description: 'The migration as it now is',
  });
};

const DESCRIPTIONS: Record<UpdateName, string> = {
  submitCode: 'Hand in the 6 digits; the answer is the verdict of Meta',
  requestCode: 'Ask for a (new) verification code',
  completeTask: 'A party has done its task',
  recheck: 'Gather facts and findings again now',
  retry: 'Try the parked step again',
  skip: 'Leave the step out',
  approveCutover: 'Let the cut-over begin',
  reschedule: 'Move the cut-over window',
  amend: 'Correct the request',
  signupResult: 'What the popup of Embedded Signup returned',
  abort: 'Stop the migration and free the number',
};
