import { isClosed } from '../support/journey';
import { HOUR, MINUTE, openTask, openTimedJourney, tasksOf, type TimedJourney } from './timed-journey';

const migrated = { state: 'completed', outcome: 'migrated' };

test('a template that fails in a page is asked for again by its id', async () => {
  const { stage, people, start, until, handInCode } = await openTimedJourney({
    templates: 3,
    change: (world) => ({
      ...world,
      wabas: (world.wabas ?? []).map((waba) => ({
        ...waba,
        templates: (waba.templates ?? []).map((template, index) =>
          index === 1 ? { ...template, copyFailure: { reason: 'Internal error', times: 1 } } : template,
        ),
      })),
    }),
  });
  const { id } = await start();
  await handInCode(id);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ ...migrated, templates: { copied: 3, failed: 0 } });
  const calls = (await people.requests('?method=POST')).filter(({ path }) =>
    path.endsWith('/migrate_message_templates'),
  );
  expect(calls).toHaveLength(2);
  expect(JSON.stringify(calls[1]?.parameters)).toContain('4002');
  const { items } = await stage.client.getTemplates(id);
  expect(items.map(({ outcome }) => outcome)).toEqual(['copied', 'copied', 'copied']);
});

describe('a required template', () => {
  let journey: TimedJourney;
  beforeAll(async () => {
    journey = await openTimedJourney({ templates: 2, numbers: 2 });
  });

  const submitAtDestination = async (name: string): Promise<void> => {
    const { stage, straight } = journey;
    const answer = await fetch(
      `${stage.sandbox.url}/v25.0/${straight.ids.destinationWabaId}/message_templates`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${straight.tokens.destination}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          name,
          language: 'pt_BR',
          category: 'UTILITY',
          components: [{ type: 'BODY', text: 'O seu pedido foi entregue, muito obrigado.' }],
        }),
      },
    );
    if (!answer.ok) throw new Error(await answer.text());
  };

  test('that cannot be copied is a task from the start, does not hold the move up, and is waited for by acceptance', async () => {
    const { people, start, until, untilAsked, pass, handInCode } = journey;
    const { id } = await start({ templates: { required: ['order_update/pt_BR', 'delivered/pt_BR'] } }, 0);
    const asked = await untilAsked(id, 'provide_required_templates');
    expect(openTask(asked, 'provide_required_templates')).toMatchObject({ party: 'client', blocking: false });
    expect(openTask(asked, 'provide_required_templates')?.title).toContain('delivered/pt_BR');
    await handInCode(id, 0);
    const waiting = await untilAsked(id, 'repair_acceptance');
    expect(waiting).toMatchObject({ step: 'acceptance', state: 'waiting' });
    expect((await people.effects('registered')).length).toBe(1);
    await submitAtDestination('delivered');
    await pass(15 * MINUTE);
    expect(await until(id, isClosed)).toMatchObject(migrated);
  });

  test('that was reported repaired although it is not there opens the task again at once', async () => {
    const { start, until, report, untilAsked, handInCode, pass } = journey;
    const { id } = await start({ templates: { required: ['thanked/pt_BR'] } }, 1);
    await handInCode(id, 1);
    await untilAsked(id, 'repair_acceptance');
    await report(id, 'repair_acceptance', 'submitted');
    await until(id, (migration) => tasksOf(migration, 'repair_acceptance').length === 2);
    await submitAtDestination('thanked');
    await pass(HOUR);
    expect(await until(id, isClosed)).toMatchObject(migrated);
  });
});
