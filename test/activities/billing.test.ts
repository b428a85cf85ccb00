/** The billing cut-over: a payer before the announcement, figures before the registration, a ledger after it. */
import type { BillingActivities, Subject } from '../../activities/contract';
import { createBillingActivities } from '../../activities/billing';
import { StoreUnavailableError, type Store } from '../../store';
import {
  phoneNumberId,
  aSubject,
  CREDIT_LINE,
  DESTINATION_WABA,
  openBenches,
  PHONE_NUMBER,
  problemIn,
  run,
} from './world';
import type { Bench, WorldWish } from './world';

const openBench = openBenches('billing');
const ATTACH = '/{credit}/whatsapp_credit_sharing_and_attach';
const LINE = {
  funding: {
    ...{ payer: 'partner_credit' as const, creditLineId: CREDIT_LINE, currency: 'USD', credential: 'system' },
  },
} as const;
const DAY_MS = 86_400_000;

interface Office extends BillingActivities {
  bench: Bench;
  subject: Subject;
  attach: () => ReturnType<BillingActivities['attachFunding']>;
}

const away = () => Promise.reject(new StoreUnavailableError(new Error('no primary')));
const attachOn = (bench: Bench, subject: Subject, store: Partial<Store> = {}) => {
  const { attachFunding } = createBillingActivities({ ...bench.deps, store: { ...bench.store, ...store } });
  return run(attachFunding, { subject, wabaId: DESTINATION_WABA });
};

const openOffice = async (wish: WorldWish, change: Parameters<typeof aSubject>[0] = {}): Promise<Office> => {
  const bench = await openBench(wish);
  const activities = createBillingActivities(bench.deps);
  const subject = aSubject(change);
  const attach = () => attachOn(bench, subject);
  return { ...activities, bench, subject, attach };
};
const withLine = (wish: WorldWish = {}): Promise<Office> =>
  openOffice({ destinationFunding: 'none', ...wish }, LINE);

describe('the partner’s credit line', () => {
  test('is shared and attached once, stays ours the second time, and was there before for another number', async () => {
    const { bench, attach } = await withLine();
    const first = await attach();
    expect(first).toMatchObject({ payer: 'partner_credit', alreadyAttached: false });
    expect(await attach()).toEqual(first);
    expect(await attachOn(bench, aSubject(LINE))).toEqual({ ...first, alreadyAttached: true });
    expect(await bench.effects('credit_attached')).toHaveLength(1);
    expect(await bench.effects('credit_shared')).toHaveLength(1);
    expect(await bench.violations()).toEqual([]);
  });

  test('is not attached when the window is over, and what is attached is still found (WINDOW_OVER)', async () => {
    const { bench, subject, attach, attachFunding } = await withLine();
    const startBy = new Date(Date.now() - 1_000).toISOString();
    const late = () => run(attachFunding, { subject, wabaId: DESTINATION_WABA, startBy });
    expect(await problemIn(late())).toMatchObject({
      ...{ code: 'WINDOW_OVER', effect: 'none', triedAgain: false, evidence: { startBy } },
    });
    expect(await bench.effects('credit_shared')).toEqual([]);
    await attach();
    expect(await late()).toMatchObject({ alreadyAttached: false });
  });

  test('is attached when the reply is lost, and nothing is attached again', async () => {
    const { bench, attach } = await withLine();
    await bench.fault({
      match: { path: '*/whatsapp_credit_sharing_and_attach' },
      action: { type: 'act-then-drop' },
    });
    expect(await attach()).toMatchObject({ payer: 'partner_credit', alreadyAttached: false });
    expect(await bench.calls(ATTACH)).toHaveLength(1);
  });

  test('is attached by the next try when the call never arrived', async () => {
    const { bench, attach } = await withLine();
    await bench.fault({
      match: { path: '*/whatsapp_credit_sharing_and_attach', nth: 1 },
      action: { type: 'drop-before' },
    });
    expect(await problemIn(attach())).toMatchObject({ class: 'unknown_outcome', triedAgain: true });
    expect(await attach()).toMatchObject({ alreadyAttached: false });
    expect(await bench.effects('credit_attached')).toHaveLength(1);
  });

  test('stays ours when the database goes away right after the call, in the answer and in the ledger', async () => {
    const { bench, subject, attach } = await withLine();
    const ledgers = { ...bench.store.ledgers, replaceKind: away };
    expect(await problemIn(attachOn(bench, subject, { ledgers }))).toMatchObject({
      ...{ code: 'STORE_UNAVAILABLE', effect: 'unknown', triedAgain: true },
    });
    expect(await bench.effects('credit_attached')).toHaveLength(1);
    expect(await attach()).toMatchObject({ alreadyAttached: false });
    expect(await bench.store.ledgers.list(subject)).toMatchObject([
      { kind: 'funding', evidence: { alreadyAttached: false } },
    ]);
    expect(await bench.calls(ATTACH)).toHaveLength(1);
  });

  test('is not attached while nobody can note that it was begun: nothing is called, and nothing in doubt', async () => {
    const { bench, subject, attach } = await withLine();
    const notes = { ...bench.store.notes, noteOnce: away };
    expect(await problemIn(attachOn(bench, subject, { notes }))).toMatchObject({
      ...{ code: 'STORE_UNAVAILABLE', effect: 'none', triedAgain: true },
    });
    expect(await bench.calls(ATTACH)).toHaveLength(0);
    expect(await attach()).toMatchObject({ alreadyAttached: false });
  });

  test('is in doubt until the account is read again, when the call acted and its reply was lost', async () => {
    const { bench, attach } = await withLine();
    await bench.fault({
      match: { path: '*/whatsapp_credit_sharing_and_attach' },
      action: { type: 'act-then-drop' },
    });
    // The account is read twice before the call, and not again from then on.
    await bench.fault({
      match: { method: 'GET', path: '/{waba}', from: 3 },
      action: { type: 'fail', status: 400, code: 190 },
    });
    expect(await problemIn(attach())).toMatchObject({ effect: 'unknown' });
    expect(await problemIn(attach())).toMatchObject({ effect: 'unknown' });
    expect(await bench.effects('credit_attached')).toHaveLength(1);
    await bench.healed();
    expect(await attach()).toMatchObject({ alreadyAttached: false });
    expect(await bench.calls(ATTACH)).toHaveLength(1);
  });

  test('that was attached earlier by the same partner is adopted', async () => {
    const { bench, attach } = await withLine({ destinationFunding: 'credit_line' });
    expect(await attach()).toEqual({ payer: 'partner_credit', fundingId: '6502', alreadyAttached: true });
    expect(await bench.calls(ATTACH)).toHaveLength(0);
  });

  test('is not attached where somebody else’s payment account stands', async () => {
    const { bench, attach } = await withLine({ destinationFunding: 'card' });
    expect(await problemIn(attach())).toMatchObject({
      ...{ code: 'FUNDING_ATTACHED_BY_OTHER', party: 'operator', effect: 'none', triedAgain: false },
    });
    expect(await bench.calls(ATTACH)).toHaveLength(0);
  });

  test('refused for want of a financial role is a task of the operator', async () => {
    const { bench, subject, attach } = await openOffice(
      { destinationFunding: 'none' },
      { funding: { ...LINE.funding, credential: 'destination' } },
    );
    expect(await problemIn(attach())).toMatchObject({
      class: 'needs_party',
      effect: 'none',
      triedAgain: false,
    });
    expect(await bench.effects('credit_attached')).toHaveLength(0);
    // Another number of the account brings the line meanwhile: what was refused to us is not ours.
    await attachOn(bench, aSubject(LINE));
    expect(await attachOn(bench, { ...subject, request: aSubject(LINE).request })).toMatchObject({
      alreadyAttached: true,
    });
  });
});

describe('a card of the client', () => {
  test('is found attached', async () => {
    const { attach } = await openOffice(
      { destinationFunding: 'card' },
      { funding: { payer: 'client_card' } },
    );
    expect(await attach()).toEqual({ payer: 'client_card', fundingId: '6002', alreadyAttached: true });
  });

  test('that is missing is a task of the client, because no API attaches it', async () => {
    const { attach } = await openOffice(
      { destinationFunding: 'none' },
      { funding: { payer: 'client_card' } },
    );
    expect(await problemIn(attach())).toMatchObject({ code: 'PAYMENT_METHOD_MISSING', party: 'client' });
  });
});

describe('the usage at the source', () => {
  const period = () => ({
    from: new Date(Date.now() - 7 * DAY_MS).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
  });

  test('is kept bucket by bucket, and a later empty reading does not replace it', async () => {
    const { bench, subject, snapshotUsage } = await openOffice({});
    await bench.act('send-traffic', { phoneNumber: PHONE_NUMBER, volume: 10, minutesAgo: 200 });
    await bench.act('send-traffic', { phoneNumber: PHONE_NUMBER, volume: 5, category: 'MARKETING' });
    const first = await run(snapshotUsage, { subject, ...period() });
    expect(first).toMatchObject({ whyUnseen: null });
    expect(first.buckets).toBe(2);
    bench.sandbox.platform.state.messages.length = 0;
    expect(await run(snapshotUsage, { subject, ...period() })).toEqual(first);
    const rows = await bench.store.ledgers.list(subject);
    expect(rows).toHaveLength(first.buckets);
    expect(rows[0]).toMatchObject({
      kind: 'usage_before',
      side: 'source',
      payer: 'acme-bsp',
      precision: 'half_hour',
    });
    expect(JSON.stringify(rows)).not.toContain('11987650001');
  });

  test('that is nothing is written down as nothing', async () => {
    const { bench, subject, snapshotUsage } = await openOffice({});
    expect(await run(snapshotUsage, { subject, ...period() })).toMatchObject({ buckets: 0, whyUnseen: null });
    expect(await bench.store.ledgers.list(subject)).toMatchObject([{ quantity: 0 }]);
  });

  test('that nobody may read is written down as unseen and holds nothing up', async () => {
    const source = { provider: 'acme-bsp', businessId: '1001', wabaId: '2001' };
    const { bench, subject, snapshotUsage } = await openOffice({}, { source });
    const told = await run(snapshotUsage, { subject, ...period() });
    expect(told.whyUnseen).toContain('no credential');
    expect(await bench.store.ledgers.list(subject)).toMatchObject([{ quantity: null, precision: 'unknown' }]);

    const denied = await openOffice({}, { source: { ...source, credential: 'destination' } });
    const refused = await run(denied.snapshotUsage, { subject: denied.subject, ...period() });
    expect(refused.whyUnseen).toContain('OBJECT_NOT_VISIBLE');
  });

  test('that cannot be read in passing is read again', async () => {
    const { bench, subject, snapshotUsage } = await openOffice({});
    await bench.fault({
      match: { method: 'GET', path: '/{waba}', nth: 1 },
      action: { type: 'fail', status: 500 },
    });
    expect(await problemIn(run(snapshotUsage, { subject, ...period() }))).toMatchObject({ triedAgain: true });
    expect(await run(snapshotUsage, { subject, ...period() })).toMatchObject({ whyUnseen: null });
  });
});

test('the ledger opened twice says the same once', async () => {
  const { bench, subject, attach, snapshotUsage, openLedger } = await withLine();
  const { fundingId } = await attach();
  await run(snapshotUsage, { subject, from: '2026-11-15T22:00:00.000Z', to: '2026-11-22T22:00:00.000Z' });
  const open = () =>
    run(openLedger, {
      ...{ subject, wabaId: DESTINATION_WABA, phoneNumberId: phoneNumberId('7001') },
      ...{ registerAttemptedAt: '2026-11-22T22:00:00.000Z', registeredAt: '2026-11-22T22:00:01.000Z' },
      connectedAt: '2026-11-22T22:00:02.000Z',
    });
  const first = await open();
  expect(await open()).toEqual(first);
  const rows = await bench.store.ledgers.list(subject);
  expect(rows.map(({ kind }) => kind)).toEqual([
    ...['funding', 'usage_before', 'cutover', 'payer_before', 'in_flight', 'payer_after', 'doubt'],
  ]);
  expect(rows.find(({ kind }) => kind === 'payer_after')).toMatchObject({
    payer: 'partner_credit',
    evidence: { fundingId },
  });
});
