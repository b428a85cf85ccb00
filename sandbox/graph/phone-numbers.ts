import { announce, capReached, numbersOf, pendingRecord, refuse } from '../behaviour/announcement';
import { newSubscriber } from '../behaviour/subscribers';
import { listedRecords, liveRecordOf, ownerOf, subscriberByDigits, subscriberOf } from '../world/lookups';
import type { NumberRecord } from '../world/schema';
import { sameNumber } from '../world/number-formats';
import { invalidParameter, platformError } from './errors';
import { selectFields } from './fields';
import { nodeTypes, type WabaNode } from './nodes';
import { page } from './paging';
import { defaultPhoneFields, phoneFields } from './phone';
import { flag, list, parseLoose, requiredText, text, type NodeCall } from './request';

/** `GET /{waba}/phone_numbers` (meta §3.2): newest onboarding first, filter by account mode, total count. */
export function listPhoneNumbers(call: NodeCall<WabaNode>): Record<string, unknown> {
  const { platform, node } = call;
  const records = sorted(
    filtered(call, listedRecords(platform.world, node.id)),
    list(call.parameters, 'sort'),
  );
  const { items, paging } = page(call, records, (record) => `${record.id}:${record.wabaId}`);
  const table = phoneFields(platform);
  const fields = text(call.parameters, 'fields');
  return {
    data: items.map((record) =>
      selectFields({ record, waba: node.waba }, table, fields, defaultPhoneFields, nodeTypes.phone),
    ),
    ...(paging ? { paging } : {}),
    ...(list(call.parameters, 'summary')?.includes('total_count') === true
      ? { summary: { total_count: records.length } }
      : {}),
  };
}

function sorted(records: readonly NumberRecord[], order: readonly string[] | null): NumberRecord[] {
  const ascending = [...records].sort((a, b) => (a.onboardedAt ?? 0) - (b.onboardedAt ?? 0));
  if (order === null || order[0] === 'last_onboarded_time_descending') return ascending.reverse();
  if (order[0] === 'last_onboarded_time_ascending') return ascending;
  throw invalidParameter(
    'Param sort[0] must be one of last_onboarded_time_ascending, last_onboarded_time_descending',
  );
}

function filtered(call: NodeCall<WabaNode>, records: readonly NumberRecord[]): readonly NumberRecord[] {
  const rules = parseLoose(call.parameters['filtering']);
  if (rules === undefined || rules === '') return records;
  const rule: unknown = Array.isArray(rules) ? rules[0] : rules;
  const named =
    typeof rule === 'object' && rule !== null ? new Map<string, unknown>(Object.entries(rule)) : null;
  const mode = named?.get('value');
  if (named?.get('field') !== 'account_mode' || named.get('operator') !== 'EQUAL') {
    throw invalidParameter('Filtering is possible by account_mode EQUAL only');
  }
  if (mode !== 'SANDBOX' && mode !== 'LIVE') throw invalidParameter('account_mode must be SANDBOX or LIVE');
  return records.filter(
    (record) => subscriberOf(call.platform.world, record).testNumber === (mode === 'SANDBOX'),
  );
}

/** `POST /{waba}/phone_numbers`: announces a move (meta §1.3), or adds a brand-new number. */
export function addPhoneNumber(call: NodeCall<WabaNode>): Record<string, unknown> {
  const cc = requiredText(call.parameters, 'cc');
  const number = requiredText(call.parameters, 'phone_number');
  if (!/^[1-9]\d{0,2}$/.test(cc)) throw invalidParameter('Param cc must be a country calling code without +');
  if (!/^\d{4,15}$/.test(number)) throw invalidParameter('Param phone_number must be digits without +');
  if (flag(call.parameters, 'migrate_phone_number')) {
    return { id: announce(call.platform, call.node.waba, `${cc}${number}`).id };
  }
  return { id: addNew(call, cc, number).id };
}

function addNew(call: NodeCall<WabaNode>, cc: string, number: string): NumberRecord {
  const { platform, node } = call;
  const { world } = platform;
  const name = requiredText(call.parameters, 'verified_name');
  const digits = number.startsWith(cc) && number.length > 10 ? number : `${cc}${number}`;
  const here = listedRecords(world, node.id).some((record) =>
    sameNumber(subscriberOf(world, record).digits, digits),
  );
  if (here) throw refuse(platform, 'already_in_list');
  const known = subscriberByDigits(world, digits);
  if (known && liveRecordOf(world, known.id)) throw refuse(platform, 'registered_elsewhere');
  const heldUntil = (known?.deletedAt ?? Number.NEGATIVE_INFINITY) + world.knobs.deletedNumberHoldMs;
  if (platform.now() < heldUntil) {
    throw platformError(
      133015,
      'Please wait to register',
      'The number was deleted a moment ago. Wait 5 minutes.',
    );
  }
  const owner = ownerOf(world, node.waba);
  if (numbersOf(platform, owner.id) + 1 > owner.numberCap) throw capReached();
  const subscriber = known ?? newSubscriber(platform, digits, name, 'added through the API');
  const record = pendingRecord(platform.newId(), node.id, subscriber.id, 'new', platform.now());
  world.records.push(record);
  platform.effect('number_added', { subscriber: subscriber.id, waba: node.id, phone: record.id });
  return record;
}
