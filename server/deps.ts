/** What the server is built from; nothing in it listens, so tests inject requests. */
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { KeyRing } from '../shared/encryption/key-ring';
import type { Policy } from '../shared/policy';
import type { Store } from '../store';
import type { CredentialCatalogue } from '../store/secret-contract';
import type { ApiKeys } from './api-keys';
import type { OverloadLimits } from './overload';

export interface ServerDeps {
  store: Store;
  temporal: Client;
  credentials: CredentialCatalogue;
  apiKeys: ApiKeys;
  keys: KeyRing;
  /** Figures every new migration starts with, before its own `deadlines`. */
  policy: Policy;
  logger: FastifyBaseLogger;
  /** Of the partner's app; without them its webhooks are answered with 503, so that Meta repeats them. */
  webhooks: {
    appSecret?: string | undefined;
    verifyToken?: string | undefined;
    /** 360dialog's, which signs its partner events. */
    platformSecret?: string | undefined;
  };
  metrics: Registry;
  now: () => Date;
  limits: Limits;
  /** From what load on requests are refused; absent: never. */
  overload?: OverloadLimits;
  /** Meta's Embedded Signup in our page; null or absent: the installation is not set up for it. */
  signup?: SignupSettings | null;
  /** Where clients reach this server, without a trailing slash; where it listens, when null or absent. */
  publicUrl?: string | null;
  /** Where the workers of this installation listen; the product's own when absent. */
  taskQueue?: string;
}

export interface SignupSettings {
  appId: string;
  /** The configuration of Facebook Login for Business that the popup is opened with. */
  configId: string;
  /** Where the page loads the Facebook SDK from. */
  sdkUrl: string;
  graphVersion: string;
  /** Origins beside facebook.com whose window messages are believed: a practice platform's. */
  messageOrigins: string[];
}

export interface Limits {
  /** Per API key; reads and mutations alike. */
  requestsPerMinute: number;
  /** How long a decision may take to reach a worker, in milliseconds, before the answer is 503. */
  acceptMs: number;
  /** How long Meta's verdict on a code is waited for, in milliseconds, before the answer is `pending`. */
  verdictMs: number;
  /** How long any other call to Temporal may take, in milliseconds. */
  temporalMs: number;
  /** How many intents that wait for one solution may be told of its webhooks, so that each reads at Meta. */
  solutionLooksPerMinute: number;
}

/** A page that follows many migrations polls each every second; twenty of them fit. */
export const LIMITS: Limits = {
  requestsPerMinute: 1200,
  acceptMs: 10_000,
  verdictMs: 20_000,
  temporalMs: 5_000,
  solutionLooksPerMinute: 30,
};

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export const BODY_LIMIT_BYTES = 256 * 1024;
