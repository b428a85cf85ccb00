/** Multi-Partner Solutions: moving an account's numbers by the client's consent in Business settings (meta §2.3). */
import { z } from 'zod';
import { metaIdSchema, wabaIdSchema, type BusinessId, type WabaId } from '../../shared/ids';
import type { GraphClient } from './graph-client';

const idSchema = z.coerce.string().pipe(metaIdSchema);

/**
 * `POST /{source}/set_solution_migration_intent`. Answers the intent's id, which no list shows: a lost reply can be
 * made good by a person only. Errors: SOLUTION_INTENT_EXISTS (2593079), SOLUTION_INTENT_NOT_ELIGIBLE (2593085).
 */
export const setMigrationIntent = async (
  client: GraphClient,
  source: WabaId,
  target: { solution_id: string } | { app_id: string },
): Promise<string> => {
  const answer = await client.post(
    `${source}/set_solution_migration_intent`,
    { ...target },
    z.looseObject({ id: idSchema }),
    { scope: source },
  );
  return answer.id;
};

const intentSchema = z.looseObject({
  status: z.string(),
  destination_waba: z.looseObject({ id: wabaIdSchema }).nullish(),
});

export interface MigrationIntent {
  /** INITIATED, ACCEPTED, REJECTED, COMPLETED, or something newer. */
  status: string;
  /** Made by Meta with the acceptance. */
  destinationWabaId: WabaId | null;
}

/** `GET /{intent}`. Errors: 100/33. */
export const readMigrationIntent = async (
  client: GraphClient,
  intentId: string,
): Promise<MigrationIntent> => {
  const answer = await client.get(intentId, {}, intentSchema, { scope: 'app' });
  return { status: answer.status, destinationWabaId: answer.destination_waba?.id ?? null };
};

/** `GET /{solution}/access_token?business_id=`: our token for this client; null when there is none. */
export const readSolutionToken = async (
  client: GraphClient,
  solutionId: string,
  businessId: BusinessId,
): Promise<string | null> => {
  const answer = await client.get(
    `${solutionId}/access_token`,
    { business_id: businessId },
    z.looseObject({ data: z.array(z.looseObject({ access_token: z.string().min(1) })) }),
    { scope: 'app' },
  );
  return answer.data[0]?.access_token ?? null;
};
