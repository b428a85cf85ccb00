/** On the real server: what is said while a waiting migration continues as new arrives. */
import { randomUUID } from 'node:crypto';
import { CarryoverProblem } from '../../client';
import { openJourney } from '../support/journey';
import { runsOf } from '../support/aftermath';
import { isWaitingIn, refusalOf } from './timed-journey';

const DAY = 86_400_000;
const at = (span: number) => new Date(Date.now() + span).toISOString();

/**
 * Temporal refuses an update whose workflow task it had to drop ("wasn't processed by worker"); whoever repeats it with
 * the same Idempotency-Key is heard once.
 */
const persistently = async (
  say: (options: { idempotencyKey: string }) => Promise<unknown>,
): Promise<void> => {
  const idempotencyKey = randomUUID();
  for (let tries = 1; ; tries += 1) {
    try {
      await say({ idempotencyKey });
      return;
    } catch (error) {
      if (!(error instanceof CarryoverProblem) || error.status < 500 || tries === 5) throw error;
    }
  }
};

test('twenty messages sent while the wait continues as new have their effect, each once', async () => {
  const { stage, start, until } = await openJourney({ templates: 0 });
  const { id } = await start({ cutover: { notBefore: at(5 * DAY) } });
  await until(id, isWaitingIn('window'));
  const said = Array.from({ length: 20 }, (_, n) =>
    persistently((options) =>
      stage.client.reschedule(
        id,
        {
          notBefore: at((6 + n) * DAY),
          notAfter: at((7 + n) * DAY),
          reason: `number ${String(n)}`,
        },
        options,
      ),
    ),
  );
  const answers = await Promise.allSettled(said);
  expect(answers.flatMap((answer) => (answer.status === 'rejected' ? [String(answer.reason)] : []))).toEqual(
    [],
  );
  await stage.client.abort(id, 'enough');
  const aborted = await until(id, ({ state }) => state === 'aborted');
  expect(aborted.outcome).toBe('aborted');
  const { items } = await stage.client.listEvents(id, { limit: 200 });
  const reasons = items.filter(({ type }) => type === 'rescheduled').map(({ data }) => data['reason']);
  expect(new Set(reasons).size).toBe(20);
  expect((await runsOf(stage, id)).length).toBeGreaterThan(1);
  expect(await refusalOf(stage.client.abort(id, 'again'))).toMatchObject({
    status: 409,
    code: 'migration_closed',
  });
});
