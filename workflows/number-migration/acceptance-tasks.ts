/** What people are asked for when the moved number is not what it was (R5, R13, R21, E8). Pure. */
import type { AcceptanceCheck, Task } from '../../shared/migration';
import { taskText } from '../../shared/texts';
import type { TaskSpec } from './changes';

/** The operator decides whether a number that Meta limits is accepted as it is (meta §3.5). */
export const DECIDE_LIMITED_HEALTH = 'decide_limited_health';
export const REPAIR_ACCEPTANCE = 'repair_acceptance';

const isLimited = ({ name, observed }: AcceptanceCheck): boolean =>
  name === 'health' && !observed.startsWith('BLOCKED');

/** A limit is decided about once, by a person; a block is never accepted by that. */
const isDecided = (tasks: readonly Task[]): boolean =>
  tasks.some(
    ({ kind, status, evidence }) =>
      kind === DECIDE_LIMITED_HEALTH && status === 'done' && evidence?.by.kind !== 'system',
  );

/** Why the number is not accepted. */
export const obstaclesIn = (checks: readonly AcceptanceCheck[], tasks: readonly Task[]): AcceptanceCheck[] =>
  checks.filter((check) => check.required && !check.ok && !(isLimited(check) && isDecided(tasks)));

const said = (checks: readonly AcceptanceCheck[]): string =>
  checks.map(({ name, observed }) => `${name} is ${observed}`).join('; ');

const advice = (checks: readonly AcceptanceCheck[]): string =>
  [...new Set(checks.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy])))].join(' ');

const onlyParty = (checks: readonly AcceptanceCheck[]) => {
  const parties = new Set(checks.map(({ party }) => party ?? 'operator'));
  const [party = 'operator'] = parties;
  return parties.size === 1 ? party : 'operator';
};

/** The blocking tasks of what stands in the way. */
export const blockingTasks = (obstacles: readonly AcceptanceCheck[], dueAt: string): TaskSpec[] => {
  const common = { step: 'acceptance', blocking: true, dueAt } as const;
  const limits = obstacles.filter(isLimited);
  const others = obstacles.filter((check) => !isLimited(check));
  return [
    ...(others.length === 0
      ? []
      : [
          {
            ...common,
            ...{ kind: REPAIR_ACCEPTANCE, party: onlyParty(others), requirement: null },
            title: `Not accepted yet: ${said(others)}`,
            howTo: `${advice(others)} Report this task done when it is repaired, or skip the step with the reason why it may stay so.`,
          },
        ]),
    ...(limits.length === 0
      ? []
      : [
          {
            ...common,
            ...{ kind: DECIDE_LIMITED_HEALTH, party: 'operator' as const, requirement: null },
            title: `Meta limits the number: ${said(limits)}`,
            howTo: `${advice(limits)} The number sends within limits. Report this task done, with the reason, to accept it as it is; it goes on by itself when Meta lifts the limit.`,
          },
        ]),
  ];
};

/** What is not as it was but keeps nobody waiting: a task by the name of the check that asks for it. */
const FOLLOW_UPS: Readonly<
  Record<string, (check: AcceptanceCheck) => Pick<TaskSpec, 'kind' | 'title' | 'howTo' | 'text'>>
> = {
  'business profile': ({ observed }) => ({
    kind: 'restore_business_profile',
    ...taskText('restore_business_profile', { fields: observed.replace(/^lost: /, '') }),
  }),
  'official business badge': ({ remedy = '' }) => ({
    ...{ kind: 'restore_badge', title: 'The badge of the official business account is gone', howTo: remedy },
  }),
  'two-step verification on again': ({ remedy = '' }) => ({
    ...{ kind: 'switch_two_step_on', title: 'Switch two-step verification on again', howTo: remedy },
  }),
  'two-step PIN known here': ({ remedy = '' }) => ({
    ...{ kind: 'set_two_step_pin', title: 'Set a two-step PIN that is known', howTo: remedy },
  }),
};

export const followUpKindOf = (check: AcceptanceCheck): string | undefined =>
  FOLLOW_UPS[check.name]?.(check).kind;

export const followUpTasks = (checks: readonly AcceptanceCheck[], dueAt: string): TaskSpec[] =>
  checks.flatMap((check) => {
    const task = check.ok ? undefined : FOLLOW_UPS[check.name]?.(check);
    if (task === undefined) return [];
    const party = task.kind === 'restore_badge' ? 'operator' : (check.party ?? 'operator');
    const requirement = check.requirement?.startsWith('R') === true ? check.requirement : null;
    return [{ ...task, party, requirement, step: 'acceptance', blocking: false, dueAt } as const];
  });
