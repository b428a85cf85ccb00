/**
 * Templates that the destination has already, with another content (R9). Meta never overwrites: the destination's stays, or
 * the source's is created beside it under another name. With `onCollision: "ask"` a person decides, template by template
 * (`templates.collisions`) or for all that are left (the task reported done). Both contents are in the report.
 */
import type { TemplateInventory } from '../../../activities/contract';
import { taskText } from '../../../shared/texts';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';
import type { MigrationState } from '../state';
import { namesOf, type TemplateStep } from './template-check';
import { waitUnderWatch } from './under-watch';

const TASK = 'decide_template_collisions';

interface Look {
  /** A person let the destination's templates stay where nothing else was decided. */
  keepRest?: boolean;
  inventoryTemplates?: (typeof effects)['inventoryTemplates'];
}

export const takeInventory = async (
  run: MigrationRun,
  { keepRest = false, inventoryTemplates = effects.inventoryTemplates }: Look = {},
): Promise<TemplateInventory> => {
  const inventory = await inventoryTemplates({
    subject: run.subject,
    wabaId: run.wabaId,
    pageSize: run.state.policy.templatePageSize,
    copyQualities: run.state.policy.templateCopyQualities,
    ...(keepRest ? { keepRest } : {}),
    ...(isAccountMadeBySignup(run.state) ? { accountIsNew: true } : {}),
  });
  run.record('templates_inventoried', { inventory });
  return inventory;
};

/** What is in it came with the signup: Meta duplicates templates by itself (meta §2.2). */
const isAccountMadeBySignup = ({ migration, signup, request }: MigrationState): boolean =>
  migration.route === 'embedded_signup' &&
  request.destination.wabaId === undefined &&
  signup.known !== null &&
  !signup.known.some((wabaId) => wabaId === migration.destination.wabaId);

export const settleCollisions = async (
  run: MigrationRun,
  step: TemplateStep,
  found: TemplateInventory,
): Promise<TemplateInventory> => {
  let inventory = found;
  while (run.state.request.templates.onCollision === 'ask' && (inventory.undecided?.count ?? 0) > 0) {
    if (!run.state.recheckAsked) ask(run, step, inventory.undecided ?? { count: 0, first: [] });
    await waitUnderWatch(run, step, () => run.state.recheckAsked, {
      for: 'templateCollisions',
      bounded: true,
    });
    run.beginLook();
    const count = inventory.undecided?.count ?? 0;
    const isKept = wasReportedDone(run);
    if (isKept) run.record('template_collisions_kept', { count });
    inventory = await takeInventory(run, { keepRest: isKept });
  }
  run.closeTask(step, TASK, 'decided');
  return inventory;
};

const wasReportedDone = (run: MigrationRun): boolean =>
  run.state.migration.tasks.findLast(({ kind }) => kind === TASK)?.status === 'done';

const EXAMPLE = '{"order/pt_BR": {"createAs": "order_v2"}}';

/**
 * There is time until the window is over, however far away that is; the decision is due before it opens. Without a window
 * it has as long as anything that is parked.
 */
const decideBy = (run: MigrationRun, step: TemplateStep): string => {
  const { notBefore, notAfter } = run.state.migration.cutover;
  const end = notAfter ?? notBefore;
  const parkedUntil = run.after(run.state.policy.deadlines.parked);
  if (run.state.deadlines[step] === undefined && end !== null && Date.parse(end) > Date.parse(parkedUntil))
    run.record('deadline_set', { step, at: end });
  const deadline = run.deadlineOf(step);
  const isAhead = notBefore !== null && Date.parse(notBefore) > run.now;
  return isAhead && Date.parse(notBefore) < Date.parse(deadline) ? notBefore : deadline;
};

const ask = (run: MigrationRun, step: TemplateStep, undecided: { count: number; first: string[] }): void => {
  const { count } = undecided;
  run.openTask({
    kind: TASK,
    party: 'client',
    requirement: 'R9',
    step,
    blocking: true,
    dueAt: decideBy(run, step),
    ...taskText(TASK, { count, names: namesOf(undecided), example: EXAMPLE }),
  });
};
