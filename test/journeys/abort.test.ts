import type { Migration } from '../../client';
import { CarryoverProblem, createCarryoverClient } from '../../client';
import { eventually } from '../durability/eventually';
import { isClosed, openJourney, type Journey, type JourneyOptions } from '../support/journey';
import { recordHistory } from '../support/recorded-histories';
import type { StartRequestBody } from '../../client';

const slowly = (path: string, method = 'POST') => ({
  match: { method, path },
  action: { type: 'delay', ms: 1500, when: 'after' },
});

interface Held {
  step: string;
  world?: JourneyOptions;
  hold?: (journey: Journey) => Promise<unknown>;
  patch?: (journey: Journey) => Partial<StartRequestBody>;
  /** What happens at the platform before it is held there. */
  meanwhile?: (journey: Journey) => Promise<unknown>;
  held: (migration: Migration) => boolean;
  left: string[];
  /** Left as well when the abort came a moment later. */
  perhaps?: string[];
}

const runningIn = (step: string) => (migration: Migration) => migration.step === step;
const waitingIn = (step: string) => (migration: Migration) =>
  migration.step === step && migration.state === 'waiting';

/** A call that acts, and of whose effect the next try alone hears. */
const subscriptionUnanswered = {
  match: { method: 'POST', path: '/{waba}/subscribed_apps', times: 1 },
  action: { type: 'act-then-drop' },
};
/** While the attachment's answer is on its way: the first try reads no more, neither the allocation nor the line. */
const attachmentUnproven = async ({ people }: Journey): Promise<void> => {
  await eventually('the attachment', async () => (await people.effects('credit_attached')).length === 1);
  const fails = { type: 'fail', status: 500 };
  await people.fault({ match: { method: 'GET', path: '/{allocation}', times: 1 }, action: fails });
  const allocations = '/{credit}/owning_credit_allocation_configs';
  await people.fault({ match: { method: 'GET', path: allocations, times: 1 }, action: fails });
  await eventually('the second try', async () => {
    const [failed, again] = (await people.requests('?method=GET')).filter(({ fault }) => fault !== null);
    return failed !== undefined && again !== undefined;
  });
};

const HELD: Held[] = [
  {
    step: 'eligibility',
    hold: ({ people, straight }) =>
      people.act('request-name-change', { number: straight.numbers[0]?.subscriberId, name: 'Other' }),
    held: waitingIn('eligibility'),
    left: [],
  },
  {
    step: 'destination',
    patch: ({ straight }) => ({
      destination: {
        provider: 'meta',
        businessId: straight.ids.businessId,
        wabaName: 'Padaria Sol 2026',
        credential: 'meta-destination',
      },
    }),
    held: waitingIn('destination'),
    left: [],
  },
  {
    step: 'templates',
    hold: ({ people }) => people.fault(slowly('/{waba}/migrate_message_templates')),
    held: runningIn('templates'),
    left: ['subscribed_app'],
    perhaps: ['copied_templates'],
  },
  {
    step: 'window',
    patch: () => ({ cutover: { notBefore: new Date(Date.now() + 600_000).toISOString() } }),
    held: waitingIn('window'),
    left: ['copied_templates', 'subscribed_app'],
  },
  {
    step: 'two_step_off',
    world: { twoStepOn: true },
    held: waitingIn('two_step_off'),
    left: ['copied_templates', 'subscribed_app'],
  },
  {
    step: 'funding',
    hold: ({ people }) => people.fault(slowly('/{credit}/whatsapp_credit_sharing_and_attach')),
    held: runningIn('funding'),
    left: ['copied_templates', 'credit_line', 'subscribed_app'],
  },
  {
    // Line and subscription stand after their first try, which told nobody: ours all the same, by the second one.
    step: 'announcement',
    hold: async ({ people }) => {
      await people.fault(subscriptionUnanswered);
      await people.fault(slowly('/{credit}/whatsapp_credit_sharing_and_attach'));
      await people.fault(slowly('/{waba}/phone_numbers'));
    },
    meanwhile: attachmentUnproven,
    held: runningIn('announcement'),
    left: ['announced_number', 'copied_templates', 'credit_line', 'subscribed_app'],
  },
  {
    step: 'ownership',
    held: waitingIn('ownership'),
    left: ['announced_number', 'copied_templates', 'credit_line', 'subscribed_app'],
  },
];

describe('an abort before the first registration attempt frees the number and names what it leaves', () => {
  test.each(HELD)(
    'in step $step',
    async ({ world, hold, meanwhile, patch, held, left, perhaps = [], step }) => {
      const journey = await openJourney({ templates: 1, ...world });
      const { stage, people, start, until } = journey;
      await hold?.(journey);
      const { id } = await start(patch?.(journey));
      await meanwhile?.(journey);
      await until(id, held);
      await stage.client.abort(id, 'the client has changed their mind');
      const aborted = await until(id, isClosed);

      expect(aborted).toMatchObject({ state: 'aborted', outcome: 'aborted', registerAttemptedAt: null });
      const kinds = aborted.leftInPlace
        .map(({ kind }) => kind as string)
        .filter((kind) => !perhaps.includes(kind));
      expect(kinds.sort()).toEqual([...left].sort());
      expect(aborted.leftInPlace.every(({ removableBy }) => removableBy.length > 0)).toBe(true);
      const spoken = await createCarryoverClient({
        ...{ baseUrl: stage.url, apiKey: stage.apiKey('backend'), language: 'es-MX' },
      }).getMigration(id);
      spoken.leftInPlace.forEach(({ kind, detail, removableBy }, index) => {
        const english = aborted.leftInPlace[index];
        expect(kind).toBe(english?.kind);
        expect([detail, removableBy]).not.toContain(english?.detail);
        expect([detail, removableBy]).not.toContain(english?.removableBy);
      });
      // Never less than what the platform has of ours.
      const attached = await people.effects('credit_attached');
      expect(kinds.filter((kind) => kind === 'credit_line')).toHaveLength(attached.length);
      const subscribed = await people.effects('app_subscribed');
      expect(kinds.filter((kind) => kind === 'subscribed_app')).toHaveLength(subscribed.length);
      expect(await people.effects('registered')).toEqual([]);
      const [number] = journey.straight.numbers;
      expect(await stage.store.claims.holder(number?.phoneNumber ?? '')).toBeNull();
      await recordHistory(stage, id, `aborted-in-${step}`);
    },
  );
});

describe('one account, one number after the other', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney({ numbers: 4, templates: 1 });
  });
  afterEach(async () => {
    await journey.people.noFaults();
  });
  const registered = async () => (await journey.people.effects('registered')).length;

  test('an abort that races with a register in flight is refused, and the number goes live', async () => {
    const { stage, people, start, until, handInCode } = journey;
    await people.fault(slowly('/{phone}/register'));
    const { id } = await start({}, 0);
    await handInCode(id, 0);
    await until(id, ({ registerAttemptedAt }) => registerAttemptedAt !== null);
    const refused = await stage.client.abort(id, 'too late').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CarryoverProblem);
    expect(refused).toMatchObject({ status: 409, code: 'past_point_of_no_return' });
    expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(await registered()).toBe(1);
  });

  test("Temporal's Cancel after the registration was attempted is noted, and the work goes forward", async () => {
    const { stage, people, start, until, handInCode } = journey;
    await people.fault(slowly('/{phone}/register'));
    const { id } = await start({}, 1);
    await handInCode(id, 1);
    await until(id, ({ registerAttemptedAt }) => registerAttemptedAt !== null);
    await stage.temporal.workflow.getHandle(id).cancel();
    expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
    const events = await stage.client.listEvents(id, { limit: 200 });
    expect(events.items.map(({ type }) => type)).toContain('cancel_ignored');
    await recordHistory(stage, id, 'cancelled-too-late');
  });

  test("Temporal's Cancel before the first registration attempt is an abort", async () => {
    const { stage, start, until } = journey;
    const { id } = await start({}, 2);
    await until(id, waitingIn('ownership'));
    await stage.temporal.workflow.getHandle(id).cancel();
    const aborted = await until(id, isClosed);
    expect(aborted).toMatchObject({ state: 'aborted', outcome: 'aborted' });
    expect(aborted.leftInPlace.map(({ kind }) => kind)).toContain('announced_number');
  });

  test('a code that is under way when the abort comes is answered, and nothing is registered', async () => {
    const { stage, people, start, until, codeFor } = journey;
    const before = await registered();
    const { id } = await start({}, 3);
    const code = await codeFor(id, 3);
    await people.fault(slowly('/{phone}/verify_code'));
    const [verdict] = await Promise.all([
      stage.client.submitVerificationCode(id, code),
      until(id, waitingIn('ownership')).then(() => stage.client.abort(id, 'while the code is verified')),
    ]);
    expect(verdict).toMatchObject({ outcome: 'verified' });
    expect(await until(id, isClosed)).toMatchObject({ state: 'aborted' });
    expect(await registered()).toBe(before);
  });
});
