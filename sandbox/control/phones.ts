import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SandboxParts } from '../sandbox';
import { subscriberByAnyForm } from '../world/lookups';
import type { Subscriber } from '../world/schema';
import { sendPage } from './page';
import { phoneSections } from './phone-page';
import { ControlProblem } from './problem';

const byNumber = z.strictObject({ phoneNumber: z.string().regex(/^\+?[1-9]\d{6,14}$/) });

export interface PhoneView {
  readonly id: string;
  readonly title: string;
  readonly phoneNumber: string;
  readonly messages: readonly { id: string; channel: 'sms' | 'voice'; text: string; at: string }[];
}

/** A phone as its owner holds it, newest message first. */
const view = (subscriber: Subscriber): PhoneView => ({
  id: subscriber.id,
  title: subscriber.title,
  phoneNumber: `+${subscriber.digits}`,
  messages: subscriber.inbox
    .map(({ id, channel, text, at }) => ({ id, channel, text, at: new Date(at).toISOString() }))
    .reverse(),
});

/** Where codes arrive: for people a page, for programs JSON. No phone number stands in an address. */
export function phoneRoutes(app: FastifyInstance, { platform }: SandboxParts): void {
  app.get('/sandbox/phones', () => {
    platform.settle();
    return { items: platform.world.subscribers.map(view) };
  });
  app.get<{ Params: { id: string } }>('/sandbox/phones/:id', (request) => {
    platform.settle();
    const found = platform.world.subscribers.find((subscriber) => subscriber.id === request.params.id);
    if (!found) throw new ControlProblem(404, 'there is no such phone');
    return view(found);
  });
  app.post('/sandbox/phones/messages', (request) => {
    platform.settle();
    const { phoneNumber } = byNumber.parse(request.body);
    const found = subscriberByAnyForm(platform.world, phoneNumber.replace('+', ''));
    if (!found) throw new ControlProblem(404, 'nobody has this number');
    return view(found);
  });
  app.get('/sandbox/phone', async (_request, reply) => {
    platform.settle();
    await sendPage(reply, {
      title: `Phones of “${platform.world.title}”`,
      body: phoneSections(platform.world.subscribers.map(view)),
      refreshSeconds: 2,
    });
  });
}
