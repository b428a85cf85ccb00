/** The client in Meta's popup, as the page that opened it sees the end of it. */
import { z } from 'zod';
import type { CarryoverClient } from '../../client';
import type { Rehearsal } from './rehearsal';

const id = z.string().nullish();
const popupSchema = z.looseObject({
  messageEvent: z
    .looseObject({
      event: z.enum(['FINISH', 'FINISH_ONLY_WABA', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', 'CANCEL']),
      data: z.looseObject({
        waba_id: id,
        phone_number_id: id,
        business_id: id,
        current_step: id,
        error_message: id,
        error_id: id,
        session_id: id,
      }),
    })
    .nullable(),
  code: z.string().nullable(),
  wabaId: id,
  phoneNumberId: id,
  businessId: id,
});
export type PopupEnd = z.output<typeof popupSchema>;

type Result = Parameters<CarryoverClient['submitSignupResult']>[2];

const given = (value: string | null | undefined): string | undefined => value ?? undefined;

/** What the page hands in. */
export const resultOf = ({ messageEvent, code }: PopupEnd): Result => {
  const data = messageEvent?.data;
  return {
    event: messageEvent?.event,
    wabaId: given(data?.waba_id),
    phoneNumberId: given(data?.phone_number_id),
    businessId: given(data?.business_id),
    currentStep: given(data?.current_step),
    errorMessage: given(data?.error_message),
    errorId: given(data?.error_id),
    metaSessionId: given(data?.session_id),
    code: given(code),
  };
};

export const goThroughPopup = async (
  people: Pick<Rehearsal, 'act'>,
  input: Record<string, unknown>,
): Promise<PopupEnd> => popupSchema.parse(await people.act('complete-signup', input));
