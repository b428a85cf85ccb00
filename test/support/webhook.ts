/** A delivery of Meta's webhooks, signed with the secret of the partner's app (meta §8.1). */
import { createHmac } from 'node:crypto';
import type { Sandbox } from '../../sandbox';

export interface WebhookChange {
  field: string;
  value: unknown;
}

export const secretOfPartnersApp = (sandbox: Pick<Sandbox, 'world'>): string => {
  const { apps, partnerAppId } = sandbox.world();
  return apps.find(({ id }) => id === partnerAppId)?.secret ?? '';
};

/** Answers with the status of the server at `url`. `at`: when Meta says that it happened, epoch milliseconds. */
export const tellByWebhook = async (
  {
    url,
    secret,
    entryId,
    at = Date.now(),
  }: { url: string; secret: string; entryId: string; at?: number | undefined },
  changes: readonly WebhookChange[],
): Promise<number> => {
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: entryId, time: Math.floor(at / 1000), changes }],
  });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const answer = await fetch(`${url}/webhooks/meta`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  return answer.status;
};
