import Negotiator from 'negotiator';
import type { FastifyRequest } from 'fastify';

/** Whether the caller would rather have `type` than JSON; JSON is for whoever likes both the same, or neither. */
export const prefersToJson = (request: Pick<FastifyRequest, 'headers'>, type: string): boolean =>
  new Negotiator({ headers: { accept: request.headers.accept } }).mediaType(['application/json', type]) ===
  type;
