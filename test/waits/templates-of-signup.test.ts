/**
 * Templates on the route whose popup announces the number (meta §1.7, §2.2): between it and `register` nothing waits for
 * people or for hours, and what Meta duplicates by itself is told as a copy.
 */
import { eventually } from '../durability/eventually';
import { isClosed } from '../support/journey';
import { BODY, flowButton, withTemplates } from './template-world';
import { HOUR, MINUTE, openTask, stepOf, tasksOf } from './timed-journey';
import { openSignup } from './timed-signup';

const YELLOW = { quality: 'YELLOW' } as const;
const OTHER = { ...BODY, text: 'Olá {{1}}, passe na loja quando quiser.' };

test('R7, R8, R9, §1.7: the number is registered before anybody is asked about a collision and before a creation waits for its hour; only what is required is brought first', async () => {
  const {
    stage,
    straight,
    people,
    client,
    asked,
    popup,
    handIn,
    until,
    untilAsked,
    report,
    pass,
    subscriber,
  } = await openSignup({
    change: withTemplates({
      source: [
        { id: '4001', name: 'a_copied' },
        { id: '4002', name: 'b_clash', components: [BODY] },
        { id: '4003', name: 'c_clash', components: [BODY] },
        ...['d', 'e', 'f', 'g'].map((name, index) => ({
          ...{ id: String(4004 + index), name: `${name}_yellow`, ...YELLOW, components: [BODY] },
        })),
        { id: '4009', name: 'r_required', ...YELLOW, components: [BODY] },
      ],
      destination: [
        { id: '4102', name: 'b_clash', components: [OTHER] },
        { id: '4103', name: 'c_clash', components: [OTHER] },
      ],
    }),
    stage: { policy: { templateCreationsPerHour: 2, aftercareEvery: HOUR, invoiceTail: 0 } },
  });
  const { businessId, destinationWabaId } = straight.ids;
  const id = await asked({
    destination: { provider: 'meta', businessId, wabaId: destinationWabaId, credential: 'meta-destination' },
    templates: { recreateIneligible: true, onCollision: 'ask', required: ['r_required/pt_BR'] },
    aftercare: { hours: 2 },
  });
  await handIn(id, await popup({ wabaId: destinationWabaId }));
  const registered = await until(id, ({ cutover }) => cutover.connectedAt !== null);
  expect(openTask(registered, 'decide_template_collisions')).toBeUndefined();
  // Its review takes a minute: acceptance waits for the required one, and for no other.
  await pass(20 * MINUTE);
  const live = await untilAsked(id, 'decide_template_collisions');
  expect(live).toMatchObject({ state: 'live', step: 'remaining_templates' });
  expect(stepOf(live, 'acceptance')).toMatchObject({ status: 'done' });
  expect(openTask(live, 'decide_template_collisions')).toMatchObject({
    ...{ party: 'client', step: 'remaining_templates', blocking: true },
    title: expect.stringContaining('b_clash/pt_BR, c_clash/pt_BR'),
  });
  expect((await people.effects('template_created')).map(({ facts }) => facts)).toEqual([
    expect.objectContaining({ name: 'r_required' }),
  ]);
  expect(await people.effects('template_copied')).toHaveLength(1);
  const order = (await people.requests('?method=POST')).map(({ path }) => path.split('/').at(-1));
  expect(order.indexOf('register')).toBeLessThan(order.indexOf('message_templates'));
  expect(order.indexOf('migrate_message_templates')).toBeLessThan(order.indexOf('register'));

  // The number is watched while the decision is waited for.
  await people.act('rate-quality', { number: subscriber(), quality: 'RED' });
  await pass(2 * HOUR);
  await until(id, ({ findings }) => findings.some(({ code }) => code.startsWith('DRIFT_')));

  await expect(client.amendMigration(id, { templates: { required: [] } })).rejects.toMatchObject({
    code: 'field_frozen',
  });
  await client.amendMigration(id, {
    templates: { collisions: { 'b_clash/pt_BR': { createAs: 'b_clash_v2' } } },
  });
  await report(id, 'decide_template_collisions', 'the other one stays');
  await until(id, (now) => openTask(now, 'decide_template_collisions') === undefined);
  await pass(4 * HOUR);
  await until(id, ({ step }) => step === 'aftercare' || step === null);
  await pass(3 * HOUR);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ outcome: 'migrated', templates: { copied: 1, kept: 1, recreated: 6 } });
  const { items } = await client.getTemplates(id);
  expect(items.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['a_copied', 'copied'],
    ['b_clash', 'recreated'],
    ['c_clash', 'kept'],
    ['d_yellow', 'recreated'],
    ['e_yellow', 'recreated'],
    ['f_yellow', 'recreated'],
    ['g_yellow', 'recreated'],
    ['r_required', 'recreated'],
  ]);
  const { steps } = moved.plan;
  const names = steps.map(({ step }) => step);
  expect(names.indexOf('remaining_templates')).toBeGreaterThan(names.indexOf('acceptance'));
  const writesOf = (name: string) =>
    steps
      .find(({ step }) => step === name)
      ?.calls.flatMap(({ method, path }) => (method === 'POST' ? [path] : []));
  expect(writesOf('templates')).toEqual([expect.stringContaining('/migrate_message_templates')]);
  expect(writesOf('remaining_templates')).toContainEqual(expect.stringMatching(/\d\/message_templates$/));
  expect(steps.find(({ step }) => step === 'remaining_templates')?.insideWindow).toBe(false);
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
  expect(stage.sandbox.world().wabas.find((waba) => waba.id === '2002')?.templates).toHaveLength(9);
});

test('§2.2, R8, R12: what the signup has duplicated before the first look is a copy: nobody is asked about it, its button is pointed at the moved flow, and the category check that turns it down is told', async () => {
  const { stage, people, client, asked, popup, handIn, until, pass } = await openSignup({
    change: withTemplates({
      source: [
        { id: '4001', name: 'a_flow', components: [BODY, flowButton('9101')] },
        {
          id: '4002',
          name: 'b_turned_down',
          components: [BODY],
          recheck: { afterMs: 30 * MINUTE, status: 'REJECTED' },
        },
        { id: '4003', name: 'c_green', components: [BODY] },
      ],
      sourceFlows: [{ id: '9101', name: 'agenda' }],
    }),
    knobs: { autoTemplateCopy: 'at_announcement', autoTemplateCopyStartMs: 0 },
    stage: { policy: { aftercareEvery: HOUR, invoiceTail: 0 } },
  });
  const id = await asked({
    templates: { onCollision: 'ask', required: ['a_flow/pt_BR'] },
    aftercare: { hours: 2 },
  });
  const end = await popup();
  const made = () => stage.sandbox.world().wabas.find((waba) => waba.id === end.wabaId)?.templates ?? [];
  await until(id, () => made().length === 3);
  await handIn(id, end);
  await until(id, ({ cutover }) => cutover.connectedAt !== null);
  // The review of the edit takes a minute, and the required one is waited for.
  await pass(20 * MINUTE);
  await until(id, ({ step }) => step === 'aftercare');
  await pass(3 * HOUR);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ outcome: 'migrated', templates: { kept: 0 } });
  expect(tasksOf(moved, 'decide_template_collisions')).toEqual([]);
  const { items } = await client.getTemplates(id);
  expect(items.map(({ name, plan, outcome, code }) => [name, plan, outcome, code])).toEqual([
    ['a_flow', 'at_destination', 'copied', 'FLOW_REPOINTED'],
    ['b_turned_down', 'at_destination', 'rejected', 'RECHECK_REJECTED'],
    ['c_green', 'at_destination', 'copied', null],
  ]);
  expect(await people.effects('template_edited')).toHaveLength(1);
  const [flow] = made().filter(({ name }) => name === 'a_flow');
  expect(JSON.stringify(flow?.components)).not.toContain('9101');
});

test('§1.7: copies that fail keep nothing waiting before register, and park what is left when the number is accepted; none is begun after the window’s end without an approval', async () => {
  const { people, client, asked, popup, handIn, until, untilAsked, pass, eventTypes, windowIn } =
    await openSignup({
      ...{ templates: 3, numbers: 2, knobs: { autoTemplateCopy: 'off' as const } },
      stage: { policy: { templatePageSize: 2 } },
    });
  const copies = { method: 'POST', path: '/{waba}/migrate_message_templates' };
  const copyCalls = async () =>
    (await people.requests('?method=POST')).filter(({ path }) => path.endsWith('/migrate_message_templates'));
  await people.fault({
    match: copies,
    action: { type: 'fail', status: 403, code: 200, message: 'Permissions error' },
  });
  const id = await asked({ templates: {} });
  await handIn(id, await popup());
  const parked = await until(id, ({ state }) => state === 'blocked');
  expect(stepOf(parked, 'acceptance')).toMatchObject({ status: 'done' });
  expect(stepOf(parked, 'remaining_templates')).toMatchObject({
    ...{ status: 'blocked', error: { code: 'PERMISSION_MISSING' } },
  });
  await people.noFaults();
  await client.retryStep(id, { reason: 'the token may copy now' });
  expect(await until(id, isClosed)).toMatchObject({
    outcome: 'migrated',
    templates: { copied: 3, failed: 0 },
  });
  const types = await eventTypes(id);
  const inOrder = [...types]
    .reverse()
    .filter((type) => /^(templates_put_off|step_parked|template_page_copied|registered)$/.test(type));
  expect(inOrder).toEqual([
    'templates_put_off',
    'registered',
    'step_parked',
    'template_page_copied',
    'template_page_copied',
  ]);

  const late = await asked({ templates: {}, cutover: windowIn(-HOUR, 20 * MINUTE) }, 1);
  await pass(17.5 * MINUTE);
  // Ten tries take longer than what is left of the window, and less than a call is given there.
  await people.fault({
    match: { ...copies, times: 10 },
    action: { type: 'fail', status: 503, code: 2, transient: true },
  });
  await handIn(late, await popup({}, 1));
  await eventually('a copy that failed', async () =>
    (await copyCalls()).some(({ status }) => status === 503),
  );
  await pass(4 * MINUTE);
  const over = await untilAsked(late, 'approve_cutover');
  expect(openTask(over, 'approve_cutover')).toMatchObject({ step: 'templates', party: 'operator' });
  expect(await people.effects('registered')).toHaveLength(1);
  await client.approveCutover(late, 'the client is on the phone');
  expect(await until(late, isClosed)).toMatchObject({ outcome: 'migrated', templates: { copied: 3 } });
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
});
