/** A timed journey whose number moves by Embedded Signup, and what the client does there. */
import { goThroughPopup, resultOf, type PopupEnd } from '../support/popup';
import { openTask, openTimedJourney } from './timed-journey';

export const openSignup = async (options: Parameters<typeof openTimedJourney>[0] = {}) => {
  const journey = await openTimedJourney({ templates: 1, ...options });
  const { stage, straight, people, start, untilAsked, until } = journey;
  const { businessId, destinationWabaId } = straight.ids;
  const { credential } = journey.body().destination;
  const asked = async (patch: Parameters<typeof start>[0] = {}, number = 0) => {
    const { id } = await start(
      {
        route: 'embedded_signup',
        destination: { provider: 'meta', businessId, credential },
        templates: { copy: false },
        ...patch,
      },
      number,
    );
    await untilAsked(id, 'complete_signup');
    return id;
  };
  const popup = (input: Record<string, unknown> = {}, number = 0): Promise<PopupEnd> =>
    goThroughPopup(people, {
      number: `sub_straight_${String(number + 1)}`,
      businessId,
      wabaName: `Padaria Sol ${String(number)}`,
      ...input,
    });
  const handIn = async (id: string, end: PopupEnd) => {
    const { sessionId } = await stage.client.openSignupSession(id);
    return stage.client.submitSignupResult(id, sessionId, resultOf(end));
  };
  /** The client is asked for the signup, in these words. */
  const asksAbout = (id: string, title: RegExp) =>
    until(id, (migration) => title.test(openTask(migration, 'complete_signup')?.title ?? ''));
  const eventTypes = async (id: string) => {
    const { items } = await stage.client.listEvents(id, { limit: 200 });
    return items.map(({ type }) => type);
  };
  return { ...journey, destinationWabaId, client: stage.client, asked, popup, handIn, asksAbout, eventTypes };
};
