import { createContext, runInContext } from 'node:vm';
import { practise, type Practice } from './practice';

let practice: Practice;

beforeEach(async () => {
  practice = await practise({ destinationFunding: 'none' });
});
afterEach(() => practice.close());

const product = 'https://carryover.example';

interface Popup {
  readonly url: string;
  readonly html: string;
}

interface Told {
  readonly data: string;
  readonly target: string;
}

/** A page of the product in which the SDK runs: what it opens, and what it hears. */
class LaunchingPage {
  readonly opened: string[] = [];
  readonly answers: unknown[] = [];
  readonly popup = { closed: false };
  private ticks: (() => void)[] = [];
  private readonly hearers = new Set<(event: { origin: string; data: string }) => void>();
  private readonly context = createContext({
    document: { currentScript: { src: `${practice.sandbox.url}/sandbox/sdk.js` } },
    console,
    URL,
    URLSearchParams,
    Uint32Array,
    crypto,
  });

  constructor(script: string) {
    const window = {
      location: { origin: product },
      open: (url: string) => {
        this.opened.push(url);
        return this.popup;
      },
      setInterval: (tick: () => void) => this.ticks.push(tick),
      clearInterval: () => {
        this.ticks = [];
      },
      setTimeout: (work: () => void) => {
        work();
      },
      addEventListener: (_name: string, hear: (event: { origin: string; data: string }) => void) => {
        this.hearers.add(hear);
      },
      removeEventListener: (_name: string, hear: (event: { origin: string; data: string }) => void) => {
        this.hearers.delete(hear);
      },
    };
    Object.assign(this.context, { window, take: (answer: unknown) => this.answers.push(answer) });
    runInContext(script, this.context);
  }

  run(script: string): void {
    runInContext(script, this.context);
  }

  login(options: Record<string, unknown> = {}): void {
    const asked = {
      config_id: '3201',
      response_type: 'code',
      override_default_response_type: true,
      extras: { setup: {} },
      ...options,
    };
    this.run(`window.FB.init({ appId: '3001', xfbml: false, version: 'v25.0' });
      window.FB.login(function (answer) { take(answer); }, ${JSON.stringify(asked)});`);
  }

  /** A while passes: what the SDK looks at every now and then. */
  pass(): void {
    for (let time = 0; time < 10; time += 1) for (const tick of [...this.ticks]) tick();
  }

  /** A window message as the browser brings it, from an origin that it vouches for. */
  hear(data: string, origin = practice.sandbox.url): void {
    for (const hearer of [...this.hearers]) hearer({ origin, data });
  }
}

const sdk = async (): Promise<string> => (await fetch(`${practice.sandbox.url}/sandbox/sdk.js`)).text();

async function page(url: string, fields?: Record<string, string>): Promise<Popup> {
  const answer = await fetch(
    url,
    fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) },
  );
  return { url: answer.url, html: await answer.text() };
}

/** Presses the button of a form that stands on the page. */
async function press(popup: Popup, name: string, fields: Record<string, string> = {}): Promise<Popup> {
  const action = new RegExp(`action="([^"]*/${name})"`).exec(popup.html)?.[1];
  if (action === undefined) throw new Error(`no form ${name} on this page: ${popup.html}`);
  return page(`${practice.sandbox.url}${action}`, fields);
}

/** Runs the script of the last page beside an opener. */
function lastWords(popup: Popup): Told[] {
  const script = /<script nonce="[^"]+">([\s\S]*?)<\/script>/.exec(popup.html)?.[1];
  if (script === undefined) throw new Error(`this is not the last page: ${popup.html}`);
  const told: Told[] = [];
  const postMessage = (data: string, target: string): void => {
    told.push({ data, target });
  };
  runInContext(script, createContext({ window: { opener: { postMessage }, close: () => undefined } }));
  return told;
}

async function opened(launching: LaunchingPage, options: Record<string, unknown> = {}): Promise<Popup> {
  launching.login(options);
  return page(launching.opened[0] ?? '');
}

async function atNumber(launching: LaunchingPage): Promise<Popup> {
  let popup = await opened(launching);
  popup = await press(popup, 'login', { person: '9001' });
  popup = await press(popup, 'portfolio', { businessId: '1001' });
  popup = await press(popup, 'account', { wabaId: 'new' });
  return press(popup, 'profile', { wabaName: 'Padaria Sol, Carryover' });
}

const typedNumber = { phoneNumber: '+55 11 98765-0001', method: 'SMS' };

describe('meta §2.1, §2.2: the popup, clicked through by a person', () => {
  test('log in, portfolio, account, number with its warning, code, permissions: message, then login answer', async () => {
    const launching = new LaunchingPage(await sdk());
    let popup = await atNumber(launching);
    popup = await press(popup, 'number', typedNumber);
    expect(popup.html).toMatch(/will move to a new WhatsApp Business Account/);
    expect(await practice.control.effects('announced')).toEqual([]);
    popup = await press(popup, 'agree', { method: 'VOICE' });
    expect(popup.url).not.toContain('98765');
    popup = await press(popup, 'code', { code: '000000' });
    expect(popup.html).toMatch(/wrong or has expired/);
    const phone = await practice.control.get('/phones/sub_straight_1');
    const code = phone.body.text('messages', 0, 'text').replace(/\D/g, '').slice(0, 6);
    popup = await press(popup, 'code', { code });
    expect(popup.html).toContain('Padaria Sol, Carryover');
    const told = lastWords(await press(popup, 'grant'));
    expect(told.map(({ target }) => target)).toEqual([product, product]);
    const message: unknown = JSON.parse(told[0]?.data ?? '');
    expect(message).toMatchObject({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH',
      data: { business_id: '1001' },
    });
    expect(() => {
      JSON.parse(told[1]?.data ?? '');
    }).toThrow();
    for (const { data } of told) launching.hear(data, 'https://elsewhere.example');
    expect(launching.answers).toEqual([]);
    for (const { data } of told) launching.hear(data);
    expect(launching.answers).toEqual([
      {
        authResponse: { code: expect.stringMatching(/^AQ/), userID: null, expiresIn: null },
        status: 'connected',
      },
    ]);
    const exchanged = await practice.graph.as('').get('/oauth/access_token', {
      client_id: '3001',
      client_secret: 'app-secret',
      code: new URLSearchParams(told[1]?.data).get('code') ?? '',
    });
    expect(exchanged.status).toBe(200);
    expect(await practice.control.violations()).toEqual([]);
  });

  test('closing it tells the screen; the login answer is empty', async () => {
    const launching = new LaunchingPage(await sdk());
    const told = lastWords(await press(await atNumber(launching), 'close'));
    expect(JSON.parse(told[0]?.data ?? '')).toMatchObject({
      event: 'CANCEL',
      data: { current_step: 'PHONE_NUMBER_SETUP' },
    });
    for (const { data } of told) launching.hear(data);
    expect(launching.answers).toEqual([{ authResponse: null, status: 'unknown' }]);
  });

  test('a window closed by its own button tells nothing, like a lost event; the login answer is empty, once', async () => {
    const launching = new LaunchingPage(await sdk());
    launching.login();
    launching.pass();
    expect(launching.answers).toEqual([]);
    launching.popup.closed = true;
    launching.pass();
    launching.pass();
    expect(launching.answers).toEqual([{ authResponse: null, status: 'unknown' }]);
  });

  test('closing it before the log-in tells nothing but the empty answer', async () => {
    const told = lastWords(await press(await opened(new LaunchingPage(await sdk())), 'close'));
    expect(told).toHaveLength(1);
  });

  test('E2: it refuses in words on the same screen, and the client may report it', async () => {
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    const popup = await press(await atNumber(new LaunchingPage(await sdk())), 'number', typedNumber);
    expect(popup.html).toMatch(/Two-factor authentication not yet disabled/);
    const told = lastWords(await press(popup, 'report'));
    expect(JSON.parse(told[0]?.data ?? '')).toMatchObject({
      event: 'CANCEL',
      data: { error_message: expect.stringMatching(/Two-factor/), error_id: '524102' },
    });
  });

  test('E1: a connected number is refused; the account is made anyway and ends the popup without a number', async () => {
    await practice.control.knobs({ signupConnectedNumber: 'refused' });
    let popup = await press(await atNumber(new LaunchingPage(await sdk())), 'number', typedNumber);
    expect(popup.html).toMatch(/already connected to an existing WABA/);
    popup = await press(popup, 'skip');
    const told = lastWords(await press(popup, 'grant'));
    expect(JSON.parse(told[0]?.data ?? '')).toMatchObject({ event: 'FINISH_ONLY_WABA' });
  });

  test('a button that is not on the screen does nothing', async () => {
    const popup = await opened(new LaunchingPage(await sdk()));
    const answer = await fetch(`${popup.url}/grant`, { method: 'POST', body: new URLSearchParams() });
    expect(answer.status).toBe(409);
    expect(practice.sandbox.world().wabas).toHaveLength(2);
  });

  test('names from the world are escaped on every screen', async () => {
    await practice.control.act('complete-signup', { newBusinessName: '<b>x</b>', wabaName: '<i>y</i>' });
    const world = practice.sandbox.world();
    world.people.push({
      id: '9009',
      name: '"><script>alert(1)</script>',
      locale: 'en_US',
      roles: world.businesses.map(({ id }) => ({ businessId: id, role: 'admin' })),
    });
    const hostile = world.businesses.at(-1)?.id ?? '';
    let popup = await opened(new LaunchingPage(await sdk()));
    expect(popup.html).not.toContain('<script>alert');
    popup = await press(popup, 'login', { person: '9009' });
    expect(popup.html).toContain('&lt;b&gt;x');
    popup = await press(popup, 'portfolio', { businessId: hostile });
    expect(popup.html).toContain('&lt;i&gt;y');
    expect(popup.html).not.toMatch(/<b>|<i>/);
  });
});

describe('meta §2.1: a launch that is wrong opens no popup', () => {
  test.each([
    ['no configuration', { config_id: '' }, /config_id/],
    ['a token instead of a code', { response_type: 'token' }, /response_type &quot;code&quot;/],
    ['version 2, which has ended', { extras: { version: 'v2' } }, /Version 2 .* not available/],
    ['a feature of no version', { extras: { features: [{ name: 'fly' }] } }, /feature &quot;fly&quot;/],
    ['a solution nobody knows', { extras: { setup: { solutionID: '4711' } } }, /solutionID/],
  ])('%s', async (_what, options, words) => {
    const popup = await opened(new LaunchingPage(await sdk()), options);
    expect(popup.html).toMatch(words);
    expect(popup.html).not.toContain('<form');
  });

  test('an address nobody launched', async () => {
    const answer = await fetch(
      `${practice.sandbox.url}/sandbox/signup?app_id=3001&origin=javascript:alert(1)`,
    );
    expect(answer.status).toBe(400);
  });

  test('an async callback is refused by the SDK, and a login before init does nothing', async () => {
    const launching = new LaunchingPage(await sdk());
    expect(() => {
      launching.run('window.FB.init({ appId: "3001" }); window.FB.login(async function () {}, {});');
    }).toThrow(/asyncfunction/);
    expect(launching.opened).toEqual([]);
  });

  test('a launch for a solution brings the account into it, for all its apps', async () => {
    const solution = { extras: { setup: { solutionID: '3502' } } };
    let popup = await opened(new LaunchingPage(await sdk()), solution);
    popup = await press(popup, 'login', { person: '9001' });
    popup = await press(popup, 'portfolio', { businessId: 'new', newName: 'Padaria Nova' });
    popup = await press(popup, 'account', { wabaId: 'new' });
    popup = await press(popup, 'profile', { wabaName: 'Nova' });
    await press(await press(popup, 'skip'), 'grant');
    const waba = practice.sandbox.world().wabas.at(-1);
    expect(waba?.solutionId).toBe('3502');
    expect(waba?.sharedWith).toEqual(['1000', '1900']);
  });
});

describe('meta §2.3: Business settings', () => {
  test('an admin reads the request and accepts it; then it is answered', async () => {
    const source = practice.graph.as('source-token');
    const marked = await source.post('/2001/set_solution_migration_intent', { solution_id: '3502' });
    const settings = `${practice.sandbox.url}/sandbox/business-settings`;
    const before = await page(settings);
    expect(before.html).toContain('Padaria Sol at the old provider');
    const button = `requests/${marked.body.text('id')}`;
    expect((await press(before, button, { person: '9999', decision: 'accept' })).html).toMatch(/admin/);
    const after = await press(before, button, { person: '9001', decision: 'accept' });
    expect(after.html).toContain('accepted');
    expect(after.html).not.toContain('<form');
    const read = await source.get(`/${marked.body.text('id')}`);
    expect(read.body.at('status')).toBe('ACCEPTED');
  });
});
