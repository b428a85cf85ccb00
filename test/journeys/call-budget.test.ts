/** Many numbers of one account share its calls of an hour: who waits gives way to who cuts over (meta §7). */
import { CALLS_OF_NEW_WABA, SHARES } from '../../activities/graph-for';
import type { Migration } from '../../client';
import { isClosed, openJourney } from '../support/journey';

const HOUR = 3_600_000;
const errorIn = (name: string, { steps }: Migration) => steps.find((step) => step.name === name)?.error;
const isBlockedIn = (name: string) => (migration: Migration) =>
  migration.state === 'blocked' && migration.step === name;

test('a spent hour stops a number before it is announced, never one that lies between its sides (CALL_BUDGET_SPENT)', async () => {
  const { stage, straight, people, start, until, codeFor, handInCode } = await openJourney({
    numbers: 3,
    templates: 1,
  });
  const { client } = stage;
  const cuttingOver = await start({}, 0);
  await codeFor(cuttingOver.id, 0);
  const ready = await start({ cutover: { approval: 'manual' } }, 1);
  await until(ready.id, ({ waitingFor }) => waitingFor?.kind === 'approve_cutover');

  const account = `${stage.sandbox.world().partnerAppId}/${straight.ids.destinationWabaId}`;
  const budget = { capacity: CALLS_OF_NEW_WABA, perMs: HOUR, share: SHARES.before_announcement };
  while ((await stage.store.callBudget.take(account, budget)).granted);

  const waiting = await start({}, 2);
  const stopped = await until(waiting.id, isBlockedIn('eligibility'));
  expect(errorIn('eligibility', stopped)).toMatchObject({ code: 'CALL_BUDGET_SPENT', effect: 'none' });

  await client.approveCutover(ready.id, 'go');
  const parked = await until(ready.id, isBlockedIn('announcement'));
  expect(errorIn('announcement', parked)).toMatchObject({ code: 'CALL_BUDGET_SPENT', effect: 'none' });
  expect(parked.cutover.announcedAt).toBeNull();
  expect(await people.effects('announced')).toHaveLength(1);

  await handInCode(cuttingOver.id, 0);
  expect(await until(cuttingOver.id, isClosed)).toMatchObject({ outcome: 'migrated' });

  // With a connected number the account has more calls an hour, and the others go on.
  await client.retryStep(ready.id, { reason: 'there is room again' });
  await client.retryStep(waiting.id, { reason: 'there is room again' });
  for (const [number, { id }] of [ready, waiting].entries()) {
    await handInCode(id, number + 1);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  }
});
