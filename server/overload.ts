/**
 * What is more than this server can do is refused at the door, before it costs anything: 503 with `Retry-After`, and
 * nothing begun. Lists and starts are refused first; codes, decisions and Meta's webhooks, for which somebody waits, at
 * twice the limits. Probes are always answered.
 */
import fastifyUnderPressure from '@fastify/under-pressure';
import type { FastifyRequest } from 'fastify';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { App } from './deps';
import { type HttpProblem, temporarilyUnavailable } from './problems';

export interface OverloadLimits {
  /** Mean delay of the event loop in milliseconds over the last half second; 0: no limit. */
  eventLoopDelayMs: number;
  /** Requests that have come and are not answered yet; 0: no limit. */
  requestsAtOnce: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `probe`: answered under any load. `urgent`: refused last; so are mutations of what has been started. */
    underLoad?: 'probe' | 'urgent';
  }
  interface FastifyRequest {
    isUnderWay: boolean;
  }
}

const SAMPLE_MS = 500;
const URGENT_FACTOR = 2;

/** One for all: under load thousands are refused, and a stack for each would be part of the load. */
export const OVERLOADED: HttpProblem = temporarilyUnavailable(
  'the server has more to do than it can at the moment, and has not begun with this',
);

const isUrgent = ({ routeOptions: { config } }: FastifyRequest): boolean =>
  config.underLoad === 'urgent' || (config.mutation !== undefined && config.mutation !== 'start');

const isTooMuch = (request: FastifyRequest, value: number, limit: number): boolean => {
  if (limit === 0 || request.routeOptions.config.underLoad === 'probe') return false;
  return value > (isUrgent(request) ? limit * URGENT_FACTOR : limit);
};

/** Registered before anything that costs: the key is not even looked up. */
export const refuseOverload = async (
  app: App,
  { eventLoopDelayMs, requestsAtOnce }: OverloadLimits,
  registry: Registry,
): Promise<void> => {
  const refused = new Counter({
    name: 'carryover_http_requests_refused_total',
    help: 'Requests refused because the server had too much to do, by what there was too much of',
    labelNames: ['because'],
    registers: [registry],
  });
  let underWay = 0;
  const gauge = new Gauge({
    name: 'carryover_http_requests_under_way',
    help: 'Requests that have come and are not answered yet',
    registers: [registry],
    collect: () => {
      gauge.set(underWay);
    },
  });

  app.decorateRequest('isUnderWay', false);
  app.addHook('onRequest', (request, _reply, done) => {
    if (isTooMuch(request, underWay + 1, requestsAtOnce)) {
      refused.inc({ because: 'requests_at_once' });
      done(OVERLOADED);
      return;
    }
    request.isUnderWay = true;
    underWay += 1;
    done();
  });
  const isAnswered = (request: FastifyRequest): void => {
    if (!request.isUnderWay) return;
    request.isUnderWay = false;
    underWay -= 1;
  };
  // A stream counts until it begins; a caller that hangs up gets no `onSend`.
  app.addHook('onSend', (request, _reply, _payload, done) => {
    isAnswered(request);
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    isAnswered(request);
    done();
  });

  if (eventLoopDelayMs === 0) return;
  await app.register(fastifyUnderPressure, {
    maxEventLoopDelay: eventLoopDelayMs,
    sampleInterval: SAMPLE_MS,
    pressureHandler: (request, _reply, _type, delayMs) => {
      if (!isTooMuch(request, delayMs ?? 0, eventLoopDelayMs)) return undefined;
      refused.inc({ because: 'event_loop' });
      return Promise.reject(OVERLOADED);
    },
  });
};
