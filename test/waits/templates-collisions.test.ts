/** Templates that the destination has already (R9): a person sees both contents, decides, and nothing is overwritten. */
import { isClosed, openJourney, type Journey } from '../support/journey';
import { BODY, withTemplates } from './template-world';
import { DAY, openTask, openTimedJourney } from './timed-journey';

const OTHER = { ...BODY, text: 'Olá {{1}}, passe na loja quando quiser.' };
const COLLIDING = withTemplates({
  source: [
    { id: '4001', name: 'a_order', components: [BODY] },
    { id: '4002', name: 'b_same', components: [BODY] },
    { id: '4003', name: 'c_free', components: [BODY] },
    { id: '4004', name: 'd_offer', components: [BODY] },
  ],
  destination: [
    { id: '4101', name: 'a_order', components: [OTHER] },
    { id: '4102', name: 'b_same', components: [{ ...BODY, example: { body_text: [['Zé']] } }] },
    { id: '4104', name: 'd_offer', components: [OTHER] },
  ],
});
const ASK = { templates: { onCollision: 'ask' as const } };

describe('where nobody waits', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney({ change: COLLIDING });
  });

  test('R9: a decision that cannot be read is refused with what was expected, and nothing is started', async () => {
    const { start, people } = journey;
    const refused = await start({
      templates: {
        // @ts-expect-error what a program without types may send
        collisions: { a_order: 'overwrite' },
        // @ts-expect-error what a program without types may send as well
        onCollision: 'overwrite',
      },
    }).catch((error: unknown) => error);
    expect(JSON.stringify(refused)).toContain('/templates/collisions');
    expect(JSON.stringify(refused)).toContain('/templates/onCollision');
    expect(await people.requests('?method=POST')).toEqual([]);
  });

  test('R9: without being asked for, the destination’s stay, and the report shows both contents where they differ', async () => {
    const { stage, start, until, handInCode } = journey;
    const { id } = await start();
    await handInCode(id);
    expect(await until(id, isClosed)).toMatchObject({ templates: { copied: 1, kept: 3 } });
    const { items } = await stage.client.getTemplates(id, { plan: 'collision' });
    expect(items.map(({ name, code, contentDiffers }) => [name, code, contentDiffers])).toEqual([
      ['a_order', 'OTHER_AT_DESTINATION', true],
      ['b_same', 'SAME_AT_DESTINATION', false],
      ['d_offer', 'OTHER_AT_DESTINATION', true],
    ]);
    expect(items[0]?.sourceContent).toContain('já está pronto');
    expect(items[0]?.destinationContent).toContain('passe na loja');
    const csv = await stage.client.getTemplatesCsv(id);
    expect(csv.split('\n')).toHaveLength(6);
    expect(csv).toContain('passe na loja');
  });
});

test('R9: a decision is due before the window opens, and the wait for it does not end before the window does', async () => {
  const { stage, start, until, untilAsked, pass, after } = await openTimedJourney({ change: COLLIDING });
  const cutover = { notBefore: after(20 * DAY), notAfter: after(21 * DAY) };
  const { id } = await start({ ...ASK, cutover });
  const asked = await untilAsked(id, 'decide_template_collisions');
  expect(openTask(asked, 'decide_template_collisions')?.dueAt).toBe(asked.cutover.notBefore);
  await pass(16 * DAY);
  const late = await until(
    id,
    (now) => (openTask(now, 'decide_template_collisions')?.remindersSent ?? 0) > 1,
  );
  expect(late.state).toBe('waiting');
  expect(openTask(late, 'decide_after_deadline')).toBeUndefined();
  await stage.client.abort(id, 'end of the test');
  await until(id, isClosed);
});

test('R9: asked for, the migration waits; one is given another name by an amendment, the rest are kept by a statement', async () => {
  const { stage, people, start, until, untilAsked, report, handInCode } = await openTimedJourney({
    change: COLLIDING,
  });
  const { id } = await start(ASK);
  const asked = await untilAsked(id, 'decide_template_collisions');
  const task = openTask(asked, 'decide_template_collisions');
  expect(task).toMatchObject({ party: 'client', requirement: 'R9', blocking: true });
  expect(task?.title).toContain('a_order/pt_BR, d_offer/pt_BR');
  expect(task?.title).not.toContain('b_same');
  expect(await people.effects('template_copied')).toHaveLength(0);

  const { staleSteps } = await stage.client.amendMigration(id, {
    templates: { collisions: { 'a_order/pt_BR': { createAs: 'a_order_v2' } } },
  });
  expect(staleSteps).toEqual([]);
  // Another inventory has taken the decision up; the other one is still open.
  await until(id, () => true);
  await report(id, 'decide_template_collisions', 'the new offer stays');
  await handInCode(id);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ outcome: 'migrated', templates: { copied: 1, kept: 2, recreated: 1 } });
  const { items } = await stage.client.getTemplates(id);
  expect(items[0]).toMatchObject({ name: 'a_order', outcome: 'recreated', createAs: 'a_order_v2' });
  const world = stage.sandbox.world();
  const there = world.wabas.find((waba) => waba.id === '2002')?.templates ?? [];
  expect(there.find(({ name }) => name === 'a_order')?.components).toEqual([OTHER]);
  expect(there.find(({ name }) => name === 'a_order_v2')?.components).toEqual([BODY]);
  expect(await people.invariants()).toMatchObject({ ok: true });
});

test('R9: a new name that the destination has too is refused, and neither template is touched', async () => {
  const { stage, people, start, until, handInCode } = await openJourney({ change: COLLIDING });
  const { id } = await start({
    templates: {
      ...ASK.templates,
      collisions: { 'a_order/pt_BR': { createAs: 'd_offer' }, 'd_offer/pt_BR': 'keep_destination' },
    },
  });
  await handInCode(id);
  await until(id, isClosed);
  const { items } = await stage.client.getTemplates(id, { plan: 'recreate' });
  expect(items).toMatchObject([{ name: 'a_order', outcome: 'failed', code: 'OTHER_AT_DESTINATION' }]);
  expect(await people.effects('template_created')).toHaveLength(0);
});
