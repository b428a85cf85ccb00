/** Told only when histories are recorded: a worker dies while a call is under way that only a person may repeat. */
import { eventually } from '../durability/eventually';
import { plants } from '../durability/plant';

const openPlant = plants();

test('nobody knows whether the client was asked for consent', async () => {
  const { journey, worker } = await openPlant('histories-unsure');
  const { people, straight, start, until } = journey;
  const { businessId, solutionId } = straight.ids;
  const first = await worker();
  await people.fault({
    match: { method: 'POST', path: '/{waba}/set_solution_migration_intent', times: 1 },
    action: { type: 'hang' },
  });
  const { id } = await start({
    route: 'solution_intent',
    destination: { provider: 'meta', businessId, credential: 'meta-system', solutionId },
  });
  await eventually('the request to the client', async () => {
    const calls = await people.requests('?method=POST');
    return calls.some(({ path }) => path.endsWith('/set_solution_migration_intent'));
  });
  await first.kill();
  await worker();
  const parked = await until(id, ({ state }) => state === 'blocked', 60_000);
  expect(parked.steps.find(({ name }) => name === 'destination')?.error?.code).toBe('OUTCOME_UNKNOWN');
});
