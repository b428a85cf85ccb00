/** A straight world whose numbers move by Embedded Signup, and what the client does there. */
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { atEndOfFile } from './after-each-file';
import { isClosed, openJourney, type Journey } from './journey';
import { goThroughPopup, resultOf, type PopupEnd } from './popup';
import { mongoUri } from './servers';

export type SignupJourney = Awaited<ReturnType<typeof openSignupJourney>>;

export const openSignupJourney = async (numbers: number) => {
  const mongo = mongoUri(`signup-${randomBytes(6).toString('hex')}`);
  const journey = await openJourney({ templates: 2, numbers, stage: { mongo } });
  const raw = new MongoClient(mongo);
  atEndOfFile(() => raw.close());
  const codes = raw.db().collection<{ _id: string; sealed?: unknown }>('popupCodes');
  const { businessId } = journey.straight.ids;
  const { credential } = journey.body().destination;
  const { client } = journey.stage;
  /** The n-th number of the world, as far as the client is asked for the signup. */
  const asked = async (number: number, patch: Parameters<Journey['start']>[0] = {}) => {
    const { id } = await journey.start(
      {
        route: 'embedded_signup',
        destination: { provider: 'meta', businessId, credential },
        templates: { copy: false },
        ...patch,
      },
      number,
    );
    await asksForSignup(id);
    return id;
  };
  const asksForSignup = (id: string, about = /./) =>
    journey.until(id, ({ tasks }) =>
      tasks.some(
        ({ kind, status, title }) => kind === 'complete_signup' && status === 'open' && about.test(title),
      ),
    );
  const popup = (number: number, input: Record<string, unknown> = {}): Promise<PopupEnd> =>
    goThroughPopup(journey.people, {
      number: `sub_straight_${String(number + 1)}`,
      businessId,
      wabaName: `Padaria Sol ${String(number)}`,
      ...input,
    });
  /** The client opens the link that the backend has sent, and the page hands in what the popup returned. */
  const handIn = async (id: string, end: PopupEnd) => {
    const { sessionId } = await client.openSignupSession(id);
    return client.submitSignupResult(id, sessionId, resultOf(end));
  };
  const moved = async (id: string, end: PopupEnd) => {
    const migration = await journey.until(id, isClosed, 40_000);
    expect(migration).toMatchObject({
      state: 'completed',
      outcome: 'migrated',
      destination: { wabaId: end.wabaId, phoneNumberId: end.phoneNumberId },
    });
    return migration;
  };
  return { ...journey, client, codes, asked, asksForSignup, popup, handIn, moved };
};
