/** Templates that Meta does not copy, created from their content (R7, P-8, meta §4.3, §1.6 flows). */
import type { Migration } from '../../client';
import { isClosed } from '../support/journey';
import { AUTHENTICATION, BODY, flowButton, header, many, NAMED_BODY, withTemplates } from './template-world';
import { HOUR, MINUTE, openTimedJourney, stepOf, tasksOf } from './timed-journey';

const YELLOW = { quality: 'YELLOW' } as const;
const RECREATE = { templates: { recreateIneligible: true } };

test('R7, §4.3: each kind is created with its files, flows and parameters, once; what is not worth it stays behind and says why', async () => {
  const { stage, people, start, until, handInCode, pass } = await openTimedJourney({
    change: withTemplates({
      source: [
        { id: '4001', name: 'a_copied' },
        { id: '4002', name: 'b_image', ...YELLOW, components: [header('IMAGE', '5101'), BODY] },
        { id: '4003', name: 'c_document', ...YELLOW, components: [header('DOCUMENT', '5102'), BODY] },
        { id: '4004', name: 'd_named', ...YELLOW, parameterFormat: 'NAMED', components: [NAMED_BODY] },
        { id: '4005', name: 'e_code', ...YELLOW, category: 'AUTHENTICATION', components: AUTHENTICATION },
        { id: '4006', name: 'f_flow', ...YELLOW, components: [BODY, flowButton('9101')] },
        { id: '4007', name: 'g_lost_flow', ...YELLOW, components: [BODY, flowButton('9999')] },
        { id: '4008', name: 'h_pending', status: 'PENDING' },
        { id: '4009', name: 'i_rejected', status: 'REJECTED' },
        { id: '4010', name: 'j_red', quality: 'RED' },
        { id: '4011', name: 'k_red_required', quality: 'RED' },
        { id: '4012', name: 'l_refused', copyFailure: { reason: 'Incorrect category', times: 9 } },
        {
          id: '4013',
          name: 'm_catalog',
          ...YELLOW,
          components: [BODY, { type: 'BUTTONS', buttons: [{ type: 'CATALOG', text: 'Ver' }] }],
        },
        { id: '4014', name: 'n_dangling', ...YELLOW, components: [{ ...BODY, text: 'Pronto para {{1}}' }] },
      ],
      sourceFlows: [{ id: '9101', name: 'agenda' }],
      media: [
        { id: '5101', contentType: 'image/png', size: 3_000 },
        { id: '5102', contentType: 'application/pdf', size: 40_000 },
      ],
    }),
  });
  const { id } = await start({
    templates: { recreateIneligible: true, required: ['k_red_required/pt_BR'] },
  });
  await handInCode(id);
  // Its review takes a minute: acceptance waits for the required one.
  await pass(20 * MINUTE);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({
    outcome: 'migrated',
    templates: { copied: 1, recreated: 8, failed: 3, leftBehind: 2 },
  });
  const { items } = await stage.client.getTemplates(id, { limit: 200 });
  expect(items.map(({ name, outcome, code }) => [name, outcome, code])).toEqual([
    ['a_copied', 'copied', null],
    ['b_image', 'recreated', null],
    ['c_document', 'recreated', null],
    ['d_named', 'recreated', null],
    ['e_code', 'recreated', null],
    ['f_flow', 'recreated', null],
    ['g_lost_flow', 'failed', 'FLOW_NOT_MOVED'],
    ['h_pending', 'recreated', null],
    ['i_rejected', 'left_behind', 'SOURCE_REJECTED'],
    ['j_red', 'left_behind', 'QUALITY_RED'],
    ['k_red_required', 'recreated', null],
    ['l_refused', 'recreated', null],
    ['m_catalog', 'failed', 'CATALOG_NEEDED'],
    ['n_dangling', 'failed', 'CONTENT_REFUSED'],
  ]);
  for (const { outcome, remedy } of items) {
    if (outcome === 'failed' || outcome === 'left_behind') expect(remedy).toMatch(/\w+/);
  }
  expect(await people.effects('template_created')).toHaveLength(8);
  expect(await people.effects('media_uploaded')).toMatchObject([
    { facts: { contentType: 'image/png', size: 3_000 } },
    { facts: { contentType: 'application/pdf', size: 40_000 } },
  ]);
  expect(await people.effects('flow_migrated')).toHaveLength(1);
  expect(await people.invariants()).toMatchObject({ ok: true });
  const calls = await people.requests('?method=POST');
  const order = calls.map(({ path }) => path.split('/').at(-1)).filter((edge) => edge?.includes('migrate'));
  expect(order.slice(0, 2)).toEqual(['migrate_flows', 'migrate_message_templates']);
});

test('§4.3: a creation of which the reply is lost is made once', async () => {
  const { stage, people, start, until, handInCode } = await openTimedJourney({
    change: withTemplates({ source: many(3, () => YELLOW) }),
  });
  await people.fault({
    match: { method: 'POST', path: '/{waba}/message_templates', nth: 2 },
    action: { type: 'act-then-drop' },
  });
  const { id } = await start(RECREATE);
  await handInCode(id);
  expect(await until(id, isClosed, 60_000)).toMatchObject({ templates: { recreated: 3, failed: 0 } });
  expect(await people.effects('template_created')).toHaveLength(3);
  const { items } = await stage.client.getTemplates(id);
  expect(items.map(({ outcome }) => outcome)).toEqual(['recreated', 'recreated', 'recreated']);
});

test('§4.3: what is over the hour’s quota is created in the next one, which dry run and plan have promised; the step waits and says so, a person may skip it', async () => {
  const { stage, people, start, until, pass } = await openTimedJourney({
    change: withTemplates({ source: many(5, () => YELLOW) }),
    stage: { policy: { templateCreationsPerHour: 2 } },
  });
  const expectedOf = ({ plan }: Migration) =>
    plan.steps.find(({ step }) => step === 'templates')?.expected ?? { toMs: 0, source: '' };
  const dry = await until((await start({ ...RECREATE, mode: 'dry_run' })).id, isClosed);
  const { toMs, source } = expectedOf(dry);
  expect(toMs).toBeGreaterThanOrEqual(3 * HOUR);
  expect(toMs).toBeLessThan(3 * HOUR + 30 * MINUTE);
  expect(source).toContain('at most 5 are created from their content, 2 an hour');
  expect(dry.plan.expected.whole.toMs).toBeGreaterThan(3 * HOUR);
  const copiesOnly = await until((await start({ mode: 'dry_run' })).id, isClosed);
  expect(expectedOf(copiesOnly).toMs).toBeLessThan(30 * MINUTE);
  const { id } = await start(RECREATE);
  const created = async () => (await people.effects('template_created')).length;
  const waiting = await until(id, (migration) => stepOf(migration, 'templates')?.status === 'waiting');
  expect(expectedOf(waiting)).toEqual(expectedOf(dry));
  expect(await created()).toBe(2);
  await pass(HOUR + 5 * MINUTE);
  await until(id, ({ revision, state }) => revision > 0 && state === 'waiting');
  expect(await created()).toBe(4);
  await stage.client.skipStep(id, { step: 'templates', reason: 'the fifth is not needed' });
  await until(id, ({ step }) => step === 'ownership');
  expect(await created()).toBe(4);
  await stage.client.abort(id, 'enough seen');
  const aborted = await until(id, isClosed);
  expect(aborted.leftInPlace.map(({ kind }) => kind)).toContain('announced_number');
});

test('§4.3: files that are served elsewhere, by redirect, without end, as a page or not at all are not taken along, and each template says so', async () => {
  const kinds = ['elsewhere', 'plain_http_elsewhere', 'redirect', 'endless', 'html', 'gone'] as const;
  const { stage, start, until, handInCode, people } = await openTimedJourney({
    change: withTemplates({
      source: kinds.map((served, index) => ({
        ...{ id: String(4001 + index), name: `image_${served}`, ...YELLOW },
        components: [header('IMAGE', String(5101 + index)), BODY],
      })),
      media: kinds.map((served, index) => ({ id: String(5101 + index), served })),
    }),
  });
  const { id } = await start(RECREATE);
  await handInCode(id);
  await until(id, isClosed, 60_000);
  const { items } = await stage.client.getTemplates(id);
  expect(items.map(({ name, outcome, code }) => [name, outcome, code].join(' ')).sort()).toEqual(
    kinds.map((served) => `image_${served} failed MEDIA_UNAVAILABLE`).sort(),
  );
  for (const { reason } of items) expect(reason).not.toContain('http:');
  expect(await people.effects('template_created')).toHaveLength(0);
});

describe('R12, §1.6, §4.3: buttons that open a flow', () => {
  const REPLY_LOST = {
    match: { method: 'POST', path: '/{template}', nth: 1 },
    action: { type: 'act-then-drop' },
  };

  test('4233041: a flow that the destination has is adopted; a copy is edited once to open it, whatever becomes of the reply; what cannot be moved is told', async () => {
    const { stage, straight, people, start, until, handInCode, pass } = await openTimedJourney({
      change: withTemplates({
        source: [
          { id: '4001', name: 'a_adopted', ...YELLOW, components: [BODY, flowButton('9101')] },
          { id: '4002', name: 'b_refused', ...YELLOW, components: [BODY, flowButton('9102')] },
          { id: '4003', name: 'c_copied', components: [header('IMAGE', '5101'), BODY, flowButton('9101')] },
          { id: '4004', name: 'd_stays', components: [BODY, flowButton('9102')] },
        ],
        sourceFlows: [
          { id: '9101', name: 'agenda' },
          { id: '9102', name: 'pesquisa', migrationFailure: { code: 1, message: 'Try later' } },
        ],
        destinationFlows: [{ id: '9201', name: 'agenda' }],
        media: [{ id: '5101', contentType: 'image/png', size: 3_000 }],
      }),
      knobs: { editedContent: 'shown_after_review' },
    });
    await people.fault(REPLY_LOST);
    const { id } = await start({ templates: { recreateIneligible: true, required: ['c_copied/pt_BR'] } });
    await handInCode(id);
    // The review of the edit takes a minute: acceptance waits for the required one.
    await pass(20 * MINUTE);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject({ outcome: 'migrated', templates: { copied: 2, recreated: 1 } });
    const { items } = await stage.client.getTemplates(id);
    expect(items.map(({ name, outcome, code }) => [name, outcome, code])).toEqual([
      ['a_adopted', 'recreated', null],
      ['b_refused', 'failed', 'FLOW_NOT_MOVED'],
      ['c_copied', 'copied', 'FLOW_REPOINTED'],
      ['d_stays', 'copied', 'FLOW_OF_OLD_ACCOUNT'],
    ]);
    expect(items[3]?.reason).toMatch(/9102 was not moved/);
    expect(await people.effects('flow_migrated')).toHaveLength(0);
    expect(await people.effects('template_edited')).toMatchObject([{ facts: { name: 'c_copied' } }]);
    const edits = (await people.requests('?method=POST')).filter(({ path }) => path === '/{template}');
    expect(edits).toHaveLength(1);
    const shown = await fetch(
      `${stage.sandbox.url}/v25.0/${items[2]?.destinationId ?? ''}?fields=status,components`,
      { headers: { authorization: `Bearer ${straight.tokens.destination}` } },
    );
    const content = await shown.text();
    expect(content).toMatch(/"status":"APPROVED".*"flow_id":"9201"/);
    expect(content).not.toContain('9101');
    expect(tasksOf(moved, 'repoint_flow_buttons')).toMatchObject([
      { party: 'client', requirement: 'R12', title: expect.stringContaining('1 (d_stays/pt_BR)') },
    ]);
    expect(tasksOf(moved, 'provide_required_templates')).toEqual([]);
    expect(await people.invariants()).toMatchObject({ ok: true });
  });

  test('2388039: an edit that Meta does not take stays the client’s, in its words; a plan names the call, a dry run does not make it', async () => {
    const { stage, people, start, until } = await openTimedJourney({
      change: withTemplates({
        source: [{ id: '4001', name: 'a_copied', components: [BODY, flowButton('9101')] }],
        sourceFlows: [{ id: '9101', name: 'agenda' }],
      }),
      knobs: { templateEditsPerDay: 0 },
    });
    const dry = await until((await start({ mode: 'dry_run' })).id, isClosed);
    const planned = dry.plan.steps.find(({ step }) => step === 'templates')?.calls ?? [];
    expect(planned.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      expect.stringContaining('/migrate_flows'),
      expect.stringContaining('/migrate_message_templates'),
      '/{template}',
    ]);
    const { id } = await start();
    const left = await until(id, ({ step }) => step === 'ownership');
    const { items } = await stage.client.getTemplates(id);
    expect(items).toMatchObject([
      {
        ...{ outcome: 'copied', code: 'FLOW_OF_OLD_ACCOUNT', destinationStatus: 'APPROVED' },
        reason: expect.stringMatching(/status cannot be changed; .* ten in 30 days \(2388039\)/),
      },
    ]);
    expect(tasksOf(left, 'repoint_flow_buttons')).toMatchObject([{ party: 'client', status: 'open' }]);
    expect(await people.effects('template_edited')).toEqual([]);
    const edits = (await people.requests('?method=POST')).filter(({ path }) => path === '/{template}');
    expect(edits).toHaveLength(1);
  });
});

test('a template cannot be created again without a credential for the source: the report says so', async () => {
  const { stage, start, until, handInCode, body } = await openTimedJourney({
    change: withTemplates({
      source: [
        { id: '4001', name: 'a_copied' },
        { id: '4002', name: 'b_refused', copyFailure: { reason: 'Incorrect category', times: 9 } },
      ],
    }),
  });
  const { credential: _unknown, ...source } = body().source;
  const attestations = ['R3', 'R4', 'R20', 'R21', 'R26', 'R27', 'R31', 'P-17'].map((requirement) => ({
    requirement,
    statement: 'seen',
  }));
  const { id } = await start({ source, attestations, ...RECREATE });
  await handInCode(id);
  await until(id, isClosed);
  const { items } = await stage.client.getTemplates(id);
  expect(items).toContainEqual(
    expect.objectContaining({ name: 'a_copied', plan: 'at_destination', outcome: 'copied' }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ name: '4002', outcome: 'failed', code: 'CONTENT_UNREADABLE' }),
  );
});

test('§4.3 2388023, 2388019: a locked name and a full account are told by template; a review that turns one down is found', async () => {
  const { stage, start, until, untilAsked, handInCode, pass } = await openTimedJourney({
    change: (world) => {
      const changed = withTemplates({ source: many(3, () => YELLOW), limit: 1 })(world);
      const until = '2999-01-01T00:00:00Z';
      const wabas = changed.wabas?.map((waba) =>
        waba.id === '2002' ? { ...waba, lockedTemplateNames: [{ name: 'notice_0000', until }] } : waba,
      );
      return { ...changed, wabas };
    },
    knobs: { templateReview: 'rejects' },
  });
  const { id } = await start({ ...RECREATE, verification: { send: 'on_request' } });
  await untilAsked(id, 'request_verification_code');
  const report = async () => {
    const { items } = await stage.client.getTemplates(id);
    return items.map(({ outcome, code }) => [outcome, code]);
  };
  expect(await report()).toEqual([
    ['failed', 'NAME_LOCKED'],
    ['recreated', null],
    ['failed', 'NO_ROOM'],
  ]);
  await pass(10 * MINUTE);
  await stage.client.requestVerificationCode(id);
  await handInCode(id);
  await until(id, isClosed);
  expect(await report()).toContainEqual(['rejected', 'REVIEW_REJECTED']);
});
