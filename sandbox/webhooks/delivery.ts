import { createHmac, randomInt } from 'node:crypto';
import type { Platform } from '../platform/platform';
import { appOf } from '../world/lookups';

const HOUR_MS = 3_600_000;
const DELIVERY_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 1_000;

/** `X-Hub-Signature-256` over the raw body (meta §8.1). */
export function signature(secret: string, rawBody: string): string {
  return `sha256=${createHmac('sha256', secret).update(rawBody, 'utf8').digest('hex')}`;
}

/** Posts webhooks and retries them, ever more rarely, until the horizon of the knob `webhookRetryHours`. */
export class WebhookDelivery {
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  start(platform: Platform, webhookId: string): void {
    const work = this.deliver(platform, webhookId)
      .catch((error: unknown) => {
        platform.logger.error({ err: error, webhookId }, 'a webhook could not be handled');
      })
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.underWay);
  }

  private async deliver(platform: Platform, webhookId: string): Promise<void> {
    const webhook = platform.state.webhooks.find((candidate) => candidate.id === webhookId);
    const app = webhook ? appOf(platform.world, webhook.appId) : null;
    if (!webhook || !app) return;
    const status = await this.post(webhook.url, webhook.body, signature(app.secret, webhook.body));
    if (this.stopping.signal.aborted) return;
    webhook.attempts += 1;
    webhook.lastStatus = status;
    if (status === 200) {
      webhook.status = 'delivered';
      return;
    }
    const wait = Math.min(FIRST_RETRY_MS * 4 ** Math.min(webhook.attempts - 1, 10), HOUR_MS);
    const horizon = webhook.queuedAt + platform.world.knobs.webhookRetryHours * HOUR_MS;
    if (platform.now() + wait > horizon) webhook.status = 'gave_up';
    else platform.schedule(wait, { kind: 'deliver_webhook', webhookId });
  }

  private async post(url: string, body: string, signed: string): Promise<number | null> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signed },
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]),
        redirect: 'manual',
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }
}

/** The GET challenge that proves an address wants these webhooks (meta §8.1). */
export async function passesChallenge(url: string, verifyToken: string): Promise<boolean> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const address = new URL(url);
  address.searchParams.set('hub.mode', 'subscribe');
  address.searchParams.set('hub.challenge', challenge);
  address.searchParams.set('hub.verify_token', verifyToken);
  try {
    const answer = await fetch(address, {
      signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
      redirect: 'manual',
    });
    const body = await answer.text();
    return answer.status === 200 && body.trim() === challenge;
  } catch {
    return false;
  }
}
