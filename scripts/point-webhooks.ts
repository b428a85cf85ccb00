/**
 * `node dist/scripts/point-webhooks.js SANDBOX WEBHOOKS`: enters the address of the webhooks for the partner's app at the
 * practice platform, which asks it for its challenge; tries until both are there. Safe to repeat. `META_APP_ID` and
 * `META_WEBHOOK_VERIFY_TOKEN` as the server has them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { runProgram } from './launch/main-program';
import { pointAppAt } from './launch/webhook-address';
import { SetUpError } from './servers/set-up-error';

const PATIENCE_MS = 120_000;
const EVERY_MS = 500;

const environmentSchema = z.object({
  META_APP_ID: z.string().min(1),
  META_WEBHOOK_VERIFY_TOKEN: z.string().min(1),
});

runProgram(async (signal) => {
  const [sandbox, webhooks] = process.argv.slice(2);
  if (sandbox === undefined || webhooks === undefined) {
    throw new SetUpError('Usage: point-webhooks SANDBOX WEBHOOKS');
  }
  const environment = environmentSchema.safeParse(process.env);
  if (!environment.success) throw new SetUpError('META_APP_ID and META_WEBHOOK_VERIFY_TOKEN are needed.');
  const { META_APP_ID, META_WEBHOOK_VERIFY_TOKEN } = environment.data;
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await pointAppAt(sandbox, META_APP_ID, webhooks, META_WEBHOOK_VERIFY_TOKEN);
      return;
    } catch (error) {
      // Sandbox or server are still starting; after that time the reason is told.
      if (Date.now() > deadline) throw error;
    }
    await pause(EVERY_MS, undefined, { signal });
  }
});
