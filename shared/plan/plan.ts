/** The plan of a migration, derived from what is known and nothing else: the same facts give the same plan. Pure. */
import { clockChangeNote, localTime } from '../local-time';
import type { StepName } from '../steps';
import { basisOf, hashOf } from './basis';
import { callsOf, unseenSource } from './calls';
import type { PlanFacts } from './facts';
import type { Expected, Plan, PlannedStep } from './schema';
import { isInsideWindow, wordsOf } from './steps';
import { plannedTasks } from './tasks';

/** What is left to do when the number is at the destination already (E4). */
const AFTER_ARRIVAL: readonly StepName[] = ['claim', 'eligibility', 'acceptance', 'billing', 'aftercare'];
/** What is done before anybody knows that there is nothing to migrate. */
const BEFORE_TRIAGE: readonly StepName[] = ['claim', 'eligibility'];

const whyLeftOut = (facts: PlanFacts, { name, status }: PlanFacts['steps'][number]): string | null => {
  const { request, triage, endsAs } = facts;
  if (endsAs !== null && !BEFORE_TRIAGE.includes(name))
    return `not reached: the migration would end as ${endsAs}`;
  if (triage === 'already_at_destination' && !AFTER_ARRIVAL.includes(name))
    return 'the number is at the destination already';
  if ((name === 'templates' || name === 'remaining_templates') && !request.templates.copy)
    return 'templates.copy is false';
  // A dry run leaves out what it only plans.
  return status === 'skipped' && request.mode === 'execute' ? 'skipped' : null;
};

const plannedStep = (facts: PlanFacts, step: PlanFacts['steps'][number]): PlannedStep => {
  const { name } = step;
  const leftOut = whyLeftOut(facts, step);
  const { what, expected, waitsFor } = wordsOf(facts, name);
  const insideWindow = isInsideWindow(
    facts.steps.map((one) => one.name),
    name,
  );
  const common = { step: name, what, insideWindow, leftOut };
  return leftOut === null
    ? { ...common, calls: callsOf(facts, name), expected, waitsFor }
    : { ...common, calls: [], expected: { fromMs: 0, toMs: 0, source: 'left out' }, waitsFor: [] };
};

const sum = (steps: readonly PlannedStep[], source: string): Expected => ({
  fromMs: steps.reduce((total, { expected }) => total + expected.fromMs, 0),
  toMs: steps.reduce((total, { expected }) => total + expected.toMs, 0),
  source,
});

const codesOf = ({ findings }: PlanFacts, severity: 'blocker' | 'warning'): string[] =>
  findings.filter((finding) => finding.severity === severity).map(({ code }) => code);

const verdictOf = (facts: PlanFacts): Plan['verdict'] => {
  const blockers = codesOf(facts, 'blocker');
  const common = { blockers, warnings: codesOf(facts, 'warning') };
  if (facts.triage === null)
    return { ready: false, endsAs: 'migrated', because: 'nobody has looked yet', ...common };
  if (facts.endsAs !== null) {
    return { ready: false, endsAs: facts.endsAs, because: `triage: ${facts.triage}`, ...common };
  }
  if (facts.triage === 'already_at_destination') {
    return { ready: true, endsAs: facts.triage, because: 'there is nothing left to move (E4)', ...common };
  }
  return {
    ready: blockers.length === 0,
    endsAs: 'migrated',
    because:
      blockers.length === 0
        ? 'nothing is in the way'
        : `${String(blockers.length)} blockers are waited for: ${blockers.join(', ')}`,
    ...common,
  };
};

const HOUR_MS = 3_600_000;
const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** By when what must be so that the window can be kept, and the deadlines that run or will run. */
const latestOf = (facts: PlanFacts, insideWindow: Expected): { what: string; at: string }[] => {
  const { request, policy, createdAt, deadlines } = facts;
  const { notBefore, notAfter } = request.cutover;
  const ageHours = request.destination.maxWabaAgeHours;
  return [
    {
      what: 'blockers of eligibility are settled',
      at: deadlines.eligibility ?? later(createdAt, policy.deadlines.eligibility),
    },
    ...(notBefore !== undefined && ageHours !== null && facts.destinationWabaId === null
      ? [{ what: 'the destination account is not made before', at: later(notBefore, -ageHours * HOUR_MS) }]
      : []),
    ...(notBefore === undefined ? [] : [{ what: 'everything before the window is done', at: notBefore }]),
    ...(notAfter === undefined
      ? []
      : [
          {
            what: 'two-step verification is off, so that the rest fits in',
            at: later(notAfter, -insideWindow.toMs),
          },
          { what: 'nothing irreversible starts any more without an approval', at: notAfter },
        ]),
    ...Object.entries(deadlines).flatMap(([step, at]) =>
      step === 'eligibility' ? [] : [{ what: `deadline of ${step}`, at }],
    ),
  ];
};

const whenOf = (facts: PlanFacts, insideWindow: Expected): Plan['when'] => {
  const { notBefore = null, notAfter = null, approval, timeZone = null } = facts.request.cutover;
  const local = (instant: string | null): string | null =>
    instant === null || timeZone === null ? null : localTime(instant, timeZone);
  return {
    ...{ notBefore, notAfter, timeZone, approval },
    local:
      timeZone === null
        ? null
        : {
            notBefore: local(notBefore),
            notAfter: local(notAfter),
            note:
              notBefore === null || notAfter === null ? null : clockChangeNote(notBefore, notAfter, timeZone),
          },
    latest: latestOf(facts, insideWindow).map(({ what, at }) => ({ what, at, local: local(at) })),
  };
};

/** What is left of a plan when a replay begins with `step`; the number is claimed again first. */
export const remainderOf = ({ steps, tasks }: Plan, step: StepName): Pick<Plan, 'steps' | 'tasks'> => {
  const first = steps.findIndex((planned) => planned.step === step);
  const again = steps.filter((planned, index) => planned.step === 'claim' || index >= first);
  return { steps: again, tasks: tasks.filter((task) => again.some((planned) => planned.step === task.step)) };
};

const isCutover = (path: string): boolean => path.endsWith('/register');

const pointOfNoReturnOf = (steps: readonly PlannedStep[]): Plan['pointOfNoReturn'] => {
  for (const { step, calls } of steps) {
    const cutover = calls.find(({ method, path }) => method === 'POST' && isCutover(path));
    if (cutover === undefined) continue;
    return {
      step,
      call: `${cutover.method} ${cutover.path}`,
      meaning:
        'Until its first attempt the migration can be aborted: it stops, frees the number and names what it leaves in ' +
        'place. After it the work only goes forward.',
    };
  }
  return null;
};

export const planOf = (facts: PlanFacts): Plan => {
  const steps = facts.steps.map((step) => plannedStep(facts, step));
  const inside = steps.filter(({ insideWindow }) => insideWindow);
  const insideWindow = sum(inside, 'the steps between the opening of the window and the cut-over');
  const work = steps.filter(({ step }) => step !== 'aftercare');
  return {
    planHash: hashOf(basisOf(facts)),
    stage: facts.triage === null ? 'preliminary' : 'checked',
    route: facts.request.route,
    verdict: verdictOf(facts),
    when: whenOf(facts, insideWindow),
    steps,
    expected: {
      whole: sum(
        work,
        'the sum of the steps but aftercare, without the time that people and the window take',
      ),
      insideWindow,
    },
    pointOfNoReturn: pointOfNoReturnOf(steps),
    cannotBeUndone: steps.flatMap(({ step, calls }) =>
      calls
        .filter(({ reversible }) => !reversible)
        .map(({ purpose, undo }) => ({ step, what: purpose, undo: undo ?? 'nobody' })),
    ),
    tasks: plannedTasks(facts),
    templates: facts.templates,
    templatesUnseen: facts.templatesUnseen ?? (facts.request.templates.copy ? unseenSource(facts) : null),
  };
};
