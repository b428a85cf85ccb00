/** What stands against a move and is seen at the accounts alone: told by dry runs, then lifted one after the other. */
import type { Migration, StartRequestBody } from '../../client';
import type { WorldInput } from '../../sandbox/world/schema';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { errorOf, isBlockedIn, isWaitingIn, openTask } from '../waits/timed-journey';

/** Of the same portfolio as the straight world's destination: one paid by another partner and full, one nobody shared. */
const FULL_AND_PAID_BY_ANOTHER = '2003';
const NOT_SHARED = '2004';

/** A young portfolio, not verified, whose two numbers are all that it may have. */
const young = (world: WorldInput): WorldInput => ({
  ...world,
  businesses: (world.businesses ?? []).map((business) =>
    business.id === '1001'
      ? { ...business, verificationStatus: 'not_verified', messagingLimit: 'TIER_250', numberCap: 2 }
      : business,
  ),
  wabas: [
    ...(world.wabas ?? []).map((waba) =>
      waba.id === '2002' ? { ...waba, obo: { businessId: '1000', status: 'PENDING' as const } } : waba,
    ),
    {
      ...{ id: FULL_AND_PAID_BY_ANOTHER, name: 'Padaria Sol, second', businessId: '1001' },
      ...{ sharedWith: ['1000'], templateLimit: 2 },
    },
    { id: NOT_SHARED, name: 'Padaria Sol, of her own', businessId: '1001' },
  ],
  tokens: (world.tokens ?? []).map((token) =>
    token.name === 'source' ? token : { ...token, targetIds: [...token.targetIds, FULL_AND_PAID_BY_ANOTHER] },
  ),
});

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 2, templates: 3, change: young });
});

const found = ({ findings }: Migration, code: string) => findings.find((finding) => finding.code === code);

const dryRun = async (patch: Partial<StartRequestBody> = {}): Promise<Migration> => {
  const { id } = await journey.start({ ...patch, mode: 'dry_run' });
  return journey.until(id, isClosed);
};

const to = (wabaId: string): StartRequestBody['destination'] => ({ ...journey.body().destination, wabaId });

const funded = (change: object): StartRequestBody['funding'] => ({
  ...{ payer: 'partner_credit', creditLineId: journey.straight.ids.creditLineId, currency: 'USD' },
  ...{ credential: 'meta-system', ...change },
});

test('R26, R20, meta §1.1: a business that is not verified, an open "Messaging for" request and a portfolio that is full are told in one look', async () => {
  const told = await dryRun();
  expect(found(told, 'BUSINESS_NOT_VERIFIED')).toMatchObject({
    ...{ requirement: 'R26', severity: 'blocker', party: 'client' },
    evidence: { source: 'not_verified', destination: 'not_verified' },
  });
  expect(found(told, 'ON_BEHALF_REQUEST_PENDING')).toMatchObject({
    ...{ requirement: 'R20', severity: 'blocker', party: 'client' },
    evidence: { onBehalfOfStatus: 'PENDING' },
  });
  expect(found(told, 'NUMBER_CAP_REACHED')).toMatchObject({
    ...{ requirement: 'meta §1.1', severity: 'warning', party: 'client' },
    evidence: { otherNumbers: 1, cap: 2 },
  });
  expect(told.plan.verdict).toMatchObject({
    ready: false,
    blockers: ['BUSINESS_NOT_VERIFIED', 'ON_BEHALF_REQUEST_PENDING'],
  });
});

test('R16: a line of credit that the named credential cannot use is the operator’s, whatever hides it', async () => {
  const withoutRights = await dryRun({ funding: funded({ credential: 'meta-destination' }) });
  const ofAnother = await dryRun({ funding: funded({ creditLineId: '5900' }) });
  for (const [told, creditLineId] of [
    [withoutRights, '5001'],
    [ofAnother, '5900'],
  ] as const) {
    expect(found(told, 'CREDIT_LINE_NOT_USABLE')).toMatchObject({
      ...{ requirement: 'R16', severity: 'blocker', party: 'operator', evidence: { creditLineId } },
      remedy: expect.stringContaining('Financial Editor'),
    });
    expect(told.plan.verdict.ready).toBe(false);
  }
  expect(found(await dryRun(), 'CREDIT_LINE_NOT_USABLE')).toBeUndefined();
});

test('R16, R6: an account that another partner’s line pays for is named with the way out, and one with too little room with what finds none', async () => {
  const { act } = journey.people;
  await act('attach-line', { wabaId: FULL_AND_PAID_BY_ANOTHER, creditLineId: '5900' });
  const told = await dryRun({
    destination: to(FULL_AND_PAID_BY_ANOTHER),
    templates: { required: ['order_update/pt_BR'] },
  });
  expect(found(told, 'FUNDING_ALREADY_ATTACHED')).toMatchObject({
    ...{ requirement: 'R16', severity: 'blocker', party: 'operator', evidence: { ours: false } },
    remedy: expect.stringContaining('destination.wabaId'),
  });
  expect(found(told, 'TEMPLATE_CAPACITY_TOO_SMALL')).toMatchObject({
    ...{ requirement: 'R6', severity: 'warning', party: 'client' },
    evidence: { sourceTemplates: 3, free: 2, limit: 2 },
  });
  // What cannot do without is no warning any more.
  const short = await dryRun({
    destination: to(FULL_AND_PAID_BY_ANOTHER),
    templates: { required: ['order_update/pt_BR', 'delivery_notice/pt_BR', 'appointment_reminder/pt_BR'] },
  });
  expect(found(short, 'TEMPLATE_CAPACITY_TOO_SMALL')).toMatchObject({ severity: 'blocker' });
});

test('meta §1.1, R25: an account that nobody shared is the operator’s to have shared; a business id that Meta does not show is named beside it', async () => {
  const hidden = await dryRun({ destination: to(NOT_SHARED) });
  expect(found(hidden, 'DESTINATION_UNREADABLE')).toMatchObject({
    ...{ requirement: 'meta §1.1', severity: 'blocker', party: 'operator' },
    evidence: { why: expect.stringContaining('OBJECT_NOT_VISIBLE') },
    remedy: expect.stringContaining('Assign partner'),
  });
  expect(hidden.plan.verdict.blockers).toContain('DESTINATION_UNREADABLE');
  const misnamed = await dryRun({ source: { ...journey.body().source, businessId: '1009' } });
  expect(found(misnamed, 'BUSINESS_ID_WRONG')).toMatchObject({
    ...{ requirement: 'R25', severity: 'warning', party: 'operator' },
    evidence: { differing: [{ side: 'source', named: '1009', shown: '1001' }] },
  });
});

test('R26, R20, §6.4 2388103: the number waits with a task for each, and goes on when they are done; a portfolio that is full parks the announcement until a number has left', async () => {
  const { stage, people, start, until, straight } = journey;
  const { id } = await start();
  const stopped = await until(id, isWaitingIn('eligibility'));
  expect(openTask(stopped, 'business_not_verified')).toMatchObject({ party: 'client', requirement: 'R26' });
  expect(openTask(stopped, 'on_behalf_request_pending')).toMatchObject({
    ...{ party: 'client', requirement: 'R20' },
  });
  await people.act('business-verification', { businessId: straight.ids.businessId, status: 'verified' });
  await people.act('accept-obo', { wabaId: straight.ids.destinationWabaId });
  await stage.client.recheck(id);
  const full = await until(id, isBlockedIn('announcement'));
  for (const code of ['BUSINESS_NOT_VERIFIED', 'ON_BEHALF_REQUEST_PENDING'])
    expect(found(full, code)).toBeUndefined();
  expect(errorOf(full, 'announcement')).toBe('NUMBER_CAP_REACHED');
  expect(full.waitingFor).toMatchObject({ party: 'client' });
  expect(await people.effects('announced')).toEqual([]);
  await people.act('delete-number', { number: straight.numbers[1]?.subscriberId });
  await stage.client.retryStep(id, { reason: 'the other number has left' });
  await until(id, isWaitingIn('ownership'));
  expect(await people.effects('announced')).toHaveLength(1);
});
