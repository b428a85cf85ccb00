import { isClosed, openJourney } from '../support/journey';

const openSolutions = async () => {
  const journey = await openJourney({ templates: 2, numbers: 2 });
  const { businessId, solutionId, sourceWabaId } = journey.straight.ids;
  // A solution gives its tokens to system users only.
  const credential = 'meta-system';
  const start = (number = 0) =>
    journey.start(
      {
        route: 'solution_intent',
        destination: { provider: 'meta', businessId, credential, solutionId },
        templates: { copy: false },
      },
      number,
    );
  const asked = (id: string) =>
    journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'accept_solution_request');
  const decide = (decision: 'accept' | 'reject') =>
    journey.people.act('decide-intent', { wabaId: sourceWabaId, decision });
  return { ...journey, start, asked, decide, client: journey.stage.client };
};

describe('the route solution_intent (meta §2.3)', () => {
  test('a number moves by the client’s consent in Business settings, without a code', async () => {
    const { start, asked, decide, client, until, people } = await openSolutions();
    const { id } = await start();
    await asked(id);
    await decide('accept');
    await client.recheck(id);
    const moved = await until(id, isClosed, 20_000);
    expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(moved.steps.map(({ name }) => name)).not.toContain('ownership');
    expect(await people.effects('intent_set')).toHaveLength(1);
    expect(await people.effects('code_sent')).toHaveLength(0);
    expect(await people.effects('registered')).toHaveLength(1);
    expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
  });

  test('a declined request parks on the client, a retry sends a new one, a marked account is a person’s (2593079)', async () => {
    const { start, asked, decide, client, until, people } = await openSolutions();
    const { id } = await start();
    await asked(id);
    // Nobody asks for a look: Meta's webhook does.
    await decide('reject');
    const parked = await until(id, ({ state }) => state === 'blocked');
    expect(parked.steps.find(({ name }) => name === 'destination')?.error?.code).toBe(
      'SOLUTION_INTENT_REJECTED',
    );
    await client.retryStep(id, { reason: 'the client had misread it' });
    await asked(id);
    expect(await people.effects('intent_set')).toHaveLength(2);

    // The reply to a request is lost: nobody sends it again, and the second call would be refused.
    await people.knobs({ intentRepeated: 'refused' });
    const other = await start(1);
    const marked = await until(other.id, ({ state }) => state === 'blocked');
    expect(marked.steps.find(({ name }) => name === 'destination')?.error?.code).toBe(
      'SOLUTION_INTENT_EXISTS',
    );
    const [, second] = await people.effects('intent_set');
    await client.amendMigration(other.id, { destination: { intentId: second?.ids['intent'] ?? '' } });
    await asked(other.id);
    const ended = await client.abort(other.id, 'enough');
    expect(ended.state).toMatch(/abort/);
    const closed = await until(other.id, isClosed);
    expect(closed.leftInPlace.map(({ kind }) => kind)).toContain('migration_intent');
  });

  test('an account that may not move this way parks, and nothing is asked of the client (2593085)', async () => {
    const { start, until, people, straight } = await openSolutions();
    const { solutionId } = straight.ids;
    await people.act('set-solution-status', { solutionId, status: 'DEACTIVATED' });
    const { id } = await start();
    const parked = await until(id, ({ state }) => state === 'blocked');
    expect(parked.steps.find(({ name }) => name === 'destination')?.error).toMatchObject({
      code: 'SOLUTION_INTENT_NOT_ELIGIBLE',
    });
    expect(await people.effects('intent_set')).toEqual([]);
    expect(parked.tasks.map(({ kind }) => kind)).not.toContain('accept_solution_request');
  });
});
