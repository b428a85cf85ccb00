import { z } from 'zod';

const graphId = z.string().regex(/^\d+$/, 'ids are decimal strings');
const instant = z.number().int();

/** What a partner's app shows in its popup: a Login-for-Business configuration (meta §2.1). */
export const configurationSchema = z.strictObject({
  id: graphId,
  name: z.string().default('Embedded Signup'),
  /** The version of the flow, unless `extras.version` names another. */
  version: z.union([z.literal(2), z.literal(3), z.literal(4)]).default(4),
  permissions: z.array(z.string()).default(['whatsapp_business_management', 'whatsapp_business_messaging']),
  /** Life of the token its code becomes: the standard template lasts 60 days; null never ends (meta §2.1). */
  tokenDays: z.number().int().min(1).nullable().default(60),
});

/** Somebody who logs in: the popup and Business settings show the portfolios they have a role in. */
export const personSchema = z.strictObject({
  id: graphId,
  name: z.string(),
  /** The popup speaks to a person in their own language. */
  locale: z.enum(['en_US', 'pt_BR', 'es_LA']).default('en_US'),
  roles: z
    .array(z.strictObject({ businessId: graphId, role: z.enum(['admin', 'employee']).default('admin') }))
    .default([]),
});

/** A Multi-Partner Solution: the app of the Solution Partner that made it, and those that accepted (meta §2.3). */
export const solutionSchema = z.strictObject({
  id: graphId,
  name: z.string(),
  status: z.enum(['DRAFT', 'INITIATED', 'ACTIVE', 'REJECTED', 'DEACTIVATED']).default('ACTIVE'),
  ownerAppId: graphId,
  partnerAppIds: z.array(graphId).default([]),
});

/** A partner's wish to move an account, which an admin of its owner accepts in Business settings (meta §2.3). */
export const intentSchema = z.strictObject({
  id: graphId,
  sourceWabaId: graphId,
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('solution'), solutionId: graphId }),
    z.strictObject({ kind: z.literal('app'), appId: graphId }),
  ]),
  status: z.enum(['INITIATED', 'ACCEPTED', 'REJECTED', 'COMPLETED']).default('INITIATED'),
  destinationWabaId: graphId.nullable().default(null),
  byAppId: graphId,
  createdAt: instant.nullable().default(null),
});

export type Configuration = z.output<typeof configurationSchema>;
export type Person = z.output<typeof personSchema>;
export type Solution = z.output<typeof solutionSchema>;
export type Intent = z.output<typeof intentSchema>;
