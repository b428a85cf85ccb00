/** Preconditions that stand in the way alone: several numbers of one world, each with one problem, heard of over HTTP. */
import { createServer } from 'node:https';
import { generate } from 'selfsigned';
import type { Migration } from '../../client';
import type { WorldInput } from '../../sandbox/world/schema';
import { atEndOfFile } from '../support/after-each-file';
import { isClosed, openJourney } from '../support/journey';
import { isWaitingIn, openTask, refusalOf } from './timed-journey';

const found = ({ findings }: Migration, code: string) => findings.find((finding) => finding.code === code);

/** Changes to the accounts of a straight world by id, and to its records and subscribers by their place. */
const changed =
  (changes: { wabas?: Record<string, object>; records?: object[]; subscribers?: object[] }) =>
  (world: WorldInput): WorldInput => ({
    ...world,
    wabas: (world.wabas ?? []).map((waba) => ({ ...waba, ...changes.wabas?.[waba.id] })),
    records: (world.records ?? []).map((record, place) => ({ ...record, ...changes.records?.[place] })),
    subscribers: (world.subscribers ?? []).map((subscriber, place) => ({
      ...subscriber,
      ...changes.subscribers?.[place],
    })),
  });

test('R3, R20, meta §3.4: a banned, restricted or deregistered number waits for the source provider (P-5), a flagged or rate-limited one goes on with a warning, as one whose account is limited does (meta §3.5)', async () => {
  const { people, start, until } = await openJourney({
    numbers: 5,
    change: changed({
      wabas: { '2001': { limits: ['The message limit grows when the display name is approved.'] } },
      records: [
        ...['BANNED', 'RESTRICTED', 'FLAGGED', 'RATE_LIMITED'].map((status) => ({ status })),
        { status: 'DISCONNECTED', platformType: 'NOT_APPLICABLE' },
      ],
    }),
  });
  for (const [place, status] of ['BANNED', 'RESTRICTED'].entries()) {
    const { id } = await start({}, place);
    const stopped = await until(id, isWaitingIn('eligibility'));
    expect(openTask(stopped, 'number_not_live_at_source')).toMatchObject({
      party: 'source_provider',
      requirement: 'R3',
      howTo: expect.stringContaining('Business Support Home'),
    });
    expect(found(stopped, 'NUMBER_NOT_LIVE_AT_SOURCE')).toMatchObject({
      severity: 'blocker',
      evidence: { status },
    });
  }
  // E3 would end it with all that was built up lost; its provider can register it again (P-5, meta §12.2 S7).
  const deregistered = await until((await start({}, 4)).id, isWaitingIn('eligibility'));
  expect(openTask(deregistered, 'number_not_live_at_source')).toMatchObject({
    party: 'source_provider',
    howTo: expect.stringContaining('do not add it as a new number'),
  });
  expect(found(deregistered, 'NO_MIGRATION_NEEDED')).toBeUndefined();
  expect(await people.effects('')).toEqual([]);
  for (const [place, status] of ['FLAGGED', 'RATE_LIMITED'].entries()) {
    const goesOn = await until((await start({}, place + 2)).id, isWaitingIn('ownership'));
    expect(found(goesOn, 'NUMBER_NOT_LIVE_AT_SOURCE')).toMatchObject({
      severity: 'warning',
      evidence: { status },
    });
    expect(found(goesOn, 'SOURCE_SENDS_WITHIN_LIMITS')).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('“The message limit grows when the display name is approved.”'),
    });
  }
});

test('R25, meta §3.2: a source account that was mistyped is found out by its neighbours, is corrected, and the number moves', async () => {
  const { stage, body, start, until, handInCode } = await openJourney({
    numbers: 2,
    change: (world) => ({
      ...world,
      wabas: [
        ...(world.wabas ?? []),
        { id: '2005', name: 'Padaria Sol, old', businessId: '1001', sharedWith: ['1900'] },
      ],
      tokens: (world.tokens ?? []).map((token) =>
        token.name === 'source' ? { ...token, targetIds: [...token.targetIds, '2005'] } : token,
      ),
    }),
  });
  const from = (wabaId: string) => ({ source: { ...body().source, wabaId } });
  const other = await start(from('2005'), 0);
  const nowhere = await start(from('2999'), 1);
  for (const { id } of [other, nowhere]) {
    const stopped = await until(id, isWaitingIn('eligibility'));
    // What the right account will show is asked of nobody.
    expect(stopped.tasks.filter(({ blocking, status }) => blocking && status === 'open')).toMatchObject([
      {
        ...{ kind: 'number_in_other_account', party: 'operator', requirement: 'R25' },
        howTo: expect.stringContaining('PATCH source.wabaId to 2001'),
      },
    ]);
  }
  const toDestination = stage.client.amendMigration(other.id, { source: { wabaId: '2002' } });
  expect(await refusalOf(toDestination)).toMatchObject({
    ...{ status: 422, code: 'invalid_request' },
    problem: { errors: [{ pointer: '/source/wabaId', expected: 'a WABA other than the destination WABA' }] },
  });

  await stage.client.amendMigration(other.id, { source: { wabaId: '2001' } });
  await stage.client.amendMigration(nowhere.id, { source: { wabaId: '2001' } });
  await until(nowhere.id, isWaitingIn('ownership'));
  await handInCode(other.id, 0);
  const moved = await until(other.id, isClosed);
  expect(moved).toMatchObject({
    ...{ state: 'completed', outcome: 'migrated', source: { wabaId: '2001', phoneNumberId: '7001' } },
    baseline: { phoneNumberId: '7001' },
  });
  expect(found(moved, 'NUMBER_IN_OTHER_ACCOUNT')).toBeUndefined();
  const tooLate = stage.client.amendMigration(nowhere.id, { source: { wabaId: '2005' } });
  expect(await refusalOf(tooLate)).toMatchObject({
    status: 409,
    code: 'field_frozen',
  });
});

test('meta §1.1: a source without payment stops the signup route and not the programmatic one; a card at the source lets it on', async () => {
  const { stage, people, straight, body, start, until } = await openJourney({
    numbers: 2,
    change: changed({ wabas: { '2001': { funding: null } } }),
  });
  const { businessId, sourceWabaId } = straight.ids;
  const { credential } = body().destination;
  const signup = await start({
    route: 'embedded_signup',
    destination: { provider: 'meta', businessId, credential },
    templates: { copy: false },
  });
  const stopped = await until(signup.id, isWaitingIn('eligibility'));
  expect(openTask(stopped, 'source_payment_problem')).toMatchObject({
    party: 'source_provider',
    requirement: 'meta §1.1',
    howTo: expect.stringContaining('Payment settings'),
  });
  expect(openTask(stopped, 'complete_signup')).toBeUndefined();

  const programmatic = await until((await start({}, 1)).id, isWaitingIn('ownership'));
  expect(found(programmatic, 'SOURCE_PAYMENT_PROBLEM')?.severity).not.toBe('blocker');

  await people.act('attach-card', { wabaId: sourceWabaId });
  await stage.client.recheck(signup.id);
  const goesOn = await until(signup.id, (migration) => openTask(migration, 'complete_signup') !== undefined);
  expect(found(goesOn, 'SOURCE_PAYMENT_PROBLEM')).toBeUndefined();
});

test('R24, P-2: people at the account of whom none may manage it stop the migration, whatever was stated, until an admin of the portfolio gives somebody full control', async () => {
  const desk = { name: 'desk', businessId: '1001', tasks: ['VIEW_COST'] };
  const { stage, people, start, until } = await openJourney({
    change: changed({
      wabas: {
        '2001': {
          // More than a page of them.
          assignedUsers: Array.from({ length: 101 }, (_, n) => ({ ...desk, id: String(8101 + n) })),
        },
      },
    }),
  });
  const { id } = await start({
    attestations: [{ requirement: 'R24', statement: 'Ana Souza is admin and takes part' }],
  });
  const stopped = await until(id, isWaitingIn('eligibility'));
  expect(openTask(stopped, 'admin_access_not_stated')).toMatchObject({
    ...{ requirement: 'R24', party: 'client', blocking: true },
    howTo: expect.stringContaining('Full control'),
  });
  expect(found(stopped, 'ADMIN_ACCESS_NOT_STATED')).toMatchObject({
    ...{ severity: 'blocker', evidence: { assigned: 101, managers: 0 } },
  });
  expect(await people.effects('announced')).toEqual([]);

  const ana = { userId: '8999', name: 'Ana Souza', businessId: '1001', tasks: ['MANAGE'] };
  await people.act('give-tasks', { wabaId: '2001', ...ana });
  await stage.client.recheck(id);
  const goesOn = await until(id, isWaitingIn('ownership'));
  expect(found(goesOn, 'ADMIN_ACCESS_NOT_STATED')).toBeUndefined();
});

test('§7.3, 130497: a number of Crimea is not served, one of a range with served places is a person’s to look at', async () => {
  const { stage, body, until } = await openJourney({
    numbers: 2,
    change: changed({ subscribers: [{ digits: '79781234567' }, { digits: '380621234567' }] }),
  });
  const barred = await stage.client.startMigration({ ...body(), phoneNumber: '+79781234567' });
  const stopped = await until(barred.id, isWaitingIn('eligibility'));
  expect(openTask(stopped, 'country_not_served')).toMatchObject({ party: 'client' });
  expect(found(stopped, 'COUNTRY_NOT_SERVED')).toMatchObject({
    evidence: { place: 'Crimea', because: 'number' },
  });
  const doubtful = await stage.client.startMigration({ ...body({}, 1), phoneNumber: '+380621234567' });
  const goesOn = await until(doubtful.id, isWaitingIn('ownership'));
  expect(found(goesOn, 'COUNTRY_NOT_SERVED')).toMatchObject({ severity: 'warning' });
});

test('§7.3: a number of a served country in an account of one that is not served is refused for the account', async () => {
  const { start, until } = await openJourney({ change: changed({ wabas: { '2001': { country: 'IR' } } }) });
  const stopped = await until((await start()).id, isWaitingIn('eligibility'));
  expect(found(stopped, 'COUNTRY_NOT_SERVED')).toMatchObject({
    severity: 'blocker',
    evidence: { place: 'Iran', because: 'country of the account' },
  });
});

test('R3, 360dialog §2.4: one of several numbers on the same platform moves by itself, and hears what a change of partner would do', async () => {
  const { start, until, handInCode } = await openJourney({
    numbers: 3,
    stage: { policy: { eligibility: { ownPlatform: 'acme-bsp' } } },
  });
  const { id } = await start();
  await handInCode(id);
  const moved = await until(id, isClosed);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(found(moved, 'PARTNER_CHANGE_NEEDED')).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('all 3 numbers'),
    evidence: { numberCount: 3 },
  });
});

test('R28: a web site whose certificate nobody has signed stops the move, with that reason', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const site = createServer({ key, cert }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Padaria Sol</title>');
  });
  await new Promise<void>((ready) => site.listen(0, '127.0.0.1', ready));
  atEndOfFile(
    () =>
      new Promise<void>((closed) => {
        site.close(() => {
          closed();
        });
        site.closeAllConnections();
      }),
  );
  const address = site.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  const host = `localhost:${String(address.port)}`;
  const { start, until } = await openJourney({ stage: { siteHosts: [host] } });
  const { id } = await start({ business: { name: 'Padaria Sol', website: `https://${host}` } });
  const stopped = await until(id, isWaitingIn('eligibility'));
  expect(openTask(stopped, 'website_not_live')).toMatchObject({
    ...{ party: 'client', requirement: 'R28' },
    title: expect.stringContaining('certificate'),
  });
  expect(found(stopped, 'WEBSITE_NOT_LIVE')?.evidence).toMatchObject({ kind: 'dead', why: 'certificate' });
});
