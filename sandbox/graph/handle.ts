import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Cause, Platform } from '../platform/platform';
import type { Effect } from '../platform/state';
import type { Token } from '../world/schema';
import { appOfToken, authenticate, bearer } from './access';
import { BrokenAnswer } from './answers';
import { edgeOf, type BoundEdge } from './edges';
import { GraphError, invalidParameter, noSuchField, noSuchObject, permissionMissing } from './errors';
import { findNode, mayTouch, nodeTypes, type GraphNode } from './nodes';
import { countCreditCall, countWabaCall, RateError, usageHeaders, type Usage } from './rate';
import type { GraphCall, Parameters } from './request';
import { debugToken, exchangeCode } from './tokens';
import { isUploadSession, receiveUpload } from './uploads';

export interface GraphRequest {
  readonly seq: number;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly version: number;
  readonly id: string;
  /** `''` for the node itself. */
  readonly edge: string;
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
  readonly parameters: Parameters;
  /** A body that is neither JSON nor a form: a file. */
  readonly bytes: Buffer | null;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly effects: readonly Effect[];
  readonly error: { readonly code: number; readonly subcode: number | null } | null;
  /** The platform died before it answered: cut the connection. */
  readonly broken: boolean;
}

/** Answers one Graph request: the checks of meta §12.3 row 1 in their order, then the edge. */
export async function handleGraph(platform: Platform, request: GraphRequest): Promise<GraphAnswer> {
  const traceId = `A${randomBytes(16).toString('base64url')}`;
  const base = { 'facebook-api-version': `v${String(request.version)}.0`, 'x-fb-trace-id': traceId };
  let token: Token | null = null;
  let usage: Usage | null = null;
  let effects: Effect[] = [];
  try {
    platform.settle();
    const special = specialNode(platform, request);
    if (special) {
      const done = platform.under({ requestSeq: request.seq, by: 'app' }, special);
      return answer(200, base, done.result, done.effects);
    }
    token = authenticate(platform, bearer(request.headers, request.parameters));
    const caller = token;
    const { node, edge } = resolve(platform, request, token);
    usage = countCall(platform, token, node, edge);
    const cause = { requestSeq: request.seq, by: token.name };
    const call: GraphCall = { platform, token: caller, ...picked(request) };
    effects = [];
    const result = await run(platform, cause, () => edge.run(call), effects);
    return answer(200, { ...base, ...(usage ? usageHeaders(usage) : {}) }, result, effects);
  } catch (error) {
    if (error instanceof BrokenAnswer) return { ...answer(200, base, null, effects), broken: true };
    if (!(error instanceof GraphError)) throw error;
    const spent = error instanceof RateError ? error.usage : usage;
    const shape = platform.world.knobs.errorShape;
    const body = error.body(token?.locale ?? 'en_US', shape, traceId);
    const headers = { ...base, ...(spent ? usageHeaders(spent) : {}) };
    const { code, subcode } = error.parts;
    return {
      ...answer(error.parts.status, headers, body, effects),
      error: { code, subcode: subcode ?? null },
    };
  }
}

type Work = () => Record<string, unknown> | Promise<() => Record<string, unknown>>;

/** Runs the change under its cause; effects are collected even when it ends in an error after some of them. */
async function run(
  platform: Platform,
  cause: Omit<Cause, 'effects'>,
  work: Work,
  effects: Effect[],
): Promise<Record<string, unknown>> {
  const first = platform.under(cause, work, effects).result;
  if (!(first instanceof Promise)) return first;
  const change = await first;
  return platform.under(cause, change, effects).result;
}

function answer(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  effects: readonly Effect[],
): GraphAnswer {
  return { status, headers, body, effects, error: null, broken: false };
}

const picked = ({
  method,
  version,
  address,
  parameters,
}: GraphRequest): Omit<GraphCall, 'platform' | 'token'> => ({
  method,
  version,
  address,
  parameters,
});

/** `debug_token` and the code exchange are asked by an app, not of an object. */
function specialNode(platform: Platform, request: GraphRequest): (() => Record<string, unknown>) | null {
  if (request.method === 'POST' && isUploadSession(request.id)) {
    return () => receiveUpload(platform, authenticate(platform, bearer(request.headers, {})), request);
  }
  if (request.method !== 'GET') return null;
  if (request.id === 'oauth' && request.edge === 'access_token') {
    return () => exchangeCode(platform, request.parameters);
  }
  if (request.id !== 'debug_token' || request.edge !== '') return null;
  return () => {
    const value = bearer(request.headers, request.parameters);
    const asker = value === null ? null : appOfToken(platform, value);
    if (asker) return debugToken(platform, asker, request.parameters);
    const token = authenticate(platform, value);
    const app = platform.world.apps.find((candidate) => candidate.id === token.appId);
    if (!app) throw invalidParameter('The app of the access token does not exist');
    return debugToken(platform, app, request.parameters);
  };
}

function resolve(
  platform: Platform,
  request: GraphRequest,
  token: Token,
): { node: GraphNode; edge: BoundEdge } {
  const node = findNode(platform.world, request.id, token);
  if (!node || !mayTouch(platform.world, token, node)) throw noSuchObject(request.method, request.id);
  const edge = edgeOf(node, `${request.method} /${request.edge}`);
  if (!edge) {
    throw request.method === 'GET' && request.edge !== ''
      ? noSuchField(request.edge, nodeTypes[node.kind])
      : noSuchObject(request.method, request.id);
  }
  const missing = edge.scopes.find((scope) => !token.scopes.includes(scope));
  if (missing !== undefined) throw permissionMissing(missing);
  return { node, edge };
}

function countCall(platform: Platform, token: Token, node: GraphNode, edge: BoundEdge): Usage | null {
  if (edge.counts === 'waba' && 'waba' in node) return countWabaCall(platform, token.appId, node.waba);
  if (edge.counts === 'credit') return countCreditCall(platform, token.appId, token.businessId);
  return null;
}
