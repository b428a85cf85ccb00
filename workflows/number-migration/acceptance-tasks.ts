/** What people are asked for when the moved number is not what it was (R5, R13, R21, E8). Pure. */
import type { AcceptanceCheck, Task } from '../../shared/migration';
import { taskText } from '../../shared/texts';
import type { TaskSpec } from './changes';
import { textOf } from './check-text';
import { isTurned, overrideTask } from './webhook-override';

/** The operator decides whether a number that Meta limits is accepted as it is (meta §3.5). */
export const DECIDE_LIMITED_HEALTH = 'decide_limited_health' as const;
export const REPAIR_ACCEPTANCE = 'repair_acceptance' as const;

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

const onlyParty = (checks: readonly AcceptanceCheck[]) => {
  const parties = new Set(checks.map(({ party }) => party ?? 'operator'));
  const [party = 'operator'] = parties;
  return parties.size === 1 ? party : 'operator';
};

/** The blocking tasks of what stands in the way. */
export const blockingTasks = (obstacles: readonly AcceptanceCheck[], dueAt: string): TaskSpec[] => {
  const common = { step: 'acceptance', blocking: true, dueAt } as const;
  const limits = obstacles.filter(isLimited);
  const others = obstacles.filter((check) => !isLimited(check) && !isTurned(check));
  return [
    ...(others.length === 0
      ? []
      : [
          {
            ...common,
            ...{ kind: REPAIR_ACCEPTANCE, party: onlyParty(others), requirement: null },
            ...taskText('number_not_accepted', {}, others.map(textOf)),
          },
        ]),
    ...obstacles.filter(isTurned).map((check) => overrideTask(check, common)),
    ...(limits.length === 0
      ? []
      : [
          {
            ...common,
            ...{ kind: DECIDE_LIMITED_HEALTH, party: 'operator' as const, requirement: null },
            ...taskText('decide_limited_health', {}, limits.map(textOf)),
          },
        ]),
  ];
};

/** What is not as it was but keeps nobody waiting: a task by the name of the check that asks for it. */
const FOLLOW_UPS: Readonly<
  Record<string, (check: AcceptanceCheck) => Pick<TaskSpec, 'kind'> & ReturnType<typeof taskText>>
> = {
  'business profile': ({ observed, text }) => ({
    kind: 'restore_business_profile',
    ...taskText('restore_business_profile', {
      fields: text?.params['fields'] ?? observed.replace(/^lost: /, ''),
    }),
  }),
  'data region': (check) => ({
    kind: 'correct_data_region',
    ...taskText('correct_data_region', {}, [textOf(check)]),
  }),
  'official business badge': (check) => ({
    kind: 'restore_badge',
    ...taskText('restore_badge', {}, [textOf(check)]),
  }),
  'two-step verification on again': (check) => ({
    kind: 'switch_two_step_on',
    ...taskText('switch_two_step_on', {}, [textOf(check)]),
  }),
  'two-step PIN known here': (check) => ({
    kind: 'set_two_step_pin',
    ...taskText('set_two_step_pin', {}, [textOf(check)]),
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
