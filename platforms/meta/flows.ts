/** Flows: forms that a template's button opens. They do not move with a number, but can be copied (meta §1.6). */
import { z } from 'zod';
import type { WabaId } from '../../shared/ids';
import { optionalText } from './fields';
import type { GraphClient } from './graph-client';

/** A copy of many flows may take as long as one of templates. */
const COPY_TIMEOUT_MS = 120_000;
/** The most that one call takes. */
export const MOST_FLOWS = 100;

const flowSchema = z
  .looseObject({ id: z.coerce.string(), name: z.string(), status: optionalText })
  .transform(({ id, name, status }) => ({ id, name, status }));
export type Flow = z.output<typeof flowSchema>;

/** `GET /{waba}/flows`, page after page. Names are unique within an account. */
export const listFlows = (client: GraphClient, wabaId: WabaId): AsyncIterable<Flow> =>
  client.paginate(`${wabaId}/flows`, { fields: 'id,name,status', limit: 100 }, flowSchema, { scope: wabaId });

const migrationSchema = z.looseObject({
  migrated_flows: z
    .array(
      z.looseObject({
        source_name: z.string(),
        source_id: z.coerce.string().nullish(),
        migrated_id: z.coerce.string(),
      }),
    )
    .nullish(),
  failed_flows: z
    .array(
      z.looseObject({
        source_name: z.string(),
        error_code: z.coerce.number().nullish(),
        error_message: optionalText,
      }),
    )
    .nullish(),
});

export interface FlowMigration {
  migrated: { name: string; id: string }[];
  failed: { name: string; code: number | null; message: string }[];
}

/** `POST /{destination}/migrate_flows`: copies by name, under new ids. 4233041: the destination has that name already. */
export const migrateFlows = async (
  client: GraphClient,
  destination: WabaId,
  wish: { sourceWabaId: WabaId; names: readonly string[] },
): Promise<FlowMigration> => {
  const answer = await client.post(
    `${destination}/migrate_flows`,
    { source_waba_id: wish.sourceWabaId, source_flow_names: wish.names },
    migrationSchema,
    { scope: destination, timeoutMs: COPY_TIMEOUT_MS },
  );
  return {
    migrated: (answer.migrated_flows ?? []).map((one) => ({ name: one.source_name, id: one.migrated_id })),
    failed: (answer.failed_flows ?? []).map((one) => ({
      name: one.source_name,
      code: one.error_code ?? null,
      message: one.error_message ?? 'no reason given',
    })),
  };
};
