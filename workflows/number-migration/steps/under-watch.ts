/**
 * What takes hours or days when the number has moved already: it is looked at on the way, as often as aftercare does (P-18,
 * P-20, P-21).
 */
import type { MigrationRun, WaitOptions } from '../migration-run';
import { look } from './aftercare';
import type { TemplateStep } from './template-check';

/** As `run.wait`. */
export const waitUnderWatch = (
  run: MigrationRun,
  step: TemplateStep,
  met: () => boolean,
  options: WaitOptions,
): Promise<unknown> => {
  const isWatched = step === 'remaining_templates' && run.state.request.aftercare.hours > 0;
  return isWatched ? waitAndLook(run, step, met, options) : run.wait(step, met, options);
};

const waitAndLook = async (
  run: MigrationRun,
  step: TemplateStep,
  met: () => boolean,
  options: WaitOptions,
): Promise<void> => {
  const end = options.wakeAt === undefined || options.wakeAt === null ? Infinity : Date.parse(options.wakeAt);
  for (;;) {
    const lookAt = run.state.recheckAt ?? run.after(run.state.policy.aftercareEvery);
    if (run.state.recheckAt === null) run.record('recheck_planned', { at: lookAt });
    const wakeAt = new Date(Math.min(end, Date.parse(lookAt))).toISOString();
    const ended = await run.wait(step, met, { ...options, wakeAt });
    if (ended === 'met' || end <= run.now) return;
    await look(run, false);
  }
};
