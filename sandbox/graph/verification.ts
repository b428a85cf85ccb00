import { requestCode, verifyCode } from '../behaviour/codes';
import { deregister, register } from '../behaviour/registration';
import { storageRegions, type StorageRegion } from '../world/knobs';
import { invalidParameter } from './errors';
import type { PhoneNode } from './nodes';
import { requiredText, text, type NodeCall } from './request';

const success = { success: true };

/** `request_code` (meta §1.4). */
export function requestCodeEdge(call: NodeCall<PhoneNode>): Record<string, unknown> {
  const method = requiredText(call.parameters, 'code_method');
  const language = requiredText(call.parameters, 'language');
  if (method !== 'SMS' && method !== 'VOICE')
    throw invalidParameter('Param code_method must be one of SMS, VOICE');
  if (!/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language))
    throw invalidParameter('Param language must be a language code');
  requestCode(call.platform, call.node.record, method, language);
  return success;
}

/** `verify_code` (meta §1.4). */
export function verifyCodeEdge(call: NodeCall<PhoneNode>): Record<string, unknown> {
  verifyCode(call.platform, call.node.record, requiredText(call.parameters, 'code'));
  return success;
}

/** `register` (meta §1.5). A malformed call uses up an attempt too: failures count. */
export function registerEdge(call: NodeCall<PhoneNode>): Record<string, unknown> {
  register(call.platform, call.node.record, {
    product: text(call.parameters, 'messaging_product'),
    pin: text(call.parameters, 'pin'),
    storageRegion: storageRegionOf(call),
  });
  return success;
}

/** Meta's changelog took it away from version 21 on, its page of the call still lists it: a knob says which holds. */
function storageRegionOf(call: NodeCall<PhoneNode>): StorageRegion | null {
  const given = text(call.parameters, 'data_localization_region');
  if (given === null) return null;
  if (call.platform.world.knobs.storageRegionAt === 'settings' && call.version >= 21)
    throw invalidParameter('Param data_localization_region is not supported any more');
  const region = storageRegions.find((one) => one === given);
  if (region === undefined)
    throw invalidParameter('Param data_localization_region must be one of the regions');
  return region;
}

export function deregisterEdge(call: NodeCall<PhoneNode>): Record<string, unknown> {
  deregister(call.platform, call.node.record);
  return success;
}
