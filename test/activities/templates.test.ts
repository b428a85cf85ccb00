/** Templates: every one accounted for, none copied twice, whatever happens to the replies. */
import type { Subject, TemplateActivities } from '../../activities/contract';
import { createTemplateActivities } from '../../activities/templates';
import type { TemplateRow } from '../../store';
import { collect } from '../store/world';
import {
  aSubject,
  DESTINATION_WABA,
  openBenches,
  problemIn,
  run,
  SOURCE_WABA,
  type Bench,
  type WorldWish,
} from './world';

const openBench = openBenches('templates');
const COPY = '/{waba}/migrate_message_templates';

interface Desk {
  bench: Bench;
  subject: Subject;
  inventory: () => ReturnType<TemplateActivities['inventoryTemplates']>;
  copyPage: (
    page?: number,
    pageSize?: number,
    attempt?: number,
  ) => ReturnType<TemplateActivities['copyTemplates']>;
  copyIds: (ids: string[]) => ReturnType<TemplateActivities['copyTemplates']>;
  reconcile: () => ReturnType<TemplateActivities['reconcileTemplates']>;
  report: () => Promise<Pick<TemplateRow, 'name' | 'plan' | 'outcome' | 'reason'>[]>;
}

const openDesk = async (wish: WorldWish, change: Parameters<typeof aSubject>[0] = {}): Promise<Desk> => {
  const bench = await openBench(wish);
  const activities = createTemplateActivities(bench.deps);
  const subject = aSubject(change);
  const where = { subject, wabaId: DESTINATION_WABA };
  return {
    bench,
    subject,
    inventory: () => run(activities.inventoryTemplates, where),
    copyPage: (page = 0, pageSize = 500, attempt = 1) =>
      run(activities.copyTemplates, { ...where, page, pageSize, templateIds: null }, attempt),
    copyIds: (templateIds) =>
      run(activities.copyTemplates, { ...where, page: 0, pageSize: 500, templateIds }),
    reconcile: () => run(activities.reconcileTemplates, where),
    report: async () => {
      const rows = await collect(bench.store.templateReports.stream(subject));
      return rows.map(({ name, plan, outcome, reason }) => ({ name, plan, outcome, reason }));
    },
  };
};

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(40_000 + index),
    name: `notice_${String(index)}`,
  }));
/** One of each kind. */
const MIXED = {
  sourceTemplates: [
    { id: '4001', name: 'a_green' },
    { id: '4002', name: 'b_unknown', quality: 'UNKNOWN' as const },
    { id: '4003', name: 'c_yellow', quality: 'YELLOW' as const },
    { id: '4004', name: 'd_rejected', status: 'REJECTED' as const },
    { id: '4005', name: 'e_collides' },
    { id: '4006', name: 'f_refused', copyFailure: { reason: 'Incorrect category', times: 1 } },
  ],
  destinationTemplates: [{ id: '4101', name: 'e_collides' }],
};
const REQUIRED = (required: string[]) => ({ templates: { required } });

test('each template is planned, copied or kept, and the report says what became of it and why', async () => {
  const { bench, inventory, copyPage, copyIds, reconcile, report } = await openDesk(
    MIXED,
    REQUIRED(['a_green/pt_BR', 'c_yellow/pt_BR', 'nowhere/pt_BR', 'e_collides/pt_BR']),
  );
  expect(await inventory()).toMatchObject({
    ...{ source: 6, eligible: 4, ineligible: 2, collisions: 1, capacityLeft: 5_999, predicted: 3, pages: 1 },
    requiredNotCopyable: ['c_yellow/pt_BR', 'nowhere/pt_BR'],
  });
  expect(await copyPage()).toMatchObject({ failed: 3 });
  expect(await reconcile()).toMatchObject({
    ...{ copied: 2, kept: 1, failed: 1, retryIds: ['4006'] },
    requiredMissing: ['c_yellow/pt_BR', 'nowhere/pt_BR'],
  });
  expect(await copyIds(['4006'])).toEqual({ asked: 1, failed: 0 });
  expect(await reconcile()).toMatchObject({ copied: 3, kept: 1, failed: 0, retryIds: [] });
  expect(await report()).toEqual([
    { name: 'a_green', plan: 'copy', outcome: 'copied', reason: null },
    { name: 'b_unknown', plan: 'copy', outcome: 'copied', reason: null },
    {
      name: 'c_yellow',
      plan: 'ineligible',
      outcome: 'left_behind',
      reason: expect.stringContaining('YELLOW'),
    },
    {
      name: 'd_rejected',
      plan: 'ineligible',
      outcome: 'left_behind',
      reason: expect.stringContaining('REJECTED'),
    },
    { name: 'e_collides', plan: 'collision', outcome: 'kept', reason: expect.stringContaining('its own') },
    { name: 'f_refused', plan: 'copy', outcome: 'copied', reason: null },
  ]);
  expect(await bench.effects('template_copied')).toHaveLength(3);
  expect(await bench.violations()).toEqual([]);
});

test.each(['map', 'list'] as const)('reasons are read from a %s', async (failedTemplates) => {
  const { inventory, copyPage, report } = await openDesk({ ...MIXED, knobs: { failedTemplates } });
  await inventory();
  await copyPage();
  expect(await report()).toContainEqual({
    ...{ name: 'f_refused', plan: 'copy', outcome: 'failed', reason: 'Incorrect category' },
  });
});

test('a copy of which the reply is lost is settled by listing: every template once', async () => {
  const { bench, inventory, copyPage, reconcile } = await openDesk({ sourceTemplates: many(30) });
  await inventory();
  await bench.fault({
    match: { path: '*/migrate_message_templates', nth: 1 },
    action: { type: 'act-then-drop' },
  });
  expect(await problemIn(copyPage())).toMatchObject({ class: 'unknown_outcome', triedAgain: true });
  expect(await copyPage(0, 500, 2)).toEqual({ asked: 0, failed: 0 });
  expect(await bench.calls(COPY)).toHaveLength(1);
  expect(await reconcile()).toMatchObject({ copied: 30, failed: 0, retryIds: [] });
  expect(await bench.effects('template_copied')).toHaveLength(30);
});

test('a copy that breaks in the middle goes on with what is missing', async () => {
  const { bench, inventory, copyPage, reconcile } = await openDesk({
    sourceTemplates: many(30),
    knobs: { templateCopyBreaksAfter: 12 },
  });
  await inventory();
  expect(await problemIn(copyPage())).toMatchObject({ class: 'unknown_outcome' });
  bench.sandbox.world().knobs.templateCopyBreaksAfter = null;
  expect(await copyPage(0, 500, 2)).toEqual({ asked: 18, failed: 0 });
  expect(await reconcile()).toMatchObject({ copied: 30, failed: 0 });
  expect(await bench.effects('template_copied')).toHaveLength(30);
});

test('a copy that never arrived is made by the next try', async () => {
  const { bench, inventory, copyPage, reconcile } = await openDesk({ sourceTemplates: many(3) });
  await inventory();
  await bench.fault({
    match: { path: '*/migrate_message_templates', nth: 1 },
    action: { type: 'drop-before' },
  });
  expect(await problemIn(copyPage())).toMatchObject({ effect: 'unknown' });
  expect(await copyPage(0, 500, 2)).toEqual({ asked: 3, failed: 0 });
  expect(await reconcile()).toMatchObject({ copied: 3 });
});

test('a refused copy is known not to have happened, and nothing is listed for it', async () => {
  const { bench, inventory, copyPage } = await openDesk({ sourceTemplates: many(3) });
  await inventory();
  await bench.fault({
    match: { path: '*/migrate_message_templates', nth: 1 },
    action: { type: 'fail', status: 403, code: 10 },
  });
  expect(await problemIn(copyPage())).toMatchObject({ code: 'PERMISSION_MISSING', effect: 'none' });
  const listings = (await bench.calls('/{waba}/message_templates')).length;
  expect(await copyPage()).toEqual({ asked: 3, failed: 0 });
  expect(await bench.calls('/{waba}/message_templates')).toHaveLength(listings);
});

test('a copy made twice copies each template once', async () => {
  const { bench, inventory, copyPage } = await openDesk({ sourceTemplates: many(3) });
  await inventory();
  await copyPage();
  await copyPage();
  expect(await bench.effects('template_copied')).toHaveLength(3);
});

test('an inventory taken again after the copy finds its copies arrived, not in collision', async () => {
  const { inventory, copyPage, reconcile, report } = await openDesk({ sourceTemplates: many(3) });
  await inventory();
  await copyPage();
  expect(await inventory()).toMatchObject({ collisions: 0, predicted: 0, pages: 0 });
  expect(await reconcile()).toMatchObject({ copied: 3, kept: 0 });
  expect((await report()).map(({ plan, outcome }) => `${plan} ${outcome}`)).toEqual(
    Array.from({ length: 3 }, () => 'at_destination copied'),
  );
});

test('the destination’s places decide how many copies are foretold', async () => {
  const { inventory, copyPage, reconcile, report } = await openDesk({
    ...{ sourceTemplates: many(8), templateLimit: 6, destinationTemplates: [{ id: '4101', name: 'own' }] },
  });
  expect(await inventory()).toMatchObject({ capacityLeft: 5, predicted: 5, eligible: 8 });
  await copyPage();
  expect(await reconcile()).toMatchObject({ copied: 5, failed: 3 });
  expect((await report()).filter(({ plan }) => plan === 'over_capacity')).toHaveLength(3);
});

test('twelve hundred templates are copied in three calls, and only counts enter the history', async () => {
  const { bench, subject, inventory, copyPage, reconcile } = await openDesk({ sourceTemplates: many(1_200) });
  const counts = await inventory();
  expect(counts).toMatchObject({ source: 1_200, predicted: 1_200, pages: 3 });
  for (let page = 0; page < counts.pages; page += 1) await copyPage(page);
  const result = await reconcile();
  expect(result).toMatchObject({ copied: 1_200, failed: 0 });
  expect(JSON.stringify([counts, result]).length).toBeLessThan(500);
  expect(await bench.effects('template_copied')).toHaveLength(1_200);
  expect(await bench.store.templateReports.counts(subject)).toMatchObject({
    total: 1_200,
    outcomes: { copied: 1_200 },
  });
});

test('a template that Meta rejects after the copy is reported as rejected and not asked for again', async () => {
  const { bench, inventory, copyPage, reconcile, report } = await openDesk({
    sourceTemplates: [{ id: '4001', name: 'a_green', recheck: { afterMs: 60_000, status: 'REJECTED' } }],
  });
  await inventory();
  await copyPage();
  expect(await reconcile()).toMatchObject({ copied: 1 });
  await bench.advance(120_000);
  expect(await reconcile()).toMatchObject({ copied: 0, failed: 1, retryIds: [] });
  expect(await report()).toMatchObject([{ outcome: 'rejected' }]);
});

test('templates of a source that nobody may read are copied all the same, and what is new is reported', async () => {
  const { inventory, copyPage, reconcile, report, subject } = await openDesk(MIXED, {
    source: { provider: 'acme-bsp', businessId: '1001', wabaId: SOURCE_WABA },
    ...REQUIRED(['a_green/pt_BR', 'c_yellow/pt_BR']),
  });
  expect(subject.request.source.credential).toBeUndefined();
  expect(await inventory()).toMatchObject({ source: 0, predicted: 0, requiredNotCopyable: [] });
  await copyPage();
  expect(await reconcile()).toMatchObject({ copied: 2, kept: 0, requiredMissing: ['c_yellow/pt_BR'] });
  const rows = await report();
  expect(rows).toContainEqual({ name: 'a_green', plan: 'at_destination', outcome: 'copied', reason: null });
  expect(rows).toContainEqual({
    name: '4006',
    plan: 'copy',
    outcome: 'failed',
    reason: 'Incorrect category',
  });
});
