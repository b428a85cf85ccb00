/** A partner's line of credit, glued to the account once it is attached (R16, meta §3.1, §5.1): every way it goes wrong. */
import { isClosed, openJourney, type Journey } from '../support/journey';
import { errorOf, isBlockedIn, isWaitingIn, openTask } from './timed-journey';

const migrated = { state: 'completed', outcome: 'migrated' };
const ONE_CALL = '/{credit}/whatsapp_credit_sharing_and_attach';
const SHARE = '/{credit}/whatsapp_credit_sharing';
const ATTACH = '/{credit}/whatsapp_credit_attach';
const callsTo = (path: string) => `?method=POST&path=${encodeURIComponent(path)}`;

const codesOf = ({ findings }: Awaited<ReturnType<Journey['until']>>) => findings.map(({ code }) => code);
const inCurrency = ({ straight }: Journey, currency: string) => ({
  ...{ payer: 'partner_credit' as const, creditLineId: straight.ids.creditLineId, currency },
  credential: 'meta-system',
});

test('meta §5.1: a currency that Meta does not take is told in the first look, and refused when the line is attached; another one is the way out', async () => {
  const journey = await openJourney({ templates: 0 });
  const { stage, people, start, until, handInCode } = journey;
  const { id } = await start({ funding: inCurrency(journey, 'CHF') });
  const parked = await until(id, isBlockedIn('funding'));
  expect(errorOf(parked, 'funding')).toBe('CREDIT_CURRENCY_REFUSED');
  expect(parked.waitingFor).toMatchObject({ party: 'operator' });
  expect(parked.findings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: 'FUNDING_CURRENCY_UNKNOWN', severity: 'warning' }),
      expect.objectContaining({ code: 'FUNDING_CURRENCY_DIFFERS', severity: 'warning' }),
    ]),
  );
  expect(await people.effects('credit_shared')).toEqual([]);
  await stage.client.amendMigration(id, { funding: inCurrency(journey, 'USD') });
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  expect(await people.effects('credit_attached')).toHaveLength(1);
});

test('meta §3.1: an account whose currency is frozen takes the line in no other; the ledger says in which it is billed', async () => {
  const journey = await openJourney({
    ...{ templates: 0, destinationFunding: 'credit_line' as const },
    change: (world) => ({
      ...world,
      wabas: world.wabas?.map((waba) => (waba.id === '2002' ? { ...waba, currency: 'BRL' } : waba)),
    }),
  });
  const { stage, start, until, handInCode } = journey;
  const { id } = await start();
  const asked = await until(id, isWaitingIn('eligibility'));
  expect(openTask(asked, 'funding_currency_differs')).toMatchObject({
    ...{ party: 'operator', requirement: 'R16' },
    howTo: expect.stringMatching(/Set funding.currency to BRL/),
  });
  await stage.client.amendMigration(id, { funding: inCurrency(journey, 'BRL') });
  await handInCode(id);
  expect(codesOf(await until(id, isClosed))).not.toContain('FUNDING_CURRENCY_DIFFERS');
  const { items } = await stage.client.getBilling(id);
  expect(items.find(({ kind }) => kind === 'funding')).toMatchObject({ currency: 'BRL' });
});

test('meta §2.5: where Meta takes a line only in the currency of the account, the refusal says so and nothing is attached', async () => {
  const journey = await openJourney({ templates: 0, knobs: { attachCurrency: 'must_match' } });
  const { people, start, until } = journey;
  const { id } = await start({ funding: inCurrency(journey, 'EUR') });
  const parked = await until(id, isBlockedIn('funding'));
  expect(errorOf(parked, 'funding')).toBe('CREDIT_CURRENCY_REFUSED');
  expect(codesOf(parked)).toContain('FUNDING_CURRENCY_DIFFERS');
  expect(await people.effects('credit_attached')).toEqual([]);
});

test('meta §5.1: a line that another partner attached meanwhile cannot be replaced; a new account with funding is the way out', async () => {
  const journey = await openJourney({ templates: 0 });
  const { stage, people, straight, start, until, handInCode } = journey;
  const { businessId, destinationWabaId, otherCreditLineId } = straight.ids;
  const { id } = await start({ cutover: { approval: 'manual' } });
  await until(id, (migration) => openTask(migration, 'approve_cutover') !== undefined);
  await people.act('attach-line', { wabaId: destinationWabaId, creditLineId: otherCreditLineId });
  await stage.client.approveCutover(id, 'go');
  const parked = await until(id, isBlockedIn('funding'));
  expect(parked.steps.find(({ name }) => name === 'funding')?.error).toMatchObject({
    ...{ code: 'FUNDING_ATTACHED_BY_OTHER', party: 'operator', effect: 'none' },
    remedy: expect.stringMatching(/new WABA.*destination\.wabaId/),
  });
  expect(await people.requests(callsTo(ONE_CALL))).toEqual([]);
  expect(await people.effects('announced')).toEqual([]);

  const made = await people.act('complete-signup', { businessId, wabaName: 'another account' });
  const wabaId = typeof made === 'object' && made !== null && 'wabaId' in made ? String(made.wabaId) : '';
  const { funding } = journey.body();
  await stage.client.amendMigration(id, { destination: { wabaId }, funding });
  await until(id, (migration) => openTask(migration, 'approve_cutover') !== undefined);
  await stage.client.approveCutover(id, 'with the new account');
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject({ ...migrated, destination: { wabaId } });
  const ours = (await people.effects('credit_attached')).filter(
    ({ ids }) => ids['creditLine'] === straight.ids.creditLineId,
  );
  expect(ours.map(({ ids }) => ids['waba'])).toEqual([wabaId]);
});

test('meta §5.1: the attachment whose reply was lost is seen by its payment account, and the line is shared once', async () => {
  const { people, start, until, handInCode } = await openJourney({ templates: 0 });
  await people.fault({ match: { path: ONE_CALL, nth: 1 }, action: { type: 'act-then-drop' } });
  const { id } = await start();
  await handInCode(id);
  expect(await until(id, isClosed)).toMatchObject(migrated);
  expect(await people.requests(callsTo(ONE_CALL))).toHaveLength(1);
  expect(await people.effects('credit_shared')).toHaveLength(1);
  expect(await people.effects('credit_attached')).toHaveLength(1);
});

describe('the newer two calls (meta §5.1), where the deployment says so', () => {
  const twoCalls = () => openJourney({ templates: 0, stage: { policy: { creditSharing: 'two_calls' } } });

  test('share with the system token, attach with the destination’s', async () => {
    const { people, start, until, handInCode } = await twoCalls();
    const { id } = await start();
    await handInCode(id);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject(migrated);
    const calls = moved.plan.steps.find(({ step }) => step === 'funding')?.calls ?? [];
    const writes = calls.filter(({ method }) => method === 'POST');
    expect(writes.map(({ path }) => path)).toEqual([
      '/5001/whatsapp_credit_sharing',
      '/5001/whatsapp_credit_attach',
    ]);
    expect(await people.requests(callsTo(ONE_CALL))).toEqual([]);
    expect(await people.requests(callsTo(SHARE))).toMatchObject([{ token: 'system' }]);
    expect(await people.requests(callsTo(ATTACH))).toMatchObject([{ token: 'destination' }]);
  });

  test('lose both replies, and yet there is one share and one attachment', async () => {
    const { people, start, until, handInCode } = await twoCalls();
    for (const path of [SHARE, ATTACH]) {
      await people.fault({ match: { path, nth: 1 }, action: { type: 'act-then-drop' } });
    }
    const { id } = await start();
    await handInCode(id);
    expect(await until(id, isClosed)).toMatchObject(migrated);
    expect(await people.requests(callsTo(SHARE))).toHaveLength(1);
    expect(await people.requests(callsTo(ATTACH))).toHaveLength(1);
    expect(await people.effects('credit_shared')).toHaveLength(1);
    expect(await people.effects('credit_attached')).toHaveLength(1);
  });
});
