import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { eventually } from '../durability/eventually';
import { atEndOfFile } from '../support/after-each-file';
import { isClosed, openJourney, type JourneyOptions } from '../support/journey';
import { mongoUri } from '../support/servers';
import { secretOfPartnersApp, tellByWebhook } from '../support/webhook';

const openSolutions = async (options: JourneyOptions = {}) => {
  const journey = await openJourney({ templates: 2, numbers: 2, ...options });
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
  test('a number moves by the client’s consent in Business settings, without a code; a solution that gives no token yet is asked again', async () => {
    const { start, asked, decide, client, until, people } = await openSolutions();
    const { id } = await start();
    await asked(id);
    await people.fault({
      match: { method: 'GET', path: '/{solution}/access_token' },
      action: { type: 'fail', status: 200, body: { data: [] } },
    });
    await decide('accept');
    await client.recheck(id);
    const parked = await until(id, ({ state }) => state === 'blocked');
    expect(parked.steps.find(({ name }) => name === 'destination')?.error).toMatchObject({
      ...{ code: 'SOLUTION_TOKEN_MISSING', party: 'operator' },
    });
    await people.noFaults();
    await client.retryStep(id, { reason: 'Meta shows the solution as accepted' });
    const moved = await until(id, isClosed);
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
    expect(parked.steps.find(({ name }) => name === 'destination')?.error).toMatchObject({
      ...{ code: 'SOLUTION_INTENT_REJECTED', remedy: expect.stringContaining('Clear up with the client') },
    });
    // Who reads English is told as a client, too; the operator's words stand in the step's error.
    const declined = parked.tasks.find(({ kind }) => kind === 'resolve_problem');
    expect(declined).toMatchObject({
      party: 'client',
      title: 'The request was declined in Business settings',
      howTo: expect.stringMatching(/^Tell us why.*Business settings → Requests → Received\.$/),
    });
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
    await expect(client.amendMigration(other.id, { destination: { wabaId: '2002' } })).rejects.toMatchObject({
      status: 422,
      errors: [{ pointer: '/destination/wabaId', expected: expect.stringMatching(/^nothing: Meta makes/) }],
    });
    await client.amendMigration(other.id, { destination: { intentId: second?.ids['intent'] ?? '' } });
    await asked(other.id);
    const ended = await client.abort(other.id, 'enough');
    expect(ended.state).toMatch(/abort/);
    const closed = await until(other.id, isClosed);
    expect(closed.leftInPlace.map(({ kind }) => kind)).toContain('migration_intent');
  });

  test('133006: a proof that has lapsed by the registration is the operator’s, who changes the route; the number is proven by a code then', async () => {
    const { start, asked, decide, client, until, people, handInCode } = await openSolutions();
    const { id } = await start();
    await asked(id);
    const release = await people.hold({ method: 'POST', path: '/{phone}/register' });
    await decide('accept');
    await client.recheck(id);
    await until(id, ({ registerAttemptedAt }) => registerAttemptedAt !== null);
    await people.advanceClock(15 * 86_400_000);
    await release();
    const parked = await until(id, ({ state }) => state === 'blocked');
    expect(parked).toMatchObject({ registerAttemptedAt: null, waitingFor: { party: 'operator' } });
    expect(parked.steps.find(({ name }) => name === 'registration')?.error).toMatchObject({
      ...{ code: 'OWNERSHIP_NOT_VERIFIED', party: 'operator', effect: 'none' },
      remedy: expect.stringContaining('{"route": "programmatic"}'),
    });
    expect(parked.tasks.find(({ kind }) => kind === 'resolve_problem')).toMatchObject({
      ...{ party: 'operator', step: 'registration', status: 'open' },
      howTo: expect.stringContaining('carryover amend'),
    });
    await client.amendMigration(id, { route: 'programmatic' });
    await handInCode(id);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated', route: 'programmatic' });
    expect(await people.effects('code_sent')).toHaveLength(1);
    expect(await people.effects('announced')).toHaveLength(1);
    expect(await people.effects('registered')).toHaveLength(1);
    expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
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

  test('§8.2 partner_solutions, §2.3: of a solution that many clients share, a message wakes so many intents a minute, each twice within its own interval at most, and none a second time of the same', async () => {
    const mongo = mongoUri(`solutions-${randomBytes(6).toString('hex')}`);
    const rows = new MongoClient(mongo);
    atEndOfFile(() => rows.close());
    const { people, start, asked, client, stage, straight } = await openSolutions({
      ...{ numbers: 3, stage: { mongo, limits: { solutionLooksPerMinute: 2 } } },
    });
    const ids = await Promise.all(
      [0, 1, 2].map(async (number) => {
        const { id } = await start(number);
        await asked(id);
        return id;
      }),
    );
    const hintsOf = async (id: string) =>
      (await client.listEvents(id, { limit: 200 })).items.filter(({ type }) => type === 'platform_hinted');
    // An account has one open intent: they share it.
    const [intent] = await people.effects('intent_set');
    const reads = async () =>
      (await people.requests(`?method=GET&id=${String(intent?.ids['intent'])}`)).length;
    const readBefore = await reads();
    const receipts = rows
      .db()
      .collection<{ kind: string; fate: string | null; taken: string | null; told?: string[]; dueAt: Date }>(
        'webhookReceipts',
      );
    const receiptsOf = (fate: string | null) => receipts.find({ kind: 'partner_solutions', fate }).toArray();
    const told = async () => Promise.all(ids.map(async (id) => (await hintsOf(id)).length));
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    let ordinal = 0;
    const tellOfSolution = async () => {
      ordinal += 1;
      const value = {
        event: 'SOLUTION_UPDATED',
        solution_id: straight.ids.solutionId,
        solution_status: 'ACTIVE',
        ordinal,
      };
      // Under the partner's business, which is none of theirs.
      const by = { url: stage.url, secret: secretOfPartnersApp(stage.sandbox), entryId: '1000' };
      expect(await tellByWebhook(by, [{ field: 'partner_solutions', value }])).toBe(200);
    };
    /** The minute of the solution is over, and what was postponed is due. */
    const aMinuteLater = async () => {
      await rows
        .db()
        .collection<{ _id: string }>('callBudgets')
        .deleteMany({ _id: /^hint\/solution:/ });
      const postponed = { kind: 'partner_solutions', fate: null, taken: null };
      await receipts.updateMany(postponed, { $set: { dueAt: new Date() } });
    };

    await tellOfSolution();
    await eventually('two are told', async () =>
      (await receiptsOf(null)).some(({ told: done = [] }) => done.length === 2),
    );
    await eventually('two have looked', async () => sum(await told()) === 2);
    await aMinuteLater();
    await eventually('the third is told', async () => (await receiptsOf('hinted')).length === 1);
    await eventually('each has looked', async () => (await told()).every((count) => count === 1));

    for (let times = 0; times < 2; times += 1) {
      await tellOfSolution();
      await eventually('nothing waits', async () => {
        await aMinuteLater();
        return (await receiptsOf(null)).length === 0;
      });
    }
    await eventually('all have looked', async () => sum(await told()) === 6);
    expect(await told()).toEqual([2, 2, 2]);
    const read = (await reads()) - readBefore;
    expect(read).toBeGreaterThanOrEqual(3);
    expect(read).toBeLessThanOrEqual(6);
  });
});
