/**
 * What hangs on a number or its account and is not said to move with it (meta §1.6), and who is at the account (meta
 * §3.2). Names and codes only, but for the profile, which is compared after the move. One call each, and one a hundred flows or
 * people.
 */
import { z } from 'zod';
import type { BusinessId, PhoneNumberId, WabaId } from '../../shared/ids';
import { listFlows } from './flows';
import type { GraphClient } from './graph-client';

/** Of codes by the hundred the first page is told: no page is turned for what is only told. */
const listOf = <T extends z.ZodType>(item: T) => z.looseObject({ data: z.array(item) });

/**
 * Names of flows that are published or drafts: `GET /{waba}/flows`. Deprecated ones cannot be used any more. All pages, because
 * each of them is to be made again.
 */
export const listFlowNames = async (client: GraphClient, wabaId: WabaId): Promise<string[]> => {
  const names: string[] = [];
  for await (const { name, status } of listFlows(client, wabaId))
    if (status !== 'DEPRECATED') names.push(name);
  return names;
};

/** Codes of the number's QR codes and short links: `GET /{phone}/message_qrdls`. */
export const listQrCodes = async (client: GraphClient, id: PhoneNumberId): Promise<string[]> => {
  const { data } = await client.get(
    `${id}/message_qrdls`,
    { fields: 'code', limit: 25 },
    listOf(z.looseObject({ code: z.string() })),
  );
  return data.map(({ code }) => code);
};

const PROFILE_FIELDS = [
  'about',
  'address',
  'description',
  'email',
  'profile_picture_url',
  'websites',
  'vertical',
] as const;

/** Empty: not filled in. Addresses are one text, and a picture's address is not kept: it is another every time. */
const contentOf = (field: (typeof PROFILE_FIELDS)[number], value: unknown): string => {
  const said = Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(' ') : value;
  if (typeof said !== 'string' || said.trim() === '' || said === 'UNDEFINED') return '';
  return field === 'profile_picture_url' ? 'a picture' : said;
};

/** What the profile's fields say that are filled in: `GET /{phone}/whatsapp_business_profile`. */
export const readProfile = async (
  client: GraphClient,
  id: PhoneNumberId,
): Promise<Record<string, string>> => {
  const query = { fields: PROFILE_FIELDS.join(',') };
  const { data } = await client.get(
    `${id}/whatsapp_business_profile`,
    query,
    listOf(z.record(z.string(), z.unknown())),
  );
  const [entry = {}] = data;
  // Meta's OpenAPI document nests the profile once more; its guide does not (UNVERIFIED).
  const nested = z.record(z.string(), z.unknown()).safeParse(entry['business_profile']);
  const profile = nested.success ? nested.data : entry;
  const fields = PROFILE_FIELDS.map((field) => [field, contentOf(field, profile[field])] as const);
  return Object.fromEntries(fields.filter(([, content]) => content !== ''));
};

const userSchema = z.looseObject({ tasks: z.array(z.string()).nullable().catch(null) });

/**
 * `GET /{waba}/assigned_users?business=`: the tasks of each person of that business at the account (meta §3.2); null of
 * whom they are not told. All pages, because nobody's being there is concluded from it.
 */
export const listTasksOfUsers = async (
  client: GraphClient,
  wabaId: WabaId,
  business: BusinessId,
): Promise<(string[] | null)[]> => {
  const query = { business, limit: 100 };
  const found: (string[] | null)[] = [];
  const users = client.paginate(`${wabaId}/assigned_users`, query, userSchema, { scope: wabaId });
  for await (const { tasks } of users) found.push(tasks);
  return found;
};
