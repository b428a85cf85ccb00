import { z } from 'zod';

export const verticals = [
  ...[
    'UNDEFINED',
    'OTHER',
    'AUTO',
    'BEAUTY',
    'APPAREL',
    'EDU',
    'ENTERTAIN',
    'EVENT_PLAN',
    'FINANCE',
    'GROCERY',
  ],
  ...['GOVT', 'HOTEL', 'HEALTH', 'NONPROFIT', 'PROF_SERVICES', 'RETAIL', 'TRAVEL', 'RESTAURANT', 'ALCOHOL'],
  ...['ONLINE_GAMBLING', 'PHYSICAL_GAMBLING', 'OTC_DRUGS'],
] as const;

/** What people see of a business behind its number, with the limits of Meta's OpenAPI document. */
export const profileSchema = z.strictObject({
  about: z.string().min(1).max(139).optional(),
  address: z.string().max(256).optional(),
  description: z.string().max(512).optional(),
  email: z.email().max(128).optional(),
  pictureUrl: z.url().optional(),
  websites: z.array(z.url().max(256)).max(2).optional(),
  vertical: z.enum(verticals).optional(),
});
export type Profile = z.output<typeof profileSchema>;
