import { z } from 'zod';
import { decideIntent } from '../behaviour/intents';
import type { Platform } from '../platform/platform';
import { intentOf, personOf, wabaOf } from '../world/lookups';
import type { Intent } from '../world/partner-schema';
import { act, type Act } from './act';
import { ControlProblem } from './problem';

/** An open request, by its id, or by the account it is about. @throws ControlProblem 404, 409 (already answered). */
export function requestNamed(
  platform: Platform,
  target: { intentId?: string | undefined; wabaId?: string | undefined },
): Intent {
  const intent =
    target.intentId === undefined
      ? platform.world.intents.findLast((candidate) => candidate.sourceWabaId === target.wabaId)
      : intentOf(platform.world, target.intentId);
  if (!intent)
    throw new ControlProblem(404, 'there is no such request: give intentId, or wabaId of the source');
  if (intent.status !== 'INITIATED') {
    throw new ControlProblem(409, `this request is answered: ${intent.status.toLowerCase()}`);
  }
  return intent;
}

/** Only an admin of the owner answers (meta §2.3). */
export function needAdmin(platform: Platform, intent: Intent, personId: string): void {
  const owner = wabaOf(platform.world, intent.sourceWabaId)?.businessId;
  const roles = personOf(platform.world, personId)?.roles ?? [];
  if (!roles.some(({ businessId, role }) => businessId === owner && role === 'admin')) {
    throw new ControlProblem(409, 'only an admin of the business can answer this request');
  }
}

/** What the client's admin does in Business settings → Requests (meta §2.3). */
export const solutionActs: Readonly<Record<string, Act>> = {
  'decide-intent': act(
    'an admin of the client accepts or rejects the move of an account in Business settings',
    z.strictObject({
      intentId: z.string().optional(),
      wabaId: z.string().optional(),
      decision: z.enum(['accept', 'reject']),
      person: z.string().optional(),
      funded: z.boolean().default(false),
      reviewStatus: z.enum(['APPROVED', 'PENDING', 'REJECTED']).default('APPROVED'),
    }),
    (platform, input) => {
      const intent = requestNamed(platform, input);
      if (input.person !== undefined) needAdmin(platform, intent, input.person);
      const { funded, reviewStatus } = input;
      const waba = decideIntent(platform, intent, input.decision, { funded, reviewStatus });
      return { intentId: intent.id, status: intent.status, destinationWabaId: waba?.id ?? null };
    },
  ),
  'set-solution-status': act(
    'a solution becomes active, or not',
    z.strictObject({
      solutionId: z.string(),
      status: z.enum(['DRAFT', 'INITIATED', 'ACTIVE', 'REJECTED', 'DEACTIVATED']),
    }),
    (platform, input) => {
      const solution = platform.world.solutions.find(({ id }) => id === input.solutionId);
      if (!solution) throw new ControlProblem(404, `there is no solution ${input.solutionId}`);
      solution.status = input.status;
      platform.effect('act', { solution: solution.id }, { act: 'set-solution-status', status: input.status });
      return { solutionId: solution.id, status: solution.status };
    },
  ),
};
