import type { Migration } from '../../client';
import { runsOf } from '../support/aftermath';
import { ROUTE_STEPS } from '../../shared/steps';
import { isClosed, openJourney, type Journey } from '../support/journey';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({
    ...{ numbers: 6, templates: 3 },
    // Below the limit at which a portfolio may have twenty numbers without being verified, and all its numbers to be seen.
    change: (world) => ({
      ...world,
      tokens: (world.tokens ?? []).map((token) =>
        token.name === 'destination' ? { ...token, targetIds: [...token.targetIds, '2001'] } : token,
      ),
      businesses: (world.businesses ?? []).map((business) => ({ ...business, messagingLimit: 'TIER_1K' })),
    }),
  });
});

const subscriber = (number: number): string => journey.straight.numbers[number]?.subscriberId ?? '';

const dryRun = async (...[patch, number]: Parameters<Journey['start']>): Promise<Migration> => {
  const { id } = await journey.start({ ...patch, mode: 'dry_run' }, number);
  return journey.until(id, isClosed);
};

const requestsWhile = async (act: () => Promise<void>) => {
  const before = (await journey.people.requests()).at(-1)?.seq ?? 0;
  await act();
  return journey.people.requests(`?after=${String(before)}`);
};

/** Ids of any kind look alike; what is compared is the call. */
const shapeOf = (call: { method: string; path: string }): string =>
  `${call.method} ${call.path.replace(/^\/v\d+\.\d+/, '').replace(/\{[^}]*\}|\d{4,}/g, '#')}`;

describe('a dry run', () => {
  test('reads both sides, changes nothing at the platform, claims nothing and ends with the plan', async () => {
    let plan: Migration['plan'] | undefined;
    const requests = await requestsWhile(async () => {
      const dry = await dryRun({ templates: { required: ['order_update/pt_BR'] } }, 0);
      expect(dry).toMatchObject({ state: 'completed', outcome: 'dry_run', mode: 'dry_run', tasks: [] });
      ({ plan } = dry);
    });
    expect(requests.length).toBeGreaterThan(5);
    expect(requests.filter(({ method, effect }) => method !== 'GET' || effect !== null)).toEqual([]);
    expect(plan).toMatchObject({
      stage: 'checked',
      verdict: { ready: true, endsAs: 'migrated', blockers: [] },
      templates: { source: 3, eligible: 3, collisions: 0, predicted: 3, requiredNotCopyable: [] },
      pointOfNoReturn: { step: 'registration', call: 'POST /{destination-number}/register' },
      cannotBeUndone: [
        { step: 'templates' },
        { step: 'funding' },
        { step: 'announcement' },
        { step: 'registration' },
      ],
    });
    expect(plan?.steps.map(({ step }) => step)).toEqual(ROUTE_STEPS.programmatic);
    const prepared = plan?.tasks.filter(({ step }) => step === 'preparation') ?? [];
    expect(prepared.map(({ kind }) => kind)).toContain('freeze_campaigns');
    const others = plan?.tasks.filter((task) => !prepared.includes(task));
    expect(others?.map(({ kind, party }) => [kind, party])).toEqual([
      ['submit_verification_code', 'client'],
      ['settle_source_invoice', 'client'],
      ['cancel_source_subscription', 'client'],
    ]);
    expect(await journey.stage.store.claims.holder(journey.body({}, 0).phoneNumber)).toBeNull();
  });

  test('plans the very writes that the execution then makes, in their order, and the reads are reads; where the data is to be kept is told before the registration (meta §1.5)', async () => {
    const { destination } = journey.body();
    const inBrazil = { destination: { ...destination, dataLocalizationRegion: 'BR' as const } };
    const { plan } = await dryRun(inBrazil, 1);
    const requests = await requestsWhile(async () => {
      const { id } = await journey.start(inBrazil, 1);
      await journey.handInCode(id, 1);
      expect(await journey.until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
    });
    const isWrite = ({ method }: { method: string }) => method !== 'GET';
    const planned = plan.steps.flatMap(({ calls }) => calls);
    expect(requests.filter(isWrite).map(shapeOf)).toEqual(planned.filter(isWrite).map(shapeOf));
    expect(await journey.people.effects('storage_region_set')).toHaveLength(1);
    expect(planned.filter(isWrite).every(({ effect, undo }) => effect !== null && undo !== null)).toBe(true);
  });

  test('of a number that is being moved is answered while the migration lives', async () => {
    const { id } = await journey.start({}, 2);
    await journey.codeFor(id, 2);
    expect(await dryRun({}, 2)).toMatchObject({ outcome: 'dry_run' });
    expect((await journey.stage.client.getMigration(id)).waitingFor?.kind).toBe('submit_verification_code');
    await journey.handInCode(id, 2);
    expect(await journey.until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });

  test('tells every obstacle at once, with who must act, and waits for nobody (R21, R27)', async () => {
    await journey.people.act('two-step-on', { number: subscriber(3) });
    await journey.people.act('request-name-change', { number: subscriber(3), name: 'Padaria Lua' });
    const { plan, findings, state } = await dryRun(
      {
        cutover: { approval: 'manual' },
        business: { name: 'Padaria Sol', contact: { locale: 'pt-BR' } },
      },
      3,
    );
    expect(state).toBe('completed');
    expect(findings.map(({ code }) => code)).toContain('DISPLAY_NAME_CHANGE_PENDING');
    expect(plan.verdict).toMatchObject({ ready: false, blockers: ['DISPLAY_NAME_CHANGE_PENDING'] });
    expect(plan.tasks.filter(({ blocking }) => blocking).map(({ kind, step }) => [kind, step])).toEqual([
      ['display_name_change_pending', 'eligibility'],
      ['approve_cutover', 'window'],
      ['two_step_verification_enabled', 'two_step_off'],
      ['submit_verification_code', 'ownership'],
    ]);
    // The client reads its tasks in its language, who switches two-step verification off and who approves in English.
    const titles = Object.fromEntries(plan.tasks.map(({ kind, title }) => [kind, title]));
    expect(titles).toMatchObject({
      display_name_change_pending: expect.stringContaining('Há uma alteração do nome de exibição em aberto'),
      submit_verification_code: 'Informe os seis dígitos que o WhatsApp envia por SMS',
      freeze_campaigns: expect.stringContaining('Pare as campanhas'),
      cancel_source_subscription: 'Cancele a assinatura em acme-bsp',
      two_step_verification_enabled: expect.stringContaining('Switch two-step verification'),
      approve_cutover: 'Approve the cut-over',
    });
  });

  test('that may not read the templates says why none are predicted, and plans the rest', async () => {
    await journey.people.fault({
      match: { method: 'GET', path: '/{waba}/message_templates' },
      action: { type: 'fail', status: 400, code: 200, message: 'refused' },
    });
    const { outcome, plan } = await dryRun();
    await journey.people.noFaults();
    expect({ outcome, templates: plan.templates }).toEqual({ outcome: 'dry_run', templates: null });
    expect(plan.templatesUnseen).toMatch(/^PERMISSION_MISSING: /);
  });

  test('for an account that is still to be made predicts with what the source shows (R39)', async () => {
    const { ids } = journey.straight;
    const requests = await requestsWhile(async () => {
      const { plan } = await dryRun(
        { destination: { provider: 'meta', businessId: ids.businessId, credential: 'meta-destination' } },
        4,
      );
      expect(plan.templates).toMatchObject({ source: 3, predicted: 3, capacityLeft: null });
      expect(plan.tasks[0]).toMatchObject({ kind: 'create_destination_waba', party: 'client' });
      expect(plan.pointOfNoReturn?.call).toBe('POST /{destination-number}/register');
    });
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('of a number that never was on the API says that there is nothing to migrate (E3)', async () => {
    const phoneNumber = '+5511912345678';
    const { plan } = await dryRun({ phoneNumber });
    expect(plan).toMatchObject({
      verdict: { ready: false, endsAs: 'new_registration_needed' },
      pointOfNoReturn: null,
      cannotBeUndone: [],
      tasks: [],
    });
    expect(plan.steps.find(({ step }) => step === 'announcement')).toMatchObject({
      calls: [],
      leftOut: expect.any(String),
    });
  });

  test('of a number that is at the destination already plans what is left to do there (E4)', async () => {
    const { plan } = await dryRun({}, 1);
    expect(plan.verdict).toMatchObject({ endsAs: 'already_at_destination' });
    expect(plan.steps.filter(({ calls }) => calls.length > 0).map(({ step }) => step)).toEqual([
      'eligibility',
      'acceptance',
      'billing',
    ]);
  });
});

describe('a dry run of a route that begins at the client (meta §2.1 to §2.3)', () => {
  const dryRunOf = async (patch: Parameters<Journey['start']>[0]) => {
    let dry: Migration | undefined;
    const requests = await requestsWhile(async () => {
      dry = await dryRun({ templates: { copy: false }, ...patch }, 5);
    });
    expect(requests.length).toBeGreaterThan(3);
    expect(requests.filter(({ method, effect }) => method !== 'GET' || effect !== null)).toEqual([]);
    if (dry === undefined) throw new Error('no dry run');
    expect(dry).toMatchObject({ state: 'completed', outcome: 'dry_run', tasks: [] });
    return dry.plan;
  };
  const atDestination = ({ tasks }: Migration['plan']) => tasks.filter(({ step }) => step === 'destination');
  const writesOf = (plan: Migration['plan']) =>
    plan.steps.flatMap(({ calls }) => calls.filter(({ method }) => method !== 'GET').map(shapeOf));

  test('embedded_signup plans no announcement and no code of ours: the client does both in the popup', async () => {
    const { businessId } = journey.straight.ids;
    const plan = await dryRunOf({
      route: 'embedded_signup',
      destination: { provider: 'meta', businessId, credential: 'meta-destination' },
    });
    expect(plan).toMatchObject({ route: 'embedded_signup', verdict: { ready: true, endsAs: 'migrated' } });
    const steps = plan.steps.map(({ step }) => step);
    expect(steps).not.toContain('ownership');
    expect(steps).not.toContain('announcement');
    const popup = plan.steps.find(({ step }) => step === 'destination');
    expect(popup?.what).toContain('popup');
    expect(popup?.calls.map(({ path }) => path)).toContain('/oauth/access_token');
    expect(writesOf(plan)).not.toContain('POST /#/phone_numbers');
    expect(writesOf(plan).at(-1)).toBe('POST /#/register');
    const kinds = plan.tasks.map(({ kind }) => kind);
    expect(kinds).not.toContain('submit_verification_code');
    // It still comes to the phone, where somebody has to be (R19, P-7).
    expect(kinds).toEqual(expect.arrayContaining(['appoint_code_receiver', 'open_phone_line']));
    // The client enters the number in the popup: an account without it is what the other route asks for (meta §1.1).
    expect(atDestination(plan)).toMatchObject([
      {
        ...{ kind: 'complete_signup', party: 'client', blocking: true },
        title: expect.stringContaining('Move the number in the window of WhatsApp'),
        howTo: expect.stringMatching(/creates a new WhatsApp Business Account, enters the number/),
      },
    ]);
    expect(kinds.indexOf('complete_signup')).toBeGreaterThan(kinds.indexOf('open_phone_line'));
  });

  test('embedded_signup with an account that is there already plans the popup as well: the number is entered in it (R39)', async () => {
    const { businessId, destinationWabaId } = journey.straight.ids;
    const plan = await dryRunOf({
      route: 'embedded_signup',
      destination: {
        ...{ provider: 'meta', businessId, credential: 'meta-destination' },
        wabaId: destinationWabaId,
      },
      business: { name: 'Padaria Sol', contact: { locale: 'pt-BR' } },
    });
    expect(atDestination(plan)).toMatchObject([
      {
        ...{ kind: 'complete_signup', party: 'client' },
        title: expect.stringContaining('Migre o número na janela do WhatsApp'),
        howTo: expect.stringContaining(`a conta do WhatsApp Business ${destinationWabaId}, informa o número`),
      },
    ]);
  });

  test('solution_intent plans the request to the client, before everything else that changes something', async () => {
    const { businessId, solutionId, sourceWabaId } = journey.straight.ids;
    const plan = await dryRunOf({
      route: 'solution_intent',
      destination: { provider: 'meta', businessId, credential: 'meta-system', solutionId },
    });
    expect(plan).toMatchObject({ route: 'solution_intent', verdict: { ready: true, endsAs: 'migrated' } });
    const [asking] = plan.steps.flatMap(({ calls }) => calls.filter(({ method }) => method !== 'GET'));
    expect(asking).toMatchObject({
      path: `/${sourceWabaId}/set_solution_migration_intent`,
      undo: expect.stringContaining('declines'),
    });
    const kinds = plan.tasks.map(({ kind }) => kind);
    for (const ofCode of ['submit_verification_code', 'appoint_code_receiver', 'open_phone_line'])
      expect(kinds).not.toContain(ofCode);
    // Meta makes the account; all that the client does is to accept (meta §2.3).
    expect(atDestination(plan)).toMatchObject([
      {
        ...{ kind: 'accept_solution_request', party: 'client', requirement: 'R24', blocking: true },
        howTo: expect.stringContaining('accept the request of the new partner'),
      },
    ]);
  });
});

test('the plan of an execution names what people prepare, too, before it asks them', async () => {
  const { id } = await journey.start({ cutover: { approval: 'manual' } }, 5);
  const asked = await journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'approve_cutover');
  const prepared = asked.plan.tasks.filter(({ step }) => step === 'preparation').map(({ kind }) => kind);
  expect(prepared).toEqual(expect.arrayContaining(['freeze_campaigns', 'export_history']));
  await journey.stage.client.abort(id, 'seen');
  await journey.until(id, isClosed);
});

test('meta §1.1: a portfolio that has more numbers than are usual has proven a higher cap, which is told and nothing to act on', async () => {
  const capTold = async () =>
    (await dryRun({}, 5)).findings.find(({ code }) => code === 'NUMBER_CAP_REACHED');
  expect(await capTold()).toBeUndefined();
  const { businessId } = journey.straight.ids;
  await journey.people.act('business-verification', { businessId, status: 'not_verified' });
  expect(await capTold()).toMatchObject({
    ...{ requirement: 'meta §1.1', severity: 'info', party: 'client' },
    message: expect.stringMatching(/has 6 registered numbers, this one among them, where 2 are usual/),
    evidence: { otherNumbers: 5, cap: 2 },
  });
});

test('what a worker without time does not judge at once is judged by an ordinary activity, and no workflow task is held open for it', async () => {
  let begun = 0;
  let takenOver = (): void => undefined;
  const untilTakenOver = new Promise<void>((resolve) => (takenOver = resolve));
  const { stage, start, until } = await openJourney({
    templates: 0,
    stage: {
      hinder: (activities) => ({
        ...activities,
        judge: async (seen) => {
          begun += 1;
          if (begun === 1) await untilTakenOver;
          else takenOver();
          return activities.judge(seen);
        },
      }),
    },
  });
  const { id } = await start({ mode: 'dry_run' });
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'dry_run' });
  const events = (await runsOf(stage, id)).flatMap(({ history }) => history.events ?? []);
  const scheduled = events.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
  expect(scheduled.filter((name) => name === 'judge')).toHaveLength(1);
  expect(begun).toBe(2);
});
