/** The client in Meta's popup, and the page that hands in what came out of it. */
import { z } from 'zod';
import type { CarryoverClient } from '../client';
import type { Played } from './player';
import type { PracticePlatform } from './practice-platform';

const id = z.string().nullish();
const popupSchema = z.looseObject({
  messageEvent: z
    .looseObject({
      event: z.enum(['FINISH', 'FINISH_ONLY_WABA', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', 'CANCEL']),
      data: z.looseObject({ waba_id: id, phone_number_id: id, business_id: id }),
    })
    .nullable(),
  code: z.string().nullable(),
});

/** Opens the link, goes through the popup with the number in it, and hands in the result. */
export const throughPopup = async (
  platform: PracticePlatform,
  client: CarryoverClient,
  migrationId: string,
  played: Played | undefined,
): Promise<void> => {
  if (played === undefined) return;
  const { businessId, subscriberId, personId, name } = played.family;
  const { sessionId } = await client.openSignupSession(migrationId);
  const end = popupSchema.parse(
    await platform.act('complete-signup', {
      ...{ number: subscriberId, businessId, person: personId, wabaName: `Client ${name} here` },
    }),
  );
  const data = end.messageEvent?.data;
  const given = (value: string | null | undefined): string | undefined => value ?? undefined;
  await client.submitSignupResult(migrationId, sessionId, {
    event: end.messageEvent?.event,
    wabaId: given(data?.waba_id),
    phoneNumberId: given(data?.phone_number_id),
    businessId: given(data?.business_id),
    code: given(end.code),
  });
};
