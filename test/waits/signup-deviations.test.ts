/** What happens to a signup when time passes, and what the popup may say besides (meta §1.7, §2.1, §2.2). */
import { isClosed } from '../support/journey';
import { resultOf } from '../support/popup';
import { DAY, HOUR, MINUTE, openTask } from './timed-journey';
import { openSignup } from './timed-signup';

describe('what the popup says of the number (E3, E4, E6, E7)', () => {
  test('R43, R44, E6, §2.1 CANCEL: the accounts that are there are named beside the new one, and the profile as it is; something went wrong is told in the language of the client with the hour to wait, the ids of the failed popup stand in the trail and the support bundle, and the next popup moves the number', async () => {
    const { people, asked, popup, handIn, asksAbout, until, client, stage } = await openSignup();
    const profile = { description: 'Pães e\nbolos', websites: ['https://padaria.example'] };
    await people.act('set-profile', { number: 'sub_straight_1', profile });
    const id = await asked({ business: { name: 'Padaria Sol', contact: { locale: 'pt-BR' } } });
    expect(openTask(await asksAbout(id, /janela do WhatsApp/), 'complete_signup')?.howTo).toMatch(
      /^Abra o link como administrador do portfólio empresarial \d+ .*"Padaria Sol meta .*description: "Pães e bolos"; websites: "https:\/\/padaria\.example"\..*Já existem.*Padaria Sol \(2002\)/,
    );
    await people.knobs({ signupGlitches: 1 });
    const refused = await popup();
    expect(refused.messageEvent?.data.error_message).toMatch(/Something went wrong/);
    await handIn(id, refused);
    expect(openTask(await asksAbout(id, /algo deu errado/), 'complete_signup')?.howTo).toMatch(
      /daqui a uma hora/,
    );
    // Meta's support asks for both ids.
    const { error_id: errorId, session_id: metaSessionId } = refused.messageEvent?.data ?? {};
    expect([errorId, metaSessionId]).toEqual([expect.stringMatching(/^\d{6}$/), expect.stringMatching(/./)]);
    const { items } = await client.listEvents(id, { limit: 200 });
    expect(items.find(({ type }) => type === 'signup_result')?.data).toMatchObject({
      stop: { event: 'CANCEL', obstacle: 'E6', errorId, metaSessionId },
    });
    const { timeline } = await stage.as('support').getSupportBundle(id);
    expect(timeline.find(({ what }) => what === 'signup_result')?.detail).toContain(
      `event: CANCEL; errorId: ${String(errorId)}; metaSessionId: ${String(metaSessionId)}; obstacle: E6`,
    );
    const end = await popup();
    await handIn(id, end);
    expect(await until(id, isClosed)).toMatchObject({
      outcome: 'migrated',
      destination: { wabaId: end.wabaId },
    });
    expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
  });

  test('E7: a name under review leads back to eligibility, which waits for it; then the client is asked again', async () => {
    const { people, asked, popup, handIn, until, untilAsked, client, pass, subscriber } = await openSignup();
    const id = await asked();
    await people.act('request-name-change', { number: subscriber(), name: 'Padaria Sol Nascente' });
    const refused = await popup();
    expect(refused.messageEvent?.data.error_message).toMatch(/Register Name/);
    await handIn(id, refused);
    const held = await until(
      id,
      ({ step, tasks }) =>
        step === 'eligibility' && tasks.some(({ blocking, status }) => blocking && status === 'open'),
    );
    expect(held.tasks.find(({ blocking, status }) => blocking && status === 'open')).toMatchObject({
      requirement: 'R27',
    });
    await people.act('approve-name', { number: subscriber() });
    await pass(MINUTE);
    await client.recheck(id);
    await untilAsked(id, 'complete_signup');
    const end = await popup();
    await handIn(id, end);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });

  test('E3: a number that is on the API no more leads back to eligibility, which finds that there is nothing to migrate', async () => {
    const { people, asked, popup, handIn, until, subscriber } = await openSignup();
    const id = await asked();
    await people.act('delete-number', { number: subscriber() });
    await people.knobs({ signupUnknownNumber: 'refused', deletedNumberHoldMs: 0 });
    const refused = await popup();
    expect(refused.messageEvent?.data.error_message).toMatch(/added directly/);
    await handIn(id, refused);
    const ended = await until(id, isClosed);
    expect(ended).toMatchObject({ outcome: 'new_registration_needed' });
    expect(ended.findings.map(({ code }) => code)).toContain('NO_MIGRATION_NEEDED');
    expect(await people.effects('registered')).toEqual([]);
  });

  test('E4: moved already is looked at: the number that is live in a new account goes on with acceptance', async () => {
    const { people, stage, straight, asked, popup, handIn, until, eventTypes, pass } = await openSignup({
      stage: { webhooks: false },
    });
    const id = await asked();
    // The page broke off after the popup, and the partner's own hands registered the number.
    const end = await popup({ funded: true });
    const post = async (path: string, body: Record<string, string>) => {
      const answer = await fetch(`${stage.sandbox.url}/v25.0/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${straight.tokens.destination}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(await answer.text());
    };
    await post(`${String(end.wabaId)}/subscribed_apps`, {});
    await post(`${String(end.phoneNumberId)}/register`, { messaging_product: 'whatsapp', pin: '482915' });
    await pass(MINUTE);
    const refused = await popup();
    expect(refused.messageEvent?.data.error_message).toMatch(/already been moved/);
    await handIn(id, refused);
    const moved = await until(id, ({ steps }) =>
      steps.some(({ name, status }) => name === 'acceptance' && status !== 'pending'),
    );
    expect(moved.destination).toMatchObject({ wabaId: end.wabaId, phoneNumberId: end.phoneNumberId });
    expect(await eventTypes(id)).toContain('found_at_destination');
    expect(await people.effects('registered')).toHaveLength(1);
  });
});

describe('a signup and the time', () => {
  test('133006, R16: a proof older than 14 days, while the client had no card, leads back to the popup, which proves anew', async () => {
    const { people, asked, popup, handIn, until, untilAsked, client, pass, eventTypes } = await openSignup({
      stage: { policy: { deadlines: { funding: 20 * DAY }, cardRecheckEvery: DAY } },
    });
    const id = await asked({ funding: { payer: 'client_card' } });
    expect(openTask(await untilAsked(id, 'complete_signup'), 'complete_signup')?.howTo).toMatch(
      /Have a card ready/,
    );
    const first = await popup();
    await handIn(id, first);
    await untilAsked(id, 'add_payment_method');
    await pass(15 * DAY);
    await people.act('attach-card', { wabaId: first.wabaId });
    await client.recheck(id);
    await untilAsked(id, 'complete_signup');
    expect(await people.effects('registered')).toEqual([]);
    const again = await popup({ wabaId: first.wabaId });
    expect(again.messageEvent?.event).toBe('FINISH');
    await handIn(id, again);
    expect(await until(id, isClosed)).toMatchObject({
      outcome: 'migrated',
      destination: { wabaId: first.wabaId },
    });
    expect((await eventTypes(id)).filter((type) => type === 'signup_finished')).toHaveLength(2);
    expect(await people.effects('registered')).toHaveLength(1);
  });

  test('R16, P-18, meta §1.7, §2.2: a card that the new account lacks is asked for as what may keep the number silent, and seen within minutes, without anybody saying so', async () => {
    const { people, asked, popup, handIn, until, untilAsked, pass } = await openSignup();
    const id = await asked({
      funding: { payer: 'client_card' },
      business: { name: 'Padaria Sol', contact: { locale: 'es' } },
    });
    const end = await popup();
    await handIn(id, end);
    const task = openTask(await untilAsked(id, 'add_payment_method'), 'add_payment_method');
    expect(task?.title).toMatch(/El número puede quedar en silencio.*agregue uno a la cuenta \d+ ahora/);
    expect(task?.howTo).toMatch(/ya está anunciado/);
    expect(task?.howTo).not.toMatch(/no se anuncia antes/);
    await people.act('attach-card', { wabaId: end.wabaId });
    await pass(11 * MINUTE);
    expect(await until(id, isClosed)).toMatchObject({
      outcome: 'migrated',
      destination: { wabaId: end.wabaId },
    });
  });

  test('133006: a proof that Meta holds for lapsed, where we do not, is refused at register; nothing has happened, and the popup proves anew', async () => {
    const { people, asked, popup, handIn, until, untilAsked, client, pass, eventTypes } = await openSignup({
      stage: {
        policy: { deadlines: { funding: 20 * DAY }, cardRecheckEvery: DAY, verificationValidity: 30 * DAY },
      },
    });
    const id = await asked({ funding: { payer: 'client_card' } });
    const first = await popup();
    await handIn(id, first);
    await untilAsked(id, 'add_payment_method');
    await pass(15 * DAY);
    await people.act('attach-card', { wabaId: first.wabaId });
    await client.recheck(id);
    const led = await untilAsked(id, 'complete_signup');
    expect(led).toMatchObject({
      ...{ step: 'destination', state: 'waiting', registerAttemptedAt: null },
      waitingFor: { party: 'client', kind: 'complete_signup' },
    });
    const { items } = await client.listEvents(id, { limit: 200 });
    expect(items.find(({ type }) => type === 'point_of_no_return_withdrawn')?.data).toEqual({
      code: 'OWNERSHIP_NOT_VERIFIED',
    });
    expect(await people.effects('registered')).toEqual([]);
    expect(await people.effects('register_attempt')).toHaveLength(1);
    await handIn(id, await popup({ wabaId: first.wabaId }));
    expect(await until(id, isClosed)).toMatchObject({
      outcome: 'migrated',
      destination: { wabaId: first.wabaId },
    });
    expect((await eventTypes(id)).filter((type) => type === 'signup_finished')).toHaveLength(2);
    expect(await people.effects('registered')).toHaveLength(1);
  });

  test('the window ends during the signup: the client is asked no more, and what was finished by then is taken', async () => {
    const { people, asked, popup, until, untilAsked, client, pass, after } = await openSignup();
    const id = await asked({ cutover: { notBefore: after(-HOUR), notAfter: after(3 * HOUR) } });
    const { expiresAt } = await client.openSignupSession(id);
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.parse(after(3 * HOUR)));
    const { sessionId } = await client.openSignupSession(id);
    await pass(3 * HOUR + MINUTE);
    const over = await untilAsked(id, 'approve_cutover');
    expect(openTask(over, 'complete_signup')).toBeUndefined();
    await expect(client.openSignupSession(id)).rejects.toMatchObject({ code: 'not_waiting_for_signup' });

    await client.approveCutover(id, 'the client is on the phone');
    await untilAsked(id, 'complete_signup');
    const end = await popup();
    await client.submitSignupResult(id, sessionId, resultOf(end));
    expect(await until(id, isClosed)).toMatchObject({
      outcome: 'migrated',
      destination: { wabaId: end.wabaId },
    });
    expect(await people.effects('registered')).toHaveLength(1);
  });

  test('meta §2.1, R40: the account of a finished window is looked for during five minutes before the client is asked again; a code that Meta does not take shortens that to one look', async () => {
    const { straight, asked, popup, handIn, asksAbout, until, pass, client } = await openSignup({
      stage: { webhooks: false },
    });
    const id = await asked();
    const { sessionId } = await client.openSignupSession(id);
    const nowhere = { event: 'FINISH', wabaId: '990009', businessId: straight.ids.businessId } as const;
    await client.submitSignupResult(id, sessionId, { ...nowhere, code: 'AQnobodyHasGivenThisCode' });
    await asksAbout(id, /its account is not to be found/);

    await client.submitSignupResult(id, sessionId, nowhere);
    await until(id, (migration) => openTask(migration, 'complete_signup') === undefined);
    await pass(4 * MINUTE);
    expect(openTask(await client.getMigration(id), 'complete_signup')).toBeUndefined();
    await pass(2 * MINUTE);
    await asksAbout(id, /its account is not to be found/);
    const end = await popup();
    await handIn(id, end);
    expect(await until(id, isClosed)).toMatchObject({
      outcome: 'migrated',
      destination: { wabaId: end.wabaId },
    });
  });

  test('meta §1.7, §2.1, R40: a number that the popup has entered and not proven is announced: the client is told to confirm it, the operator that it waits, and an abort names number and account', async () => {
    const { stage, straight, client, asked, popup, handIn, asksAbout, until, untilAsked, pass } =
      await openSignup({ numbers: 2 });
    const id = await asked();
    const { sessionId } = await client.openSignupSession(id);
    const { businessId } = straight.ids;
    // What the window says is enough, also when its account is not to be found.
    const nowhere = { event: 'FINISH', wabaId: '990009', phoneNumberId: '880009', businessId } as const;
    await client.submitSignupResult(id, sessionId, nowhere);
    expect(
      (await until(id, ({ cutover }) => cutover.announcedAt !== null)).destination.phoneNumberId,
    ).toBeNull();
    const entered = await popup({ verification: 'later' });
    expect(entered.messageEvent?.event).toBe('FINISH');
    await client.submitSignupResult(id, sessionId, resultOf(entered));
    await asksAbout(id, /entered, but not confirmed/);
    const proven = await popup({ wabaId: entered.wabaId });
    await handIn(id, proven);
    expect(await until(id, isClosed)).toMatchObject({
      outcome: 'migrated',
      destination: { wabaId: entered.wabaId, phoneNumberId: entered.phoneNumberId },
    });

    const left = await asked({}, 1);
    // The window's message is lost: a look sees the number.
    const other = await popup({ verification: 'later' }, 1);
    await handIn(left, { ...other, messageEvent: null });
    const waiting = await asksAbout(left, /entered, but not confirmed/);
    expect(waiting.cutover.announcedAt).not.toBeNull();
    expect(waiting.destination.phoneNumberId).toBe(other.phoneNumberId);
    await pass(130 * MINUTE);
    expect(
      openTask(await untilAsked(left, 'announced_number_waits'), 'announced_number_waits'),
    ).toMatchObject({
      ...{ party: 'operator', step: 'destination' },
    });
    expect(await stage.metrics()).toContain('carryover_announced_numbers_overdue 1\n');
    await client.abort(left, 'the client has no phone');
    const { leftInPlace, findings } = await until(left, isClosed);
    const told = JSON.stringify(leftInPlace.map(({ kind, detail }) => ({ kind, detail })));
    expect(told).toContain(`account ${String(other.wabaId)}, made for this migration`);
    expect(told).toContain(`number ${String(other.phoneNumberId)} is pending`);
    expect(findings.map(({ code }) => code)).toContain('ANNOUNCED_NUMBER_LEFT');
  });

  test('meta §1.7: a source that falls silent at the end of the popup is known, and the registration follows at once', async () => {
    const { people, asked, popup, handIn, until } = await openSignup();
    await people.knobs({ sourceOutage: 'at_announcement' });
    const id = await asked();
    const end = await popup();
    await handIn(id, end);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject({ outcome: 'migrated' });
    expect(Date.parse(moved.cutover.announcedAt ?? '')).toBeLessThanOrEqual(
      Date.parse(moved.cutover.registeredAt ?? ''),
    );
    expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
  });
});
