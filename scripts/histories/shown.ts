/** What a recorded run shows of the procedure, in labels that `to-be-shown.ts` asks for. Pure. */
import { z } from 'zod';
import { TASK_KINDS } from '../../workflows/number-migration/task-kinds';
import { readable, type RecordedRun, type ToldEvent } from './recorded-run';

/** Of a payload that `readable` has opened. */
const opened = z.object({ json: z.unknown() });
const args = z.object({ payloads: z.array(opened) });

const inputSchema = z.object({
  request: z.object({ route: z.string(), mode: z.string() }),
  resumeFrom: z
    .object({ migration: z.object({ step: z.string().nullable(), route: z.string() }) })
    .optional(),
});

const eventSchema = z.object({
  eventType: z.string(),
  userMetadata: z.object({ summary: opened.optional() }).optional(),
  workflowExecutionStartedEventAttributes: z
    .object({ input: args, continuedExecutionRunId: z.string().optional() })
    .optional(),
  activityTaskScheduledEventAttributes: z.object({ activityType: z.object({ name: z.string() }) }).optional(),
  workflowExecutionSignaledEventAttributes: z.object({ signalName: z.string() }).optional(),
  workflowExecutionUpdateAcceptedEventAttributes: z
    .object({ acceptedRequest: z.object({ input: z.object({ name: z.string() }) }) })
    .optional(),
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What happened, where the step or the kind of it matters. */
const DETAILS: Readonly<
  Record<string, (data: ToldEvent['data'], now: { step: string; route: string }) => string>
> = {
  step_done: ({ step }, { route }) => `${route}: ${text(step)} done`,
  abort_requested: (_data, { step, route }) => `${route}: aborted in ${step}`,
  task_opened: ({ kind, step }) =>
    TASK_KINDS.some((known) => known === kind) ? `task ${text(kind)}` : `task for a finding in ${text(step)}`,
  step_unparked: ({ decided }) => `unparked ${decided === true ? 'by a person' : 'by itself'}`,
  step_skipped: ({ reason }) => `skipped: ${text(reason)}`,
  steps_reopened: ({ because }) => `led back by ${text(because)}`,
  code_verdict: ({ outcome }) => `verdict ${text(outcome)}`,
  ownership_verified: ({ how }) => `ownership by ${text(how)}`,
  registered: ({ outcome }) => `registration ${text(outcome)}`,
  attempt_started: ({ fromStep }) => (fromStep === null ? 'replayed from the start' : 'replayed from a step'),
  message_dropped: ({ why }) => `dropped: ${text(why)}`,
};

const toldLabels = (run: RecordedRun, start: z.infer<typeof inputSchema>): string[] => {
  let { route } = start.resumeFrom?.migration ?? start.request;
  let step = start.resumeFrom?.migration.step ?? 'claim';
  return run.told.flatMap(({ type, data }) => {
    if (type === 'route_changed') route = text(data['to']);
    if (['step_started', 'step_waiting', 'step_parked'].includes(type)) step = text(data['step']);
    const labels = [`change ${type}`];
    if (type === 'step_parked') {
      const problem = z.object({ class: z.string() }).parse(data['problem']);
      labels.push(`parked in ${step}`, `parked: ${problem.class}`);
    }
    if (type === 'closed') {
      labels.push(`ends ${text(data['state'])}`, `outcome ${text(data['outcome'])}`);
      if (start.request.mode === 'dry_run' && data['outcome'] === 'dry_run') labels.push(`dry run: ${route}`);
    }
    const detail = DETAILS[type]?.(data, { step, route });
    return detail === undefined ? labels : [...labels, detail];
  });
};

const summaryOf = (event: z.infer<typeof eventSchema>): string => {
  const summary = text(event.userMetadata?.summary?.json);
  return summary.startsWith('parked: ') ? 'parked' : summary;
};

/** Every label of the run, each once. */
export const shownBy = (run: RecordedRun): string[] => {
  const events = readable(run.history).events.map((event) => eventSchema.parse(event));
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (started === undefined) throw new Error('the history does not begin with a start');
  const [start] = started.input.payloads;
  const labels = toldLabels(run, inputSchema.parse(start?.json));
  let isEntered = (started.continuedExecutionRunId ?? '') === '';
  for (const event of events) {
    const activity = event.activityTaskScheduledEventAttributes?.activityType.name;
    if (activity !== undefined) labels.push(`effect ${summaryOf(event)}`);
    if (event.eventType === 'EVENT_TYPE_TIMER_STARTED') {
      labels.push(`wait: ${summaryOf(event)}`);
      if (!isEntered) labels.push(`continued into: ${summaryOf(event)}`);
      isEntered = true;
    }
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.name;
    if (update !== undefined) labels.push(`update ${update}`);
    const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
    if (signal !== undefined) labels.push(`signal ${signal}`);
    const plain = PLAIN_EVENTS[event.eventType];
    if (plain !== undefined) labels.push(plain);
  }
  return [...new Set(labels)];
};

const PLAIN_EVENTS: Readonly<Record<string, string>> = {
  EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: 'continued as new',
  EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED: 'cancelled in Temporal',
  EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT: 'an effect that timed out',
  EVENT_TYPE_ACTIVITY_TASK_FAILED: 'an effect that failed',
};
