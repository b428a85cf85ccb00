/** Copying when it does not go straight: time-outs, no room, later rejections, an unreadable source, thousands (meta §4). */
import { temporal } from '@temporalio/proto';
import { isClosed } from '../support/journey';
import { many, withTemplates } from './template-world';
import { DAY, HOUR, MINUTE, openTask, openTimedJourney, tasksOf } from './timed-journey';

jest.setTimeout(180_000);

const copyCalls = (requests: { path: string; parameters: Record<string, unknown> }[]) =>
  requests
    .filter(({ path }) => path.endsWith('/migrate_message_templates'))
    .map(({ parameters }) => parameters);

test('§4.1, §12.6: a page that times out with half the work done goes on by id with what is missing, in smaller calls', async () => {
  const { people, start, until, handInCode } = await openTimedJourney({
    change: withTemplates({ source: many(10) }),
    knobs: { templateCopyBreaksAfter: 3 },
    stage: { policy: { templatePageSize: 8 } },
  });
  const { id } = await start();
  await until(id, ({ step }) => step === 'ownership', 60_000);
  const calls = copyCalls(await people.requests('?method=POST'));
  expect(calls.map(({ count, template_ids: ids }) => [count, Array.isArray(ids) ? ids.length : 0])).toEqual([
    [8, 0],
    [undefined, 4],
    [undefined, 2],
    [undefined, 2],
  ]);
  expect(await people.effects('template_copied')).toHaveLength(10);
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ templates: { copied: 10, failed: 0 } });
});

test('§4.1: a source that nobody may read is asked for in smaller pages after a time-out', async () => {
  const { people, stage, start, until, body } = await openTimedJourney({
    change: withTemplates({ source: many(10) }),
    knobs: { templateCopyBreaksAfter: 3 },
    stage: { policy: { templatePageSize: 8 } },
  });
  const { credential: _unknown, ...source } = body().source;
  const attestations = ['R3', 'R4', 'R20', 'R21', 'R26', 'R27', 'R31', 'P-17'].map((requirement) => ({
    requirement,
    statement: 'seen',
  }));
  const { id } = await start({ source, attestations });
  await until(id, ({ templates }) => templates !== null, 90_000);
  expect(await people.effects('template_copied')).toHaveLength(10);
  const { items } = await stage.client.getTemplates(id, { limit: 200 });
  expect(items.map(({ plan, outcome }) => `${plan} ${outcome}`)).toEqual(
    Array.from({ length: 10 }, () => 'at_destination copied'),
  );
});

test('R6, P-8: with room for two, the required one comes first, and the report says which found no place', async () => {
  const { people, stage, start, until, handInCode } = await openTimedJourney({
    change: withTemplates({ source: many(5), limit: 2 }),
  });
  const { id } = await start({ templates: { required: ['notice_0004/pt_BR'] } });
  await handInCode(id);
  const moved = await until(id, isClosed);
  const [first] = copyCalls(await people.requests('?method=POST'));
  expect(first?.['template_ids']).toEqual(['40004', '40000']);
  const { items } = await stage.client.getTemplates(id);
  expect(items.map(({ outcome, code, required }) => [outcome, code, required])).toEqual([
    ['copied', null, false],
    ['missing', 'NO_ROOM', false],
    ['missing', 'NO_ROOM', false],
    ['missing', 'NO_ROOM', false],
    ['copied', null, true],
  ]);
  expect(tasksOf(moved, 'make_room_for_templates')).toMatchObject([{ party: 'client', requirement: 'P-8' }]);
  // Campaigns stay stopped after the move for what is not there.
  expect(tasksOf(moved, 'freeze_campaigns').at(-1)).toMatchObject({
    ...{ party: 'client', requirement: 'P-8', step: 'templates', blocking: false },
    title: expect.stringMatching(/: 3 \(notice_0001\/pt_BR, notice_0002\/pt_BR, notice_0003\/pt_BR\)/),
  });
});

test('§4.1, §1.6: where the platform copies GREEN only, the others are refused, whatever the prediction was', async () => {
  const { stage, start, until, handInCode } = await openTimedJourney({
    change: withTemplates({ source: many(2, (index) => (index === 0 ? { quality: 'UNKNOWN' } : {})) }),
    knobs: { copiedQualities: 'green', autoTemplateCopy: 'off' },
  });
  const { id } = await start();
  await handInCode(id);
  await until(id, isClosed);
  const { items } = await stage.client.getTemplates(id);
  expect(items.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['failed', 'COPY_REFUSED'],
    ['copied', null],
  ]);
});

test('R6: a deployment that trusts the older page leaves templates of unknown quality out of its prediction', async () => {
  const { stage, start, until, handInCode } = await openTimedJourney({
    change: withTemplates({ source: many(2, (index) => (index === 0 ? { quality: 'UNKNOWN' } : {})) }),
    knobs: { copiedQualities: 'green', autoTemplateCopy: 'off' },
    stage: { policy: { templateCopyQualities: ['GREEN'] } },
  });
  const { id } = await start();
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ templates: { copied: 1, failed: 0, leftBehind: 1 } });
  const { items } = await stage.client.getTemplates(id, { outcome: 'left_behind' });
  expect(items).toMatchObject([{ name: 'notice_0000', code: 'QUALITY_UNKNOWN' }]);
});

describe('R8, P-8, §12.6: the category check hours after the copy', () => {
  const turnedDown = (afterMs: number) =>
    withTemplates({
      source: [
        { id: '4001', name: 'a_required', recheck: { afterMs, status: 'REJECTED' } },
        { id: '4002', name: 'b_other', recheck: { afterMs, status: 'APPROVED', category: 'MARKETING' } },
        { id: '4003', name: 'c_well' },
      ],
    });
  const REQUIRED = { templates: { required: ['a_required/pt_BR'] } };

  const approve = async (people: Awaited<ReturnType<typeof openTimedJourney>>['people'], id: string | null) =>
    people.act('review-template', { templateId: id, decision: 'APPROVED' });

  test('R8, P-8: keeps the move from being accepted, and campaigns stopped, while a required one is turned down', async () => {
    const { stage, people, start, until, untilAsked, handInCode, pass, codeFor } = await openTimedJourney({
      change: turnedDown(30 * MINUTE),
    });
    const { id } = await start({ ...REQUIRED, verification: { send: 'on_request' } });
    await untilAsked(id, 'request_verification_code');
    await pass(HOUR);
    await stage.client.requestVerificationCode(id);
    await codeFor(id);
    await handInCode(id);
    const waiting = await untilAsked(id, 'repair_acceptance');
    expect(waiting.acceptance).toContainEqual(
      expect.objectContaining({ name: 'template a_required/pt_BR', observed: 'REJECTED', party: 'client' }),
    );
    expect(openTask(waiting, 'freeze_campaigns')).toMatchObject({
      ...{ requirement: 'P-8', title: expect.stringContaining(': 1 (a_required/pt_BR)') },
    });
    const { items } = await stage.client.getTemplates(id);
    expect(items.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['rejected', 'RECHECK_REJECTED'],
      ['copied', null],
      ['copied', null],
    ]);
    expect(items[1]).toMatchObject({ category: 'UTILITY', destinationCategory: 'MARKETING' });
    await approve(people, items[0]?.destinationId ?? null);
    await pass(15 * MINUTE);
    const moved = await until(id, isClosed);
    expect(moved.outcome).toBe('migrated');
    expect(tasksOf(moved, 'freeze_campaigns').at(-1)).toMatchObject({
      ...{ requirement: 'P-8', status: 'done', evidence: { by: { kind: 'system' } } },
    });
  });

  test('R8: is found by aftercare: a finding, a task for the required one, and both are over when it is approved again', async () => {
    const { stage, people, start, until, handInCode, pass } = await openTimedJourney({
      change: turnedDown(6 * HOUR),
      stage: { policy: { invoiceTail: 0 } },
    });
    const { id } = await start({ ...REQUIRED, aftercare: { hours: 60 } });
    await handInCode(id);
    await until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
    await pass(DAY + HOUR);
    const drifted = await until(id, ({ findings }) =>
      findings.some(({ code }) => code === 'DRIFT_TEMPLATE_COPIES'),
    );
    expect(drifted.findings).toContainEqual(
      expect.objectContaining({ code: 'DRIFT_TEMPLATE_CATEGORIES', requirement: 'R8' }),
    );
    expect(openTask(drifted, 'repair_required_templates')).toMatchObject({
      party: 'client',
      blocking: false,
    });
    const { items } = await stage.client.getTemplates(id, { outcome: 'rejected' });
    await approve(people, items[0]?.destinationId ?? null);
    await pass(DAY);
    const repaired = await until(
      id,
      (migration) => openTask(migration, 'repair_required_templates') === undefined,
    );
    expect(repaired.findings.map(({ code }) => code)).not.toContain('DRIFT_TEMPLATE_COPIES');
  });
});

test('three thousand templates: few events, small payloads, and a report that is read page by page', async () => {
  const { stage, start, until, handInCode } = await openTimedJourney({
    change: withTemplates({
      source: many(3_000, (index) => (index % 10 === 0 ? { quality: 'YELLOW' } : {})),
      destination: many(40).map((one) => ({ ...one, id: `9${one.id}` })),
    }),
    knobs: { autoTemplateCopy: 'off' },
  });
  const { id } = await start();
  await until(id, ({ step }) => step === 'ownership', 90_000);
  await handInCode(id);
  const moved = await until(id, isClosed, 60_000);
  expect(moved).toMatchObject({ templates: { copied: 2_664, kept: 40, leftBehind: 296, failed: 0 } });
  let rows = 0;
  let cursor: string | undefined;
  do {
    const page = await stage.client.getTemplates(id, { limit: 200, cursor });
    rows += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(rows).toBe(3_000);
  const history = await stage.temporal.workflow.getHandle(id).fetchHistory();
  expect(history.events?.length).toBeLessThan(220);
  expect(temporal.api.history.v1.History.encode(history).finish().length).toBeLessThan(1_000_000);
});
