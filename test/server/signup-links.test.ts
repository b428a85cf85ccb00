/** The client's link and the cookie it becomes: what they open, what they do not, and where their secrets stand. */
import { randomBytes, randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { atEndOfFile } from '../support/after-each-file';
import { openJourney } from '../support/journey';
import { mongoUri } from '../support/servers';
import { leaveUnanswered } from '../support/unanswered';

const CODE = 'AQaCodeOfThePopupThatNobodyMayKeep';
const HOUR = 3_600_000;

const errorSchema = z.looseObject({ code: z.string(), title: z.string(), detail: z.string().optional() });

const openLinks = async () => {
  let ahead = 0;
  const mongo = mongoUri(`links-${randomBytes(6).toString('hex')}`);
  const raw = new MongoClient(mongo);
  atEndOfFile(() => raw.close());
  const { stage, start, until, straight, body } = await openJourney({
    ...{ templates: 1, numbers: 2 },
    stage: { mongo, clock: () => new Date(Date.now() + ahead) },
  });
  const asked = async (number: number): Promise<string> => {
    const { businessId } = straight.ids;
    const { credential } = body().destination;
    const { id } = await start(
      { route: 'embedded_signup', destination: { provider: 'meta', businessId, credential } },
      number,
    );
    await until(id, ({ tasks }) =>
      tasks.some(({ kind, status }) => kind === 'complete_signup' && status === 'open'),
    );
    return id;
  };
  const own = await asked(0);
  const foreign = await asked(1);
  /** As a browser asks: without a key. */
  const ask = async (
    path: string,
    given: { cookie?: string; method?: string; body?: unknown; language?: string } = {},
  ) => {
    const answer = await fetch(`${stage.url}${path}`, {
      method: given.method ?? 'GET',
      headers: {
        ...(given.cookie === undefined ? {} : { cookie: given.cookie }),
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(given.language === undefined ? {} : { 'accept-language': given.language }),
        'idempotency-key': randomUUID(),
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const made = async () => {
    const { url, sessionId } = await stage.client.openSignupSession(own);
    return { secret: new URL(url).hash.slice(1), url, path: pathOf(own, sessionId) };
  };
  const exchange = (secret: string, language?: string) =>
    ask('/v1/links/exchange', {
      ...{ method: 'POST', body: { secret } },
      ...(language === undefined ? {} : { language }),
    });
  const entered = async () => {
    const link = await made();
    const { headers } = await exchange(link.secret);
    const [setCookie = ''] = headers.getSetCookie();
    return { ...link, setCookie, cookie: setCookie.split(';')[0] ?? '' };
  };
  /** Every document of the database, as text; bytes in the clear among them. */
  const kept = async (): Promise<string> => {
    const collections = await raw.db().listCollections().toArray();
    const texts = await Promise.all(
      collections.map(async ({ name }) => {
        const documents = await raw.db().collection(name).find().toArray();
        return JSON.stringify(documents, (_key, value: unknown) =>
          typeof value === 'string' && /^[\w+/]{24,}={0,2}$/.test(value)
            ? `${value} ${Buffer.from(value, 'base64').toString('latin1')}`
            : value,
        );
      }),
    );
    return texts.join('\n');
  };
  const wait = (ms: number) => {
    ahead += ms;
  };
  return { stage, raw, own, foreign, ask, made, exchange, entered, kept, wait };
};

const pathOf = (id: string, sessionId: string) =>
  `/v1/migrations/${id}/embedded-signup/sessions/${sessionId}`;
const problemIn = (text: string) => errorSchema.parse(JSON.parse(text));
const codeIn = (text: string) => problemIn(text).code;

let the: Awaited<ReturnType<typeof openLinks>>;
beforeAll(async () => {
  the = await openLinks();
});

test('a link becomes a cookie that no script reads and no other site sends, for this migration’s addresses only', async () => {
  const { setCookie, cookie, path } = await the.entered();
  expect(setCookie).toMatch(/HttpOnly/);
  expect(setCookie).toMatch(/SameSite=Strict/);
  expect(setCookie).toContain(`Path=/v1/migrations/${the.own}/`);
  const view = await the.ask(path, { cookie });
  expect(view.status).toBe(200);
  expect(view.headers.get('cache-control')).toBe('no-store');
  // The browser sees the task, not the migration.
  expect(view.text).not.toContain('phoneNumber');
});

test('the cookie opens nothing else: no other migration, no other link, no other route', async () => {
  const { cookie, path } = await the.entered();
  const sessionId = path.slice(path.lastIndexOf('/') + 1);
  const foreignLink = await the.stage.client.openSignupSession(the.foreign);
  const otherLink = await the.made();
  const result = { event: 'CANCEL', currentStep: 'PERMISSIONS' };
  const refused = await Promise.all([
    the.ask(pathOf(the.foreign, foreignLink.sessionId), { cookie }),
    the.ask(pathOf(the.foreign, sessionId), { cookie }),
    the.ask(`${pathOf(the.foreign, foreignLink.sessionId)}/result`, { cookie, method: 'POST', body: result }),
    the.ask(`/v1/migrations/${the.own}`, { cookie }),
    the.ask(`/v1/migrations/${the.own}/abort`, { cookie, method: 'POST', body: { reason: 'mine' } }),
    the.ask('/v1/migrations', { cookie }),
    the.ask('/v1/credentials', { cookie }),
  ]);
  expect(refused.map(({ status, text }) => [status, codeIn(text)])).toEqual(
    refused.map(() => [401, 'unauthorized']),
  );
  const other = [
    await the.ask(otherLink.path, { cookie }),
    await the.ask(`${otherLink.path}/result`, { cookie, method: 'POST', body: result }),
  ];
  expect(other.map(({ status, text }) => [status, codeIn(text)])).toEqual([
    [404, 'not_found'],
    [404, 'not_found'],
  ]);
});

test('a link opened in a second browser works there too, and each browser has a session of its own', async () => {
  const { secret, path, cookie } = await the.entered();
  const again = await the.exchange(secret);
  const second = again.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect(second).not.toBe(cookie);
  expect((await the.ask(path, { cookie: second })).status).toBe(200);
  expect((await the.ask(path, { cookie })).status).toBe(200);
});

test.each([
  ['of a shape that no secret has', 'short', 422],
  ['that nobody was given', 'A'.repeat(43), 401],
])('a secret %s is refused', async (_what, secret, status) => {
  const answer = await the.exchange(secret);
  expect(answer.status).toBe(status);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(answer.text).not.toContain(secret);
});

test('a link for another purpose does not open the signup', async () => {
  const { path, cookie } = await the.entered();
  const _id: string = path.slice(path.lastIndexOf('/') + 1);
  await the.raw
    .db()
    .collection<{ _id: string; purpose: string }>('links')
    .updateOne({ _id }, { $set: { purpose: 'something_else' } });
  expect((await the.ask(path, { cookie })).status).toBe(401);
});

test('neither the link’s secret, nor the cookie, nor the popup’s code is in the clear in the store, a log or an address', async () => {
  const { secret, cookie, path, url } = await the.entered();
  const key = randomUUID();
  const repeated = () =>
    fetch(`${the.stage.url}/v1/migrations/${the.own}/embedded-signup/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${the.stage.apiKey('backend')}`, 'idempotency-key': key },
    }).then((answer) => answer.json());
  // The same key answers with the same link: its secret is kept, sealed.
  const first = z.looseObject({ url: z.string() }).parse(await repeated());
  expect(await repeated()).toEqual(first);
  const handedIn = await the.ask(`${path}/result`, {
    cookie,
    method: 'POST',
    body: { event: 'FINISH_ONLY_WABA', wabaId: '990009', code: CODE },
  });
  expect(handedIn.status).toBe(200);
  const secrets = [secret, new URL(first.url).hash.slice(1), cookie.split('=')[1] ?? '', CODE];
  expect(url.endsWith(`/signup#${secret}`)).toBe(true);
  const places = [await the.kept(), the.stage.logs(), the.stage.requestedUrls().join('\n')];
  expect(places[0]).toContain(the.own);
  for (const one of secrets) {
    expect(one.length).toBeGreaterThan(20);
    // Not `toContain`: a failure would print the whole database. Meta itself wants the code in a query (meta §2.1).
    const looked = one === CODE ? places.slice(0, 2) : places;
    expect(looked.some((text) => text.includes(one))).toBe(false);
  }
});

test.each([
  ['another portfolio was chosen (P-3)', { event: 'FINISH', wabaId: '990001', businessId: '990000' }],
  [
    'the Business app was connected (P-17)',
    { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', wabaId: '990002' },
  ],
] as const)('no code is kept, sealed or not, when %s', async (_why, result) => {
  const { sessionId } = await the.stage.client.openSignupSession(the.foreign);
  await the.stage.client.submitSignupResult(the.foreign, sessionId, { ...result, code: CODE });
  const codes = the.raw.db().collection<{ _id: string }>('popupCodes');
  expect(await codes.find({ _id: { $regex: `^${the.foreign}/` } }).toArray()).toEqual([]);
});

test('support makes a link that lives as long as it says, and takes it back: neither it nor a browser that had opened it goes on', async () => {
  const support = the.stage.as('support');
  const begun = Date.now();
  const link = await support.makeLink(the.own, { purpose: 'signup', expiresIn: 'PT30M' });
  expect(link).toMatchObject({ purpose: 'signup', url: expect.stringContaining('/signup#') });
  expect(Date.parse(link.expiresAt) - begun).toBeGreaterThan(29 * 60_000);
  expect(Date.parse(link.expiresAt) - begun).toBeLessThan(31 * 60_000);
  const secret = new URL(link.url).hash.slice(1);
  const { headers } = await the.exchange(secret);
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const path = pathOf(the.own, link.linkId);
  expect((await the.ask(path, { cookie })).status).toBe(200);

  // Of another migration, or of another tenant, there is no such link.
  await expect(support.revokeLink(the.foreign, link.linkId)).rejects.toMatchObject({ code: 'not_found' });
  const stranger = the.stage.as('support', 'other');
  await expect(stranger.revokeLink(the.own, link.linkId)).rejects.toMatchObject({ code: 'not_found' });
  expect((await the.ask(path, { cookie })).status).toBe(200);

  const idempotencyKey = randomUUID();
  await support.revokeLink(the.own, link.linkId, { idempotencyKey });
  await support.revokeLink(the.own, link.linkId, { idempotencyKey });
  expect((await the.ask(path, { cookie })).status).toBe(401);
  expect((await the.exchange(secret)).status).toBe(401);
  await expect(the.stage.client.getSignupSession(the.own, link.linkId)).rejects.toMatchObject({
    code: 'not_found',
  });
  const { items } = await the.stage.client.listEvents(the.own, { limit: 200 });
  expect(items.filter(({ type }) => type === 'link_revoked')).toMatchObject([
    { data: { link: link.linkId }, actor: { kind: 'api_key' } },
  ]);
});

test('a server that died before it kept its answer answers the repetition alike: one link, and taken back', async () => {
  const make = () => the.stage.client.makeLink(the.own, { purpose: 'signup' }, { idempotencyKey: 'made' });
  const link = await make();
  await leaveUnanswered(the.raw, `POST /v1/migrations/${the.own}/links`);
  expect(await make()).toEqual(link);
  const revoke = () => the.stage.client.revokeLink(the.own, link.linkId, { idempotencyKey: 'taken back' });
  await revoke();
  await leaveUnanswered(the.raw, `DELETE /v1/migrations/${the.own}/links/${link.linkId}`);
  await revoke();
});

test('a link that a browser with a link has made ends with the first one, and is taken back with it', async () => {
  const support = the.stage.as('support');
  const first = await support.makeLink(the.own, { purpose: 'signup', expiresIn: 'PT30M' });
  const cookieFor = async (url: string) => {
    const { headers } = await the.exchange(new URL(url).hash.slice(1));
    return headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };
  const madeWith = async (cookie: string) => {
    const path = `/v1/migrations/${the.own}/embedded-signup/sessions`;
    const { status, text } = await the.ask(path, { cookie, method: 'POST' });
    expect(status).toBe(201);
    return z
      .object({ sessionId: z.string(), url: z.string(), expiresAt: z.string() })
      .parse(JSON.parse(text));
  };
  const second = await madeWith(await cookieFor(first.url));
  const secondCookie = await cookieFor(second.url);
  const third = await madeWith(secondCookie);
  expect([second.expiresAt, third.expiresAt]).toEqual([first.expiresAt, first.expiresAt]);
  expect((await the.ask(pathOf(the.own, second.sessionId), { cookie: secondCookie })).status).toBe(200);

  await support.revokeLink(the.own, first.linkId);
  expect((await the.ask(pathOf(the.own, second.sessionId), { cookie: secondCookie })).status).toBe(401);
  for (const { sessionId, url } of [second, third]) {
    expect((await the.exchange(new URL(url).hash.slice(1))).status).toBe(401);
    await expect(the.stage.client.getSignupSession(the.own, sessionId)).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  expect(await the.raw.db().collection('links').find({ root: first.linkId }).toArray()).toEqual([]);
});

test('a link for a purpose that has no page yet, and one that would live for ever, are refused with what is expected', async () => {
  const wanted = { purpose: 'tasks', expiresIn: 'P30D' } as const;
  const answer = await fetch(`${the.stage.url}/v1/migrations/${the.own}/links`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${the.stage.apiKey('backend')}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    },
    body: JSON.stringify(wanted),
  });
  expect(answer.status).toBe(422);
  expect(z.looseObject({ errors: z.array(z.unknown()) }).parse(await answer.json()).errors).toMatchObject([
    { pointer: '/purpose', expected: expect.stringContaining('not available yet') },
    { pointer: '/expiresIn', expected: expect.stringContaining('between PT5M and P7D') },
  ]);
  await expect(the.stage.as('viewer').makeLink(the.own, { purpose: 'signup' })).rejects.toMatchObject({
    status: 403,
  });
});

test('a link and its cookie are over after two hours', async () => {
  const link = await the.entered();
  the.wait(2 * HOUR + 1_000);
  expect((await the.ask(link.path, { cookie: link.cookie })).status).toBe(401);
  const late = await the.exchange(link.secret);
  expect([late.status, late.headers.getSetCookie()]).toEqual([401, []]);
  // Nobody with a link has a key: what stands in the way is told in the client's words, in its language.
  expect(problemIn(late.text).title).toBe('This link is not valid: it has expired, or was not copied whole');
  const inPortuguese = problemIn((await the.exchange(link.secret, 'pt-PT')).text);
  expect(inPortuguese).toMatchObject({
    ...{ code: 'unauthorized', title: 'Este link não é válido: expirou ou não foi copiado por inteiro' },
    detail: expect.stringContaining('peça um novo a quem o enviou'),
  });
  const overView = await the.ask(link.path, { cookie: link.cookie, language: 'es-MX' });
  expect(problemIn(overView.text).title).toContain('Este enlace no es válido');
  const fresh = await the.entered();
  expect((await the.ask(fresh.path, { cookie: fresh.cookie })).status).toBe(200);
});

test('a link for something else, and one whose work is over, are told in the client’s language; a key reads the code’s own title', async () => {
  const { cookie, path } = await the.entered();
  const other = await the.made();
  const foreign = await the.ask(other.path, { cookie, language: 'es' });
  expect(problemIn(foreign.text)).toMatchObject({
    code: 'not_found',
    title: 'Este enlace es para otra cosa',
  });
  const withKey = await fetch(
    `${the.stage.url}${pathOf(the.foreign, path.slice(path.lastIndexOf('/') + 1))}`,
    {
      headers: { authorization: `Bearer ${the.stage.apiKey('backend')}`, 'accept-language': 'es' },
    },
  );
  expect(problemIn(await withKey.text()).title).toBe('there is no such thing');
  await the.stage.client.abort(the.own, 'the client has thought again');
  const result = { event: 'CANCEL', currentStep: 'PERMISSIONS' };
  const late = await the.ask(`${path}/result`, { cookie, method: 'POST', body: result, language: 'pt-BR' });
  expect([late.status, problemIn(late.text)]).toMatchObject([
    409,
    { code: 'migration_closed', title: 'Não há mais nada a fazer aqui' },
  ]);
});
