import { isClosed, openJourney, type Journey } from '../support/journey';
import { goThroughPopup, resultOf, type PopupEnd } from '../support/popup';

const NUMBER = { number: 'sub_straight_1' };

const openSignup = async (options: Parameters<typeof openJourney>[0] = {}) => {
  const journey = await openJourney({ templates: 3, ...options });
  const { businessId } = journey.straight.ids;
  const { destination } = journey.body();
  const start = (patch: Parameters<Journey['start']>[0] = {}) =>
    journey.start({
      route: 'embedded_signup',
      destination: { provider: 'meta', businessId, credential: destination.credential },
      ...patch,
    });
  const asked = (id: string) => journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'complete_signup');
  const popup = (input: Record<string, unknown> = {}): Promise<PopupEnd> =>
    goThroughPopup(journey.people, { ...NUMBER, businessId, ...input });
  /** The client opens the link that the backend has sent, and hands in what the popup returned. */
  const handIn = async (id: string, end: PopupEnd) => {
    const { sessionId } = await journey.stage.client.openSignupSession(id);
    return journey.stage.client.submitSignupResult(id, sessionId, resultOf(end));
  };
  return { ...journey, start, asked, popup, handIn };
};

describe('the route embedded_signup (meta §2.1, §2.2)', () => {
  test('a number moves by Meta’s popup, without a code, and the client’s token does the work', async () => {
    const { stage, start, asked, popup, handIn, until, people } = await openSignup();
    const { id } = await start();
    await asked(id);
    const end = await popup();
    await handIn(id, end);
    const moved = await until(id, isClosed, 40_000);

    expect(moved).toMatchObject({
      state: 'completed',
      outcome: 'migrated',
      destination: { wabaId: end.wabaId, phoneNumberId: end.phoneNumberId },
    });
    expect(moved.steps.map(({ name }) => name)).not.toContain('ownership');
    expect(moved.acceptance.filter((check) => !check.ok && check.required)).toEqual([]);
    for (const once of ['token_issued', 'registered']) expect(await people.effects(once)).toHaveLength(1);
    expect(await people.effects('code_sent')).toHaveLength(1);
    expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
    const { items } = await stage.client.listCredentials();
    expect(items.find(({ name }) => name.startsWith('client-'))?.expiresAt).not.toBeNull();
    expect(moved.findings.map(({ code }) => code)).toContain('CLIENT_TOKEN_EXPIRES');
  });
});
