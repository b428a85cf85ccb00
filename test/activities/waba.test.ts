import { createWabaActivities } from '../../activities/waba';
import { newWabaAmong } from '../../activities/waba/find-waba';
import { wabaIdSchema } from '../../shared/ids';
import type { StartRequestBody } from '../../shared/requests';
import { straightIds } from '../../sandbox/world/straight-world';
import { aSubject, DESTINATION_WABA, openBenches, problemIn, run, type Bench } from './world';

const open = openBenches('waba');
const on = (bench: Bench, clock = () => new Date()) =>
  createWabaActivities({ ...bench.deps, appId: straightIds.appId, clock });

const unnamed = { provider: 'meta', businessId: '1001', credential: 'destination' } as const;
const named = { ...unnamed, wabaId: straightIds.destinationWabaId };
const waba = (id: string) => wabaIdSchema.parse(id);

const establish = (bench: Bench, request: Partial<StartRequestBody> = {}) =>
  run(on(bench).establishDestination, { subject: aSubject(request), known: null, signupWabaId: null });

test('the account that is named is adopted', async () => {
  const bench = await open();
  expect(await establish(bench, { destination: named })).toMatchObject({
    kind: 'established',
    wabaId: DESTINATION_WABA,
    ownerBusinessId: '1001',
  });
});

test('an account of another business is refused for good', async () => {
  const bench = await open({
    change: (world) => {
      world.businesses?.push({ id: '1009', name: 'Somebody Else' });
      for (const one of world.wabas ?? [])
        if (one.id === straightIds.destinationWabaId) one.businessId = '1009';
    },
  });
  expect(await problemIn(establish(bench))).toMatchObject({
    code: 'DIFFERENT_BUSINESS',
    class: 'permanent',
    party: 'client',
    triedAgain: false,
  });
});

test('the account that the number leaves is not taken for the destination, whoever names it', async () => {
  const bench = await open();
  const { sourceWabaId } = straightIds;
  const parked = { code: 'DESTINATION_IS_SOURCE', party: 'operator', triedAgain: false };
  const subject = aSubject({ destination: unnamed });
  const { establishDestination } = on(bench);
  const bySignup = run(establishDestination, { subject, known: null, signupWabaId: waba(sourceWabaId) });
  expect(await problemIn(bySignup)).toMatchObject(parked);
});

test.each([
  ['PENDING', 'DESTINATION_REVIEW_PENDING', 'meta'],
  ['REJECTED', 'DESTINATION_NOT_APPROVED', 'client'],
] as const)('an account whose review is %s parks the step', async (reviewStatus, code, party) => {
  const bench = await open({
    change: (world) => {
      for (const one of world.wabas ?? [])
        if (one.id === straightIds.destinationWabaId) one.reviewStatus = reviewStatus;
    },
  });
  expect(await problemIn(establish(bench))).toMatchObject({ code, party, triedAgain: false });
});

test('without a name the client is awaited, and the account that appears is the one', async () => {
  const bench = await open();
  const { establishDestination } = on(bench);
  const subject = aSubject({ destination: unnamed, business: { name: 'Padaria Sol' } });
  const first = await run(establishDestination, { subject, known: null, signupWabaId: null });
  if (first.kind !== 'awaiting') throw new Error(`expected to wait, got ${first.kind}`);
  // The destination's token sees its own accounts only, so the source's is not among them.
  expect(first.known).toEqual([DESTINATION_WABA]);
  expect(first.proposedName).toMatch(/^Padaria Sol meta \d{4}-\d{2}-\d{2}$/);

  const { known } = first;
  expect(await run(establishDestination, { subject, known, signupWabaId: null })).toEqual(first);
  const before = known.filter((id) => id !== DESTINATION_WABA);
  expect(await run(establishDestination, { subject, known: before, signupWabaId: null })).toMatchObject({
    kind: 'established',
    wabaId: DESTINATION_WABA,
  });
});

test('what the popup returned names the account', async () => {
  const bench = await open();
  const input = { subject: aSubject({ destination: unnamed }), known: [], signupWabaId: DESTINATION_WABA };
  expect(await run(on(bench).establishDestination, input)).toMatchObject({ wabaId: DESTINATION_WABA });
});

test('several new accounts are for a person to tell apart, unless one has the proposed name', () => {
  const before = { known: [waba('1')], source: waba('2'), proposedName: 'Sol' };
  const listed = (...names: (string | null)[]) =>
    names.map((name, index) => ({ id: waba(String(index + 1)), name }));
  expect(newWabaAmong(listed('old', 'source'), before)).toEqual({ kind: 'none' });
  expect(newWabaAmong(listed('old', 'source', 'new'), before)).toEqual({ kind: 'one', wabaId: '3' });
  expect(newWabaAmong(listed('old', 'source', 'a', 'Sol'), before)).toEqual({ kind: 'one', wabaId: '4' });
  expect(newWabaAmong(listed('old', 'source', 'a', null), before)).toEqual({
    kind: 'several',
    candidates: ['3', '4'],
  });
  expect(newWabaAmong(listed('old', 'source', 'Sol', 'Sol'), before)).toEqual({
    kind: 'several',
    candidates: ['3', '4'],
  });
});

const subscription = (bench: Bench, subject = aSubject(), attempt = 1) =>
  run(on(bench).subscribeApp, { subject, wabaId: DESTINATION_WABA }, attempt);

const notSubscribed = {
  change: (world: { wabas?: { id: string; subscribedApps?: unknown[] | undefined }[] | undefined }) => {
    for (const one of world.wabas ?? [])
      if (one.id === straightIds.destinationWabaId) one.subscribedApps = [];
  },
};

const subscribing = async (bench: Bench) =>
  (await bench.calls('/{waba}/subscribed_apps')).filter(({ method }) => method === 'POST');

test('the app is subscribed once, stays ours however often the step is repeated, and was there before for another number', async () => {
  const bench = await open(notSubscribed);
  const subject = aSubject();
  expect(await subscription(bench, subject)).toEqual({ alreadySubscribed: false });
  expect(await subscription(bench, subject)).toEqual({ alreadySubscribed: false });
  expect(await subscription(bench)).toEqual({ alreadySubscribed: true });
  expect(await subscribing(bench)).toHaveLength(1);
});

test('a subscription whose reply is lost is found by the next attempt, as ours', async () => {
  const bench = await open(notSubscribed);
  const subject = aSubject();
  await bench.fault({
    match: { method: 'POST', path: '/*/subscribed_apps', times: 1 },
    action: { type: 'act-then-drop' },
  });
  expect(await problemIn(subscription(bench, subject))).toMatchObject({
    code: 'ANSWER_LOST',
    class: 'unknown_outcome',
    effect: 'unknown',
    triedAgain: true,
  });
  expect(await subscription(bench, subject, 2)).toEqual({ alreadySubscribed: false });
  expect(await subscribing(bench)).toHaveLength(1);
});

test('a subscription that Meta refused is not ours when another number’s is found later', async () => {
  const bench = await open(notSubscribed);
  const subject = aSubject();
  await bench.fault({
    match: { method: 'POST', path: '/*/subscribed_apps', times: 1 },
    action: { type: 'fail', status: 403, code: 200 },
  });
  expect(await problemIn(subscription(bench, subject))).toMatchObject({ effect: 'none' });
  await subscription(bench);
  expect(await subscription(bench, subject)).toEqual({ alreadySubscribed: true });
});

test('a database that hangs holds no subscription up, and a repeated try still counts it as ours', async () => {
  const bench = await open(notSubscribed);
  const hangs = () => new Promise<never>(() => undefined);
  const notes = { ...bench.store.notes, noteOnce: hangs, read: hangs };
  const hanging = { ...bench, deps: { ...bench.deps, store: { ...bench.store, notes } } };
  const subject = aSubject();
  expect(await subscription(hanging, subject)).toEqual({ alreadySubscribed: false });
  expect(await subscription(hanging, subject, 2)).toEqual({ alreadySubscribed: false });
  expect(await subscribing(bench)).toHaveLength(1);
});
