import { isFunded } from '../behaviour/announcement';
import type { Platform } from '../platform/platform';
import { ownerOf } from '../world/lookups';
import type { NumberRecord, Waba } from '../world/schema';
import type { Template } from '../world/template-schema';

type Sending = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

interface Entity {
  readonly entity_type: 'PHONE_NUMBER' | 'MESSAGE_TEMPLATE' | 'WABA' | 'BUSINESS' | 'APP';
  readonly id: string;
  readonly can_send_message: Sending;
  readonly additional_info?: readonly string[];
  readonly errors?: readonly { error_code: number; error_description: string; possible_solution: string }[];
}

export interface Health {
  readonly can_send_message: Sending;
  readonly entities: readonly Entity[];
}

/** `health_status` of an account (meta §3.5): the worst of its parts. */
export const wabaHealth = (platform: Platform, waba: Waba): Health =>
  overall(accountEntities(platform, waba));

export const phoneHealth = (platform: Platform, record: NumberRecord, waba: Waba): Health =>
  overall([phoneEntity(record), ...accountEntities(platform, waba)]);

export const templateHealth = (platform: Platform, template: Template, waba: Waba): Health =>
  overall([templateEntity(template), ...accountEntities(platform, waba)]);

function overall(entities: readonly Entity[]): Health {
  const states = entities.map((entity) => entity.can_send_message);
  let worst: Sending = 'AVAILABLE';
  if (states.includes('LIMITED')) worst = 'LIMITED';
  if (states.includes('BLOCKED')) worst = 'BLOCKED';
  return { can_send_message: worst, entities };
}

function blocked(
  entity: Pick<Entity, 'entity_type' | 'id'>,
  code: number,
  description: string,
  solution: string,
): Entity {
  const errors = [{ error_code: code, error_description: description, possible_solution: solution }];
  return { ...entity, can_send_message: 'BLOCKED', errors };
}

function accountEntities(platform: Platform, waba: Waba): Entity[] {
  const owner = ownerOf(platform.world, waba);
  const account = { entity_type: 'WABA', id: waba.id } as const;
  const business = { entity_type: 'BUSINESS', id: owner.id } as const;
  return [
    accountEntity(waba, account),
    owner.verificationStatus === 'verified'
      ? { ...business, can_send_message: 'AVAILABLE' }
      : {
          ...business,
          can_send_message: 'LIMITED',
          additional_info: ['The business has not passed business verification.'],
        },
    ...waba.subscribedApps.map(({ appId }): Entity => ({
      entity_type: 'APP',
      id: appId,
      can_send_message: 'AVAILABLE',
    })),
  ];
}

function accountEntity(waba: Waba, account: { entity_type: 'WABA'; id: string }): Entity {
  if (waba.reviewStatus !== 'APPROVED') {
    return blocked(
      account,
      141010,
      'The WhatsApp Business account is not approved.',
      'Complete the account review.',
    );
  }
  if (!isFunded(waba)) {
    return blocked(
      account,
      141006,
      'There is an error with the payment method. This will block business initiated conversations.',
      'Add or fix the payment method of this account.',
    );
  }
  const [complaint] = waba.complaints ?? [];
  if (complaint) return blocked(account, complaint.code, complaint.description, complaint.solution);
  if (waba.limits) return { ...account, can_send_message: 'LIMITED', additional_info: waba.limits };
  return { ...account, can_send_message: 'AVAILABLE' };
}

function phoneEntity(record: NumberRecord): Entity {
  const entity = { entity_type: 'PHONE_NUMBER', id: record.id } as const;
  if (record.live && record.status === 'CONNECTED') return { ...entity, can_send_message: 'AVAILABLE' };
  return blocked(entity, 141000, 'The phone number is not registered.', 'Register the phone number.');
}

function templateEntity(template: Template): Entity {
  const entity = { entity_type: 'MESSAGE_TEMPLATE', id: template.id } as const;
  if (template.status === 'APPROVED') return { ...entity, can_send_message: 'AVAILABLE' };
  return blocked(
    entity,
    141002,
    'The message template is not approved.',
    'Wait for approval or edit the template.',
  );
}
