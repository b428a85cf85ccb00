import { profileSchema, type Profile } from '../world/profile-schema';
import { invalidParameter, platformError } from './errors';
import { selectFields, type FieldTable } from './fields';
import type { PhoneNode } from './nodes';
import { parseLoose, requiredText, text, type NodeCall } from './request';

const fields: FieldTable<Profile> = {
  id: () => undefined,
  messaging_product: () => 'whatsapp',
  about: ({ about }) => about,
  address: ({ address }) => address,
  description: ({ description }) => description,
  email: ({ email }) => email,
  profile_picture_url: ({ pictureUrl }) => pictureUrl,
  websites: ({ websites }) => (websites === undefined || websites.length === 0 ? undefined : websites),
  vertical: ({ vertical }) => vertical,
};
const defaults = Object.keys(fields);

/** `GET /{phone}/whatsapp_business_profile`: empty fields are left out; a knob decides whether it stands nested. */
export function readProfile(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const profile = call.node.record.profile ?? {};
  const asked = text(call.parameters, 'fields');
  const seen = selectFields(profile, fields, asked, defaults, 'WhatsAppBusinessProfile');
  const nested = call.platform.world.knobs.profileShape === 'nested';
  return { data: [nested ? { business_profile: seen } : seen] };
}

const writable = ['about', 'address', 'description', 'email', 'websites', 'vertical'];

/** `POST /{phone}/whatsapp_business_profile`: what is named is set, the rest stays. */
export function writeProfile(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const { record } = call.node;
  if (requiredText(call.parameters, 'messaging_product') !== 'whatsapp')
    throw invalidParameter('Param messaging_product must be one of {WHATSAPP}');
  if (!record.live || record.status !== 'CONNECTED')
    throw platformError(133010, 'Phone number not registered', 'Register the number to give it a profile.');
  const named = Object.entries(call.parameters).filter(([name]) => writable.includes(name));
  const change = Object.fromEntries(named.map(([name, value]) => [name, parseLoose(value)]));
  const profile = profileSchema.safeParse({ ...record.profile, ...change });
  if (!profile.success)
    throw invalidParameter(
      profile.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '),
    );
  record.profile = profile.data;
  return { success: true };
}
