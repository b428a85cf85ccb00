import { keptOutBy, SignupPage, type PopupWindow } from '../support/browser';
import { isClosed } from '../support/journey';
import { resultOf, type PopupEnd } from '../support/popup';
import { openSignupJourney, type SignupJourney } from '../support/signup-journey';

let the: SignupJourney;
beforeAll(async () => {
  the = await openSignupJourney(14);
});

describe('the route embedded_signup (meta §2.1, §2.2; R36 to R46)', () => {
  test('a number moves by Meta’s popup, without a code of ours, and the client’s token does the work', async () => {
    const { client, asked, popup, handIn, moved, people } = the;
    const id = await asked(0);
    const end = await popup(0);
    await handIn(id, end);
    const migration = await moved(id, end);

    expect(migration.steps.map(({ name }) => name)).not.toContain('ownership');
    expect(migration.acceptance.filter((check) => !check.ok && check.required)).toEqual([]);
    expect(await people.effects('token_issued')).toHaveLength(1);
    expect(await people.effects('registered')).toHaveLength(1);
    expect(await people.effects('code_sent')).toHaveLength(1);
    const { items } = await client.listCredentials();
    expect(items.find(({ name }) => name.startsWith('client-'))?.expiresAt).not.toBeNull();
    expect(migration.findings.map(({ code }) => code)).toContain('CLIENT_TOKEN_EXPIRES');
  });

  test('the account is found by the newest of the token’s scopes when the window’s message is lost', async () => {
    const { asked, popup, handIn, moved } = the;
    const id = await asked(1);
    const end = await popup(1, { messageLost: true });
    expect(end.messageEvent).toBeNull();
    await handIn(id, end);
    await moved(id, end);
  });

  test('and as the difference of lists when the code is older than 30 seconds too', async () => {
    const { asked, popup, handIn, moved, client } = the;
    const id = await asked(2);
    const end = await popup(2, { messageLost: true, codeAgeSeconds: 31 });
    await handIn(id, end);
    await moved(id, end);
    const { items } = await client.listEvents(id, { limit: 200 });
    expect(items.find(({ type }) => type === 'signup_code_exchanged')?.data).toEqual({
      outcome: 'refused',
      problem: 'SIGNUP_CODE_REFUSED',
    });
    expect(items.map(({ type }) => type)).not.toContain('client_token_stored');
  });

  test('where the client stopped is told in the task, and the popup can be repeated', async () => {
    const { asked, asksForSignup, popup, handIn, moved } = the;
    const id = await asked(3);
    await handIn(id, await popup(3, { abandonAt: 'PHONE_NUMBER_VERIFICATION' }));
    await asksForSignup(id, /closed at the code/);
    const end = await popup(3);
    await handIn(id, end);
    await moved(id, end);
  });

  test('another portfolio is seen at once, its account is discarded, and the right one is asked for (P-3, R4, R41)', async () => {
    const { asked, asksForSignup, popup, handIn, client, straight } = the;
    const id = await asked(4);
    const { sessionId } = await client.openSignupSession(id);
    await client.submitSignupResult(id, sessionId, {
      event: 'FINISH',
      wabaId: '990001',
      businessId: '990000',
      code: 'AQwithoutAnyUseToAnybody',
    });
    const waiting = await asksForSignup(
      id,
      new RegExp(`portfolio ${straight.ids.businessId}: the one chosen, 990000`),
    );
    expect(waiting.destination.wabaId).toBeNull();
    const refused = await popup(4, { businessId: undefined, newBusinessName: 'A new one' });
    expect(refused.messageEvent?.event).toBe('CANCEL');
    await handIn(id, refused);
    await asksForSignup(id, /different businesses: choose the portfolio/);
  });

  test('only an account came out of it: asked again, or a person decides to move the number by code (E1)', async () => {
    const { asked, asksForSignup, popup, handIn, client, until, handInCode } = the;
    const id = await asked(5);
    const end = await popup(5, { number: undefined });
    expect(end.messageEvent?.event).toBe('FINISH_ONLY_WABA');
    await handIn(id, end);
    await asksForSignup(id, /the number is not in it yet/);

    await client.amendMigration(id, { route: 'programmatic' });
    await handInCode(id, 5);
    const migration = await until(id, isClosed, 40_000);
    expect(migration).toMatchObject({
      state: 'completed',
      route: 'programmatic',
      destination: { wabaId: end.wabaId },
    });
    expect(migration.steps.map(({ name, status }) => [name, status])).toContainEqual(['ownership', 'done']);
  });

  test('two-step verification switched on again meanwhile leads back to its step (E2, P-1, R21)', async () => {
    const { asked, popup, handIn, until, people, client, codes } = the;
    const id = await asked(6);
    const { sessionId } = await client.openSignupSession(id);
    await people.act('two-step-on', { number: 'sub_straight_7', pin: '135790' });
    const refused = await popup(6);
    expect(refused.messageEvent?.data.error_message).toMatch(/[Tt]wo-(factor|step)/);
    await handIn(id, refused);
    await until(id, ({ step }) => step === 'two_step_off');

    // The client tries on meanwhile, and then the number shall move by code: nobody exchanges this code any more.
    const code = 'AQwithoutAnyUseToAnybody';
    await client.submitSignupResult(id, sessionId, { event: 'FINISH_ONLY_WABA', wabaId: '990003', code });
    const sealed = () =>
      codes.countDocuments({ tenant: 'acme', _id: { $regex: `^${id}/` }, sealed: { $exists: true } });
    expect(await sealed()).toBe(1);
    await client.amendMigration(id, { route: 'programmatic' });
    expect(await sealed()).toBe(0);
    await until(id, ({ route }) => route === 'programmatic');
  });

  test('the Business app connected by mistake is refused with what to do (P-17)', async () => {
    const { asked, asksForSignup, client } = the;
    const id = await asked(7);
    const { sessionId } = await client.openSignupSession(id);
    await client.submitSignupResult(id, sessionId, {
      event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      wabaId: '990002',
    });
    await asksForSignup(id, /connected the WhatsApp Business app/);
  });

  test('meta §2.1: the answer to the code’s exchange and the window’s message are lost: the account is found, and nobody goes through the window twice', async () => {
    const { asked, popup, handIn, moved, client, people } = the;
    const id = await asked(13);
    await people.fault({
      match: { path: '/oauth/access_token', times: 1 },
      action: { type: 'act-then-drop' },
    });
    const end = await popup(13, { messageLost: true });
    await handIn(id, end);
    const { tasks } = await moved(id, end);
    const { items } = await client.listEvents(id, { limit: 200 });
    expect(items.find(({ type }) => type === 'signup_code_exchanged')?.data['outcome']).toBe('unknown');
    expect(tasks.filter(({ kind }) => kind === 'complete_signup')).toMatchObject([
      { status: 'done', evidence: { statement: expect.stringContaining('the window was finished') } },
    ]);
  });

  test('meta §1.3, §2.2: a window gone through twice, and a pending number removed by hand, lead back from the last look to the window’s step', async () => {
    const { asked, asksForSignup, popup, handIn, moved, client, until, people } = the;
    const id = await asked(11, { funding: { payer: 'client_card' } });
    await people.fault({
      match: { path: '/oauth/access_token', times: 1 },
      action: { type: 'hold', when: 'after' },
    });
    const { sessionId } = await client.openSignupSession(id);
    const first = await popup(11);
    await client.submitSignupResult(id, sessionId, resultOf(first));
    // While its result is looked at, nobody is sent through the window again.
    await until(id, ({ tasks }) =>
      tasks.every(({ kind, status }) => kind !== 'complete_signup' || status === 'done'),
    );
    expect(await client.getSignupSession(id, sessionId)).toMatchObject({ stage: 'checking' });
    await expect(client.openSignupSession(id)).rejects.toMatchObject({ code: 'not_waiting_for_signup' });
    await people.noFaults();
    const asksForCard = (of: PopupEnd) =>
      until(
        id,
        ({ waitingFor, destination }) =>
          waitingFor?.kind === 'add_payment_method' && destination.wabaId === of.wabaId,
      );
    await asksForCard(first);

    const second = await popup(11, { wabaName: 'Padaria Sol, once more' });
    expect(second.wabaId).not.toBe(first.wabaId);
    await people.act('attach-card', { wabaId: first.wabaId });
    await client.recheck(id);
    // The number is found in the other account, which must be paid for too.
    await asksForCard(second);

    await people.act('remove-pending-number', { number: 'sub_straight_12' });
    await people.act('attach-card', { wabaId: second.wabaId });
    await client.recheck(id);
    await asksForSignup(id, /the number is not in it yet/);
    const third = await popup(11, { wabaId: second.wabaId });
    await handIn(id, third);
    await moved(id, third);
    const { items } = await client.listEvents(id, { limit: 200 });
    const reopened = items.filter(({ type }) => type === 'steps_reopened').map(({ data }) => data['because']);
    expect(reopened.sort()).toEqual(['ANNOUNCED_NUMBER_GONE', 'ANNOUNCED_NUMBER_GONE', 'ANOTHER_ACCOUNT']);
    expect(await people.effects('registered')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ids: expect.objectContaining({ waba: third.wabaId }) }),
      ]),
    );
  });

  test('an abort names the account and the token it leaves; a late result is refused', async () => {
    const { asked, popup, handIn, client, until } = the;
    const id = await asked(8, { funding: { payer: 'client_card' } });
    const { sessionId } = await client.openSignupSession(id);
    const end = await popup(8);
    await handIn(id, end);
    await until(id, ({ waitingFor }) => waitingFor?.kind === 'add_payment_method');
    await client.abort(id, 'changed our mind');
    const { leftInPlace, state } = await until(id, isClosed);
    expect(state).toBe('aborted');
    const told = JSON.stringify(leftInPlace);
    expect(told).toContain(String(end.wabaId));
    expect(told).toContain(`client-${id.slice('mig_'.length)}`);
    expect(told).toContain(String(end.phoneNumberId));
    await expect(client.submitSignupResult(id, sessionId, resultOf(end))).rejects.toMatchObject({
      code: 'migration_closed',
    });
  });
});

describe('meta §2.1, R39, R40: the page behind the link, in a browser', () => {
  const toNumber = async (popup: PopupWindow, name: string) => {
    await popup.press('login', { person: '9001' });
    await popup.press('portfolio', { businessId: the.straight.ids.businessId });
    await popup.press('account', { wabaId: 'new' });
    await popup.press('profile', { wabaName: name });
  };
  const number = (index: number) => the.straight.numbers[index];
  const throughTheWindow = async (popup: PopupWindow, index: number) => {
    const phoneNumber = number(index)?.phoneNumber ?? '';
    await popup.press('number', { phoneNumber, displayName: '', method: 'SMS' });
    await popup.press('agree', { method: 'SMS' });
    const code = await the.people.newestCode(phoneNumber);
    await popup.press('code', { code });
    await popup.press('grant');
  };
  const opened = async (id: string, habits: Parameters<typeof SignupPage.open>[1]) => {
    const { url } = await the.client.openSignupSession(id);
    return SignupPage.open(url, habits);
  };
  const results = ({ sent }: SignupPage) => sent.filter(({ path }) => path.endsWith('/result'));

  test('one press opens one window; what it says and the login’s code are handed in, and the number moves', async () => {
    const id = await the.asked(9);
    const page = await opened(id, { language: 'pt-BR' });
    await page.untilItSays('title', /Migre o número na janela do WhatsApp/);
    expect(page.window.document.documentElement.lang).toBe('pt-BR');
    expect(page.text('open')).toBe('Abrir a janela do WhatsApp');
    // Out of the address bar before anything else could read it there.
    expect(page.window.location.hash).toBe('');
    expect(page.window.document.cookie).toBe('');
    const popup = await page.openPopup();
    page.press();
    expect(page.popups).toHaveLength(1);
    const lie = { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: { waba_id: '666' } };
    for (const origin of [
      'https://notfacebook.com',
      'https://facebook.com.evil.example',
      page.origin,
      'null',
    ])
      page.hear(JSON.stringify(lie), origin);
    await toNumber(popup, 'Padaria Sol 9');
    await throughTheWindow(popup, 9);
    expect(popup.closed).toBe(true);
    await page.untilItSays('status', /Estamos verificando/);
    await page.untilItSays('status', /Pronto/);
    expect(results(page)).toEqual([
      expect.objectContaining({
        body: expect.objectContaining({ event: 'FINISH', code: expect.stringMatching(/^AQ/) }),
      }),
    ]);
    expect(JSON.stringify(page.sent)).not.toContain('666');
    expect(page.canPress).toBe(false);
    expect(page.errors).toEqual([]);
    expect(page.asked.map(({ directive }) => directive)).toEqual(
      expect.arrayContaining(['script-src', 'style-src', 'connect-src']),
    );
    expect(keptOutBy(page.policy, page)).toEqual([]);
    expect(await the.until(id, isClosed, 40_000)).toMatchObject({ outcome: 'migrated' });
    expect(await the.people.effects('token_issued')).not.toEqual([]);
  });

  test('a window that is kept from opening, refuses, or is closed is told; without its message the code alone is enough', async () => {
    const id = await the.asked(10, { business: { name: 'Panadería', contact: { locale: 'es-MX' } } });
    const alone = await opened(id, { blocked: /sdk\.js/ });
    await alone.untilItSays('status', /could not be loaded|No se pudo cargar/);
    expect(alone.canPress).toBe(false);

    const page = await opened(id, {});
    // The language of the client's contact, where the browser asks for none.
    await page.untilItSays('title', /Traslade el número en la ventana de WhatsApp/);
    await the.until(id, () => page.canPress);
    page.blocksWindows = true;
    page.press();
    await page.untilItSays('status', /ha bloqueado la ventana/);
    expect(page.canPress).toBe(true);
    page.blocksWindows = false;

    await the.people.knobs({ signupGlitches: 1 });
    let popup = await page.openPopup();
    await toNumber(popup, 'Panadería');
    const phoneNumber = number(10)?.phoneNumber ?? '';
    await popup.press('number', { phoneNumber, displayName: '', method: 'SMS' });
    await popup.press('report');
    await page.untilItSays('title', /La ventana dice que algo salió mal/);

    popup = await page.openPopup();
    await popup.press('login', { person: '9001' });
    await popup.press('portfolio', { businessId: the.straight.ids.businessId });
    await popup.press('close');
    await page.untilItSays('title', /La ventana se cerró en este paso: .*WhatsApp Business/);

    popup = await page.openPopup();
    popup.loses = (data) => data.includes('WA_EMBEDDED_SIGNUP');
    await toNumber(popup, 'Panadería 2');
    await throughTheWindow(popup, 10);
    await page.untilItSays('status', /Listo/);
    expect(results(page).map(({ body }) => body)).toEqual([
      expect.objectContaining({ event: 'CANCEL', errorMessage: expect.stringMatching(/went wrong/) }),
      { event: 'CANCEL', currentStep: 'WABA_PHONE_PROFILE_PICKER' },
      { code: expect.stringMatching(/^AQ/) },
    ]);
    const again = await page.reload();
    await again.untilItSays('status', /Listo/);
    expect(again.canPress).toBe(false);
    expect(await the.until(id, isClosed, 40_000)).toMatchObject({ outcome: 'migrated' });
  });

  test('a login’s answer that never comes is waited for ten seconds; then what the window said is enough', async () => {
    const id = await the.asked(12);
    const page = await opened(id, { hurry: 20 });
    const popup = await page.openPopup();
    popup.staysOpen = true;
    popup.loses = (data) => !data.includes('WA_EMBEDDED_SIGNUP');
    await toNumber(popup, 'Padaria Sol 12');
    await throughTheWindow(popup, 12);
    await page.untilItSays('status', /Done/);
    expect(results(page).map(({ body }) => body)).toEqual([
      expect.objectContaining({ event: 'FINISH', wabaId: expect.stringMatching(/^\d+$/) }),
    ]);
    expect(JSON.stringify(results(page))).not.toContain('"code"');
    expect(await the.until(id, isClosed, 40_000)).toMatchObject({ outcome: 'migrated' });
  });

  test('and no rule of the platform was broken on the way', async () => {
    expect(await the.people.invariants()).toMatchObject({ ok: true, violations: [] });
  });
});
