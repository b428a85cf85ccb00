/**
 * `GET` and `POST /{phone}/settings`, as far as local storage goes (meta §1.5; Meta's OpenAPI document): where the data
 * of a number is kept. Set while the number is not registered; deregistering clears it.
 */
import { z } from 'zod';
import { storageRegions } from '../world/knobs';
import { invalidParameter } from './errors';
import type { PhoneNode } from './nodes';
import { parseLoose, type NodeCall } from './request';

const configurationSchema = z.discriminatedUnion('enabled', [
  z.strictObject({ enabled: z.literal(true), region: z.enum(storageRegions) }),
  z.strictObject({ enabled: z.literal(false) }),
]);

export function readSettings(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const { storageRegion } = call.node.record;
  return {
    calling: { status: 'disabled' },
    storage_configuration:
      storageRegion === undefined
        ? { status: 'default' }
        : { status: 'in_country_storage_enabled', data_localization_region: storageRegion },
  };
}

export function writeSettings(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const { platform, node } = call;
  const { record } = node;
  const given = parseLoose(call.parameters['storage_configuration']);
  // Only one feature a request, says the document; of them this world keeps one.
  if (given === undefined) throw invalidParameter('Param storage_configuration is required.');
  const asked = configurationSchema.safeParse(given);
  if (!asked.success)
    throw invalidParameter(
      'Param storage_configuration must be {enabled: true, region: one of the regions} or {enabled: false}',
    );
  const region = asked.data.enabled ? asked.data.region : undefined;
  if (region === record.storageRegion) return { success: true };
  if (record.registering || record.status === 'CONNECTED')
    throw invalidParameter(
      'The storage configuration can only be changed while the number is not registered.',
    );
  record.storageRegion = region;
  platform.effect(
    'storage_region_set',
    { phone: record.id, waba: record.wabaId },
    { region: region ?? null },
  );
  return { success: true };
}
