import { z } from 'zod';
import { bill, receiveMessage, tellFailures, tellStatuses } from '../behaviour/messaging';
import { act, type Act } from './act';
import { ControlProblem } from './problem';
import { holdingRecord, numberTarget, targetSubscriber } from './targets';

const digits = z.string().regex(/^[1-9]\d{6,14}$/);

/** Traffic of the number while it works: what people write to it, and what is sent from it. */
export const trafficActs: Readonly<Record<string, Act>> = {
  'inbound-message': act(
    'somebody writes to the number',
    z.strictObject({
      ...numberTarget,
      from: digits.default('5511900000001'),
      text: z.string().default('Olá!'),
    }),
    (platform, input) => {
      const subscriber = targetSubscriber(platform, input);
      return { deliveredTo: receiveMessage(platform, subscriber, input.from, input.text) };
    },
  ),
  'send-traffic': act(
    'the side that holds the number sends messages with it (makes pricing_analytics data)',
    z.strictObject({
      ...numberTarget,
      volume: z.number().int().min(1).default(10),
      category: z.enum(['AUTHENTICATION', 'MARKETING', 'UTILITY', 'SERVICE']).default('UTILITY'),
      to: digits.default('5511900000001'),
      minutesAgo: z.number().int().min(0).default(0),
      /** Counted, and charged, only then: the bill is the side's that sent it (meta §5.2). */
      deliveredInMinutes: z.number().int().min(1).optional(),
    }),
    (platform, input) => {
      const subscriber = targetSubscriber(platform, input);
      const record = holdingRecord(platform, subscriber);
      if (!record.live) throw new ControlProblem(409, 'the number is not live anywhere: nothing can be sent');
      const billed = bill(platform, record, {
        id: `wamid.${platform.newId()}`,
        category: input.category,
        volume: input.volume,
        sentAt: platform.now() - input.minutesAgo * 60_000,
        to: input.to,
        ...(input.deliveredInMinutes === undefined
          ? {}
          : { deliveredAt: platform.now() + input.deliveredInMinutes * 60_000 }),
      });
      // The statuses of old messages were told when they were sent.
      if (input.minutesAgo === 0) tellStatuses(platform, record, billed, input.to);
      return { wabaId: record.wabaId, volume: billed.volume, cost: billed.cost };
    },
  ),
  'send-messages': act(
    'the side that holds the number sends so many messages, each with statuses of its own; so many of them fail',
    z.strictObject({
      ...numberTarget,
      delivered: z.number().int().min(0).max(1000).default(0),
      /** So many of those that are delivered. */
      read: z.number().int().min(0).max(1000).default(0),
      failed: z.number().int().min(0).max(1000).default(0),
      code: z.number().int().default(131026),
      to: digits.default('5511900000001'),
    }),
    (platform, { delivered, read, failed, code, to, ...target }) => {
      const record = holdingRecord(platform, targetSubscriber(platform, target));
      if (!record.live) throw new ControlProblem(409, 'the number is not live anywhere: nothing can be sent');
      if (read > delivered) throw new ControlProblem(409, 'only what is delivered can be read');
      const newId = () => `wamid.${platform.newId()}`;
      for (let n = 0; n < delivered; n += 1) {
        const message = { id: newId(), category: 'SERVICE', volume: 1, sentAt: platform.now(), to };
        tellStatuses(platform, record, bill(platform, record, message), to, n < read);
      }
      if (failed > 0) {
        const failures = Array.from({ length: failed }, () => ({ id: newId(), to, code }));
        tellFailures(platform, record, failures);
      }
      return { wabaId: record.wabaId, delivered, read, failed };
    },
  ),
};
