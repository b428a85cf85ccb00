/** What begins at the client's, per effect: done once, done twice, reply lost, refused (meta §2.1, §2.3). */
import { createPartnerApp } from '../../activities/partner-app';
import { createSignupActivities } from '../../activities/signup';
import { straightIds } from '../../sandbox/world/straight-world';
import { StoreUnavailableError, type Store } from '../../store';
import { aSubject, openBenches, problemIn, run, SOURCE_WABA, type Bench } from './world';

const open = openBenches('client-routes');

const on = (bench: Bench, store: Partial<Store> = {}) => {
  const app = bench.sandbox.world().apps.find(({ id }) => id === straightIds.appId);
  const partnerApp = createPartnerApp(
    { id: straightIds.appId, secret: app?.secret },
    { baseUrl: bench.sandbox.url, version: 'v25.0', logger: bench.deps.logger },
  );
  return createSignupActivities({ ...bench.deps, partnerApp, store: { ...bench.store, ...store } });
};

/** A database that is away for so many calls; each acts all the same when its reply is what is lost. */
const awayFor = <A extends unknown[], R>(
  times: number,
  call: (...args: A) => Promise<R>,
  acting = false,
): ((...args: A) => Promise<R>) => {
  let left = times;
  return async (...args) => {
    if (left === 0) return call(...args);
    left -= 1;
    if (acting) await call(...args);
    throw new StoreUnavailableError(new Error('no primary'));
  };
};

const popup = async (bench: Bench): Promise<string> => {
  const answer = await fetch(`${bench.sandbox.url}/sandbox/acts/complete-signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ businessId: '1001' }),
  });
  const { code } = (await answer.json()) as { code: string };
  return code;
};

describe('exchangePopupCode', () => {
  const handedIn = async (bench: Bench, code?: string) => {
    const subject = aSubject({ route: 'embedded_signup' });
    const { tenant, migrationId } = subject;
    const until = new Date(Date.now() + 60_000);
    await bench.store.popupCodes.keep({
      ...{ tenant, migrationId, ref: 'r1', until },
      code: code ?? (await popup(bench)),
    });
    return { subject, codeRef: 'r1' };
  };

  test('done once stores the token sealed and removes the code; done twice finds it used, calls nobody, and does not say that it was refused', async () => {
    const bench = await open();
    const input = await handedIn(bench);
    const stored = await run(on(bench).exchangePopupCode, input);
    if (stored.outcome !== 'stored') throw new Error(stored.problem);
    expect(await bench.store.secrets.get('acme', stored.credential)).not.toBeNull();
    expect(await run(on(bench).exchangePopupCode, input)).toEqual({
      outcome: 'unknown',
      problem: 'ANSWER_LOST',
    });
    expect(await bench.calls('/oauth/access_token')).toHaveLength(1);
    expect(await bench.store.popupCodes.take('acme', input.subject.migrationId, 'r1')).toBeNull();
  });

  test('a code that was withdrawn, or is over, is told as refused, and nobody is called', async () => {
    const bench = await open();
    const input = await handedIn(bench);
    await bench.store.popupCodes.take('acme', input.subject.migrationId, 'r1');
    expect(await run(on(bench).exchangePopupCode, input)).toMatchObject({ outcome: 'refused' });
    expect(await bench.calls('/oauth/access_token')).toEqual([]);
  });

  test('without an app of the partner’s own the code is told as refused, removed, and nobody is called', async () => {
    const bench = await open();
    const input = await handedIn(bench);
    const { exchangePopupCode } = createSignupActivities({ ...bench.deps, partnerApp: null });
    expect(await run(exchangePopupCode, input)).toEqual({
      outcome: 'refused',
      problem: 'APP_NOT_CONFIGURED',
    });
    expect(await bench.calls('/oauth/access_token')).toEqual([]);
    expect(await bench.store.popupCodes.take('acme', input.subject.migrationId, 'r1')).toBeNull();
  });

  test('a database that goes away between the exchange and the storing loses no token: it is stored when it is back', async () => {
    const bench = await open();
    const input = await handedIn(bench);
    const { secrets, popupCodes } = bench.store;
    const { exchangePopupCode } = on(bench, {
      secrets: { ...secrets, put: awayFor(2, secrets.put) },
      popupCodes: { ...popupCodes, spend: awayFor(1, popupCodes.spend) },
    });
    const stored = await run(exchangePopupCode, input);
    if (stored.outcome !== 'stored') throw new Error(stored.problem);
    expect(await secrets.get('acme', stored.credential)).not.toBeNull();
    expect(await bench.calls('/oauth/access_token')).toHaveLength(1);
    expect(await run(on(bench).exchangePopupCode, input)).toMatchObject({ outcome: 'unknown' });
    expect(await bench.calls('/oauth/access_token')).toHaveLength(1);
  });

  test('a code whose marking was not answered is exchanged all the same, once', async () => {
    const bench = await open();
    const input = await handedIn(bench);
    const { popupCodes } = bench.store;
    const { exchangePopupCode } = on(bench, {
      popupCodes: { ...popupCodes, use: awayFor(1, popupCodes.use, true) },
    });
    expect(await run(exchangePopupCode, input)).toMatchObject({ outcome: 'stored' });
    expect(await bench.calls('/oauth/access_token')).toHaveLength(1);
  });

  test('a lost reply leaves the code as used: it is not tried again', async () => {
    const bench = await open();
    const input = await handedIn(bench);
    await bench.fault({
      match: { path: '/oauth/access_token', times: 1 },
      action: { type: 'act-then-drop' },
    });
    expect(await run(on(bench).exchangePopupCode, input)).toMatchObject({ outcome: 'unknown' });
    expect(await run(on(bench).exchangePopupCode, input)).toMatchObject({ outcome: 'unknown' });
    expect(await bench.calls('/oauth/access_token')).toHaveLength(1);
  });

  test('a code that Meta refuses is told, fails nothing, and stands in no log', async () => {
    const bench = await open();
    const input = await handedIn(bench, 'AQnobodyHasGivenThisCode');
    expect(await run(on(bench).exchangePopupCode, input)).toEqual({
      outcome: 'refused',
      problem: 'SIGNUP_CODE_REFUSED',
    });
    expect(bench.logged()).not.toContain('AQnobodyHasGivenThisCode');
  });
});

describe('the solution intent', () => {
  const { solutionId } = straightIds;
  const asks = (credential = 'source') =>
    aSubject({
      route: 'solution_intent',
      destination: { provider: 'meta', businessId: '1001', credential, solutionId },
    });
  const posts = async (bench: Bench) => bench.calls('/{waba}/set_solution_migration_intent');

  test('done twice is one request, whose id is known again', async () => {
    const bench = await open();
    const input = { subject: asks(), ordinal: 1 };
    const first = await run(on(bench).setMigrationIntent, input);
    expect(await run(on(bench).setMigrationIntent, input, 2)).toEqual(first);
    expect(await bench.effects('intent_set')).toHaveLength(1);
    expect(await posts(bench)).toHaveLength(1);
  });

  test('a lost reply is a person’s: the second try calls nobody', async () => {
    const bench = await open();
    await bench.fault({
      match: { method: 'POST', path: '/*/set_solution_migration_intent', times: 1 },
      action: { type: 'act-then-drop' },
    });
    const input = { subject: asks(), ordinal: 1 };
    expect(await problemIn(run(on(bench).setMigrationIntent, input))).toMatchObject({ effect: 'unknown' });
    expect(await problemIn(run(on(bench).setMigrationIntent, input, 2))).toMatchObject({
      ...{ code: 'ANSWER_LOST', class: 'unknown_outcome', effect: 'unknown' },
    });
    expect(await bench.effects('intent_set')).toHaveLength(1);
    expect(await posts(bench)).toHaveLength(1);
  });

  test.each([
    ['goes away', () => Promise.reject(new StoreUnavailableError(new Error('no primary')))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])(
    'a database that %s after the request loses no id, which nobody could ask for again (2593079)',
    async (_how, noteOnce) => {
      const bench = await open({ knobs: { intentRepeated: 'refused' } });
      const input = { subject: asks(), ordinal: 1 };
      const notes = { ...bench.store.notes, noteOnce };
      const { intentId } = await run(on(bench, { notes }).setMigrationIntent, input);
      expect(await bench.effects('intent_set')).toMatchObject([{ ids: { intent: intentId } }]);
      expect(await posts(bench)).toHaveLength(1);
    },
  );

  test('refused: an account marked already (2593079), and one that may not move (2593085)', async () => {
    const bench = await open({ knobs: { intentRepeated: 'refused' } });
    await run(on(bench).setMigrationIntent, { subject: asks(), ordinal: 1 });
    expect(await problemIn(run(on(bench).setMigrationIntent, { subject: asks(), ordinal: 1 }))).toMatchObject(
      { code: 'SOLUTION_INTENT_EXISTS', triedAgain: false },
    );
    const other = await open();
    await other.act('set-solution-status', { solutionId, status: 'DEACTIVATED' });
    expect(await problemIn(run(on(other).setMigrationIntent, { subject: asks(), ordinal: 1 }))).toMatchObject(
      { code: 'SOLUTION_INTENT_NOT_ELIGIBLE', triedAgain: false },
    );
  });

  const obtain = (bench: Bench) =>
    run(on(bench).obtainSolutionToken, { subject: asks('system'), partnerCredential: 'system', solutionId });

  test('the token is there after the acceptance only; a lost reply is asked for again', async () => {
    const bench = await open();
    expect(await problemIn(obtain(bench))).toMatchObject({ code: 'SOLUTION_TOKEN_MISSING' });
    await run(on(bench).setMigrationIntent, { subject: asks(), ordinal: 1 });
    await bench.act('decide-intent', { wabaId: SOURCE_WABA, decision: 'accept' });
    await bench.fault({
      match: { method: 'GET', path: '/*/access_token', times: 1 },
      action: { type: 'act-then-drop' },
    });
    await obtain(bench).catch(() => undefined);
    const { credential } = await obtain(bench);
    await obtain(bench);
    expect(await bench.store.secrets.get('acme', credential)).not.toBeNull();
    expect(await bench.effects('token_issued')).toHaveLength(1);
  });
});
