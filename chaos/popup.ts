/** The client in Meta's popup, and the page that hands in what came out of it. */
import { z } from 'zod';
import type { CarryoverClient, MutationOptions } from '../client';
import type { Family } from '../sandbox/world/families';
import { insistently } from './insistently';
import type { Played } from './player';
import type { PracticePlatform } from './practice-platform';

const id = z.string().nullish();
const popupSchema = z.looseObject({
  messageEvent: z
    .looseObject({
      event: z.enum(['FINISH', 'FINISH_ONLY_WABA', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', 'CANCEL']),
      data: z.looseObject({
        ...{ waba_id: id, phone_number_id: id, business_id: id },
        ...{ current_step: id, error_message: id, error_id: id },
      }),
    })
    .nullable(),
  code: z.string().nullable(),
});

/** What the page has when the client is through. */
export interface PopupResult {
  readonly sessionId: string;
  readonly body: Parameters<CarryoverClient['submitSignupResult']>[2];
}

/** Opens the link and goes through the popup with the number in it. */
export const openPopup = async (
  platform: PracticePlatform,
  client: CarryoverClient,
  migrationId: string,
  { businessId, subscriberId, personId, name }: Family,
): Promise<PopupResult> => {
  const { sessionId } = await client.openSignupSession(migrationId);
  const end = popupSchema.parse(
    await platform.act('complete-signup', {
      ...{ number: subscriberId, businessId, person: personId, wabaName: `Client ${name} here` },
    }),
  );
  const data = end.messageEvent?.data;
  const given = (value: string | null | undefined): string | undefined => value ?? undefined;
  const body = {
    event: end.messageEvent?.event,
    wabaId: given(data?.waba_id),
    phoneNumberId: given(data?.phone_number_id),
    businessId: given(data?.business_id),
    code: given(end.code),
    currentStep: given(data?.current_step),
    errorMessage: given(data?.error_message),
    errorId: given(data?.error_id),
  };
  return { sessionId, body };
};

export const finishPopup = (
  client: CarryoverClient,
  migrationId: string,
  { sessionId, body }: PopupResult,
  options?: MutationOptions,
) => client.submitSignupResult(migrationId, sessionId, body, options);

/** Opens the link, goes through the popup, and hands in the result. */
export const throughPopup = async (
  platform: PracticePlatform,
  client: CarryoverClient,
  migrationId: string,
  played: Played | undefined,
): Promise<void> => {
  if (played === undefined) return;
  const result = await openPopup(platform, client, migrationId, played.family);
  // The page has the result and comes back with it; nobody goes through the popup twice for that.
  await insistently(() => finishPopup(client, migrationId, result));
};

/** The client makes an account in the popup, and enters no number. */
export const makeAccount = async (platform: PracticePlatform, played: Played | undefined): Promise<void> => {
  if (played === undefined) return;
  const { businessId, personId, name } = played.family;
  await platform.act('complete-signup', { businessId, person: personId, wabaName: `Client ${name} here` });
};
