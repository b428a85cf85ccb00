import { z } from 'zod';
import { belongingsSchema } from '../world/belongings-schema';
import { storageRegions } from '../world/knobs';
import { profileSchema } from '../world/profile-schema';
import { recordSchema, subscriberSchema } from '../world/schema';
import { act, type Act } from './act';
import { holdingRecord, numberTarget, targetSubscriber, targetWaba } from './targets';

/** How a number stands with Meta and with people, where it is live: what must be after a move as it was before. */
export const standingActs: Readonly<Record<string, Act>> = {
  'set-profile': act(
    'the business fills in what people see behind its number (nothing given: it is emptied)',
    z.strictObject({ ...numberTarget, profile: profileSchema.nullable().default(null) }),
    (platform, input) => {
      const record = holdingRecord(platform, targetSubscriber(platform, input));
      record.profile = input.profile;
      return { wabaId: record.wabaId };
    },
  ),
  'rate-quality': act(
    'Meta rates the quality of the number anew',
    z.strictObject({ ...numberTarget, quality: subscriberSchema.shape.quality.unwrap() }),
    (platform, input) => {
      const subscriber = targetSubscriber(platform, input);
      subscriber.quality = input.quality;
      return { quality: subscriber.quality };
    },
  ),
  'set-badge': act(
    'Meta gives or takes the badge of an official business account',
    z.strictObject({ ...numberTarget, official: z.boolean() }),
    (platform, input) => {
      const subscriber = targetSubscriber(platform, input);
      subscriber.officialBusinessAccount = input.official;
      return { official: input.official };
    },
  ),
  'set-status': act(
    'Meta restricts, flags or bans the number, or lets it be again',
    z.strictObject({ ...numberTarget, status: recordSchema.shape.status.unwrap() }),
    (platform, input) => {
      const record = holdingRecord(platform, targetSubscriber(platform, input));
      record.status = input.status;
      return { wabaId: record.wabaId, status: record.status };
    },
  ),
  'keep-data-in': act(
    'Meta keeps the data of the number in another country (null: wherever it keeps it), as nobody could tell it to after the registration',
    z.strictObject({ ...numberTarget, region: z.enum(storageRegions).nullable() }),
    (platform, { region, ...target }) => {
      const record = holdingRecord(platform, targetSubscriber(platform, target));
      if (region === null) delete record.storageRegion;
      else record.storageRegion = region;
      return { wabaId: record.wabaId, region };
    },
  ),
  'turn-messages': act(
    'somebody turns the messages of the number, or of the account named, to an address of theirs (null: not any more)',
    z.strictObject({ ...numberTarget, wabaId: z.string().optional(), uri: z.url().max(200).nullable() }),
    (platform, { wabaId, uri, ...target }) => {
      if (wabaId !== undefined) {
        for (const subscription of targetWaba(platform, wabaId).subscribedApps)
          subscription.overrideUri = uri;
        return { wabaId };
      }
      const record = holdingRecord(platform, targetSubscriber(platform, target));
      record.belongings = belongingsSchema.parse({ ...record.belongings, callbackUri: uri });
      return { wabaId: record.wabaId };
    },
  ),
};
