/** What the practice platform tells, as far as it is used here. */
import { z } from 'zod';

const ids = z.record(z.string(), z.string());

export const faultSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  matched: z.number(),
  applied: z.number(),
  holding: z.number(),
});

export const requestSchema = z.looseObject({
  seq: z.number(),
  wallAt: z.string(),
  method: z.string(),
  path: z.string(),
  ids,
  token: z.string().nullable(),
  /** Null: the caller got no answer. */
  status: z.number().nullable(),
  fault: z.string().nullable(),
  effects: z.array(z.object({ id: z.string(), kind: z.string() })),
});
export type PracticeRequest = z.output<typeof requestSchema>;

export const effectSchema = z.looseObject({
  id: z.string(),
  kind: z.string(),
  wallAt: z.number(),
  requestSeq: z.number().nullable(),
  by: z.string(),
  ids,
  facts: z.record(z.string(), z.unknown()),
});
export type PracticeEffect = z.output<typeof effectSchema>;

export const worldSchema = z.looseObject({
  subscribers: z.array(
    z.looseObject({
      id: z.string(),
      digits: z.string(),
      twoStep: z.object({ on: z.boolean(), pin: z.string().nullable() }),
      inbox: z.array(z.looseObject({ text: z.string() })),
    }),
  ),
  records: z.array(
    z.looseObject({
      id: z.string(),
      wabaId: z.string(),
      subscriberId: z.string(),
      status: z.string(),
      live: z.boolean(),
      vanished: z.boolean(),
    }),
  ),
  wabas: z.array(
    z.looseObject({
      id: z.string(),
      businessId: z.string(),
      funding: z.looseObject({ kind: z.string(), id: z.string(), active: z.boolean() }).nullable(),
      subscribedApps: z.array(z.looseObject({ appId: z.string() })),
      templates: z.array(
        z.looseObject({ id: z.string(), name: z.string(), language: z.string(), status: z.string() }),
      ),
      flows: z.array(z.looseObject({ id: z.string(), name: z.string() })),
    }),
  ),
  tokens: z.array(z.looseObject({ name: z.string(), value: z.string() })),
});
export type PracticeWorld = z.output<typeof worldSchema>;
