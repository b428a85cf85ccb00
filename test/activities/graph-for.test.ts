import { pino } from 'pino';
import { CALLS_OF_ACTIVE_WABA, CALLS_OF_NEW_WABA, createGraphFor, SHARES } from '../../activities/graph-for';
import { listPhoneNumbers } from '../../platforms/meta/phone-numbers';
import { listWabasOfBusiness } from '../../platforms/meta/businesses';
import { businessIdSchema, wabaIdSchema } from '../../shared/ids';
import { startSandbox, straightWorld } from '../../sandbox';
import {
  StoreUnavailableError,
  type CallBudget,
  type Credential,
  type CredentialResolver,
} from '../../store';
import { atEndOfFile } from '../support/after-each-file';

const SOURCE = wabaIdSchema.parse('2001');

const sourceOnly: CredentialResolver['get'] = (_tenant, name) =>
  Promise.resolve(name === 'source' ? { accessToken: 'source-token' } : null);

const open = async (
  verdict: Awaited<ReturnType<CallBudget['take']>> = { granted: true },
  get: CredentialResolver['get'] = sourceOnly,
) => {
  const sandbox = await startSandbox({ world: straightWorld().world });
  atEndOfFile(() => sandbox.close());
  const taken: [string, number][] = [];
  const shares: (number | undefined)[] = [];
  const graphFor = createGraphFor({
    baseUrl: sandbox.url,
    version: 'v25.0',
    appId: '3001',
    clock: () => new Date(),
    logger: pino({ level: 'silent' }),
    credentials: { get, has: () => Promise.resolve(true) },
    callBudget: {
      take: (key, { capacity, share }) => {
        taken.push([key, capacity]);
        shares.push(share);
        return Promise.resolve(verdict);
      },
    },
  });
  return { graphFor, taken, shares };
};

test('an account is called as a new one until it is seen to have a connected number', async () => {
  const { graphFor, taken } = await open();
  const client = await graphFor('acme', 'source', SOURCE);
  await listPhoneNumbers(client, SOURCE);
  await listPhoneNumbers(await graphFor('acme', 'source', SOURCE), SOURCE);
  expect(taken).toEqual([
    ['3001/2001', CALLS_OF_NEW_WABA],
    ['3001/2001', CALLS_OF_ACTIVE_WABA],
  ]);
});

test('calls that concern no account are counted per app', async () => {
  const { graphFor, taken } = await open();
  await listWabasOfBusiness(await graphFor('acme', 'source'), businessIdSchema.parse('1001'), 'owned');
  expect(taken).toEqual([['3001/app', CALLS_OF_ACTIVE_WABA]]);
});

test('a spent budget stops the call before it is made, and says how long', async () => {
  const { graphFor } = await open({ granted: false, waitMs: 90_000 });
  const client = await graphFor('acme', 'source', SOURCE);
  await expect(listPhoneNumbers(client, SOURCE)).rejects.toMatchObject({
    problem: { code: 'CALL_BUDGET_SPENT', class: 'quota', waitMs: 90_000, effect: 'none' },
  });
});

test('a credential that nobody stored is the operator’s to store', async () => {
  const { graphFor } = await open();
  await expect(graphFor('acme', 'nobody')).rejects.toMatchObject({
    problem: {
      code: 'CREDENTIAL_MISSING',
      class: 'needs_party',
      party: 'operator',
      evidence: { credential: 'nobody' },
    },
  });
});

test('a credential that was missing, was stored, and cannot be read in time now is not taken for missing', async () => {
  let answer: () => Promise<Credential | null> = () => Promise.resolve(null);
  const { graphFor } = await open({ granted: true }, () => answer());
  const missing = { problem: { code: 'CREDENTIAL_MISSING' } };
  await expect(graphFor('acme', 'source')).rejects.toMatchObject(missing);
  answer = () => Promise.reject(new StoreUnavailableError(new Error('hangs')));
  await expect(graphFor('acme', 'source')).rejects.toMatchObject({
    problem: { code: 'STORE_UNAVAILABLE', class: 'transient' },
  });
  answer = () => Promise.resolve({ accessToken: 'source-token' });
  await graphFor('acme', 'source');
  answer = () => Promise.reject(new StoreUnavailableError(new Error('hangs')));
  await expect(graphFor('acme', 'source')).resolves.toBeDefined();
});

test('what waits for people may use less of the hour than a cut-over that begins, and that one less than one under way', async () => {
  const { graphFor, shares } = await open();
  for (const standing of ['waiting', 'before_announcement', undefined] as const) {
    await listPhoneNumbers(await graphFor('acme', 'source', SOURCE, standing), SOURCE);
  }
  expect(shares).toEqual([SHARES.waiting, SHARES.before_announcement, SHARES.cutover]);
  expect(shares).toEqual([0.6, 0.8, 1]);
});
