/** `health_status` of a number or an account, as it rides on the node that is read anyway (meta §3.5). */
import { z } from 'zod';
import { optionalText } from './fields';

const entitySchema = z
  .looseObject({
    entity_type: z.string(),
    can_send_message: optionalText,
    additional_info: z.array(z.string()).catch([]).default([]),
    errors: z
      .array(
        z.looseObject({
          error_code: z.coerce.number().catch(0),
          error_description: z.string().catch(''),
          possible_solution: z.string().catch(''),
        }),
      )
      .catch([]),
  })
  .transform((entity) => ({
    type: entity.entity_type,
    canSend: entity.can_send_message,
    info: entity.additional_info,
    errors: entity.errors.map((error) => ({
      code: error.error_code,
      description: error.error_description,
      solution: error.possible_solution,
    })),
  }));

export const healthSchema = z
  .looseObject({ can_send_message: optionalText, entities: z.array(entitySchema).catch([]) })
  .transform((health) => ({ canSend: health.can_send_message, entities: health.entities }));

export interface HealthComplaint {
  code: number;
  description: string;
  solution: string;
}

export interface Health {
  /** AVAILABLE, LIMITED, BLOCKED, or something newer; null: not told. */
  canSend: string | null;
  /** `type` is PHONE_NUMBER, WABA, BUSINESS, APP or MESSAGE_TEMPLATE; `info` says why something is LIMITED. */
  entities: { type: string; canSend: string | null; info: string[]; errors: HealthComplaint[] }[];
}

/** As a field of a node: a form nobody has met leaves it untold instead of failing the read. */
export const optionalHealth = healthSchema
  .nullish()
  .transform((health): Health | null => health ?? null)
  .catch(null);
