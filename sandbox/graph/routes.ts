import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultAction } from '../faults';
import { maskedParameters, type LogEntry } from '../request-log';
import type { SandboxParts } from '../sandbox';
import { describe, type Described } from './described';
import { handleGraph, type GraphAnswer, type GraphRequest } from './handle';
import { decorated } from './decorated';
import { send, type Shape } from './send';

const OLDEST_VERSION = 20;
const NEWEST_VERSION = 26;

/** The Graph surface: `/v25.0/{id}` and `/v25.0/{id}/{edge}`. */
export function graphRoutes(app: FastifyInstance, parts: SandboxParts): void {
  for (const url of ['/:version/:id', '/:version/:id/:edge']) {
    app.route<{ Params: { version: string; id: string; edge?: string } }>({
      method: ['GET', 'POST', 'DELETE'],
      url,
      handler: async (request, reply) => {
        await serve(parts, request, reply, request.params);
        return reply;
      },
    });
  }
}

async function serve(
  parts: SandboxParts,
  request: FastifyRequest,
  reply: FastifyReply,
  params: { version: string; id: string; edge?: string },
): Promise<void> {
  const version = Number(/^v(\d+)\.0$/.exec(params.version)?.[1] ?? Number.NaN);
  if (!(version >= OLDEST_VERSION && version <= NEWEST_VERSION)) {
    await reply.status(400).send(unknownVersion(params.version));
    return;
  }
  const method = request.method === 'GET' || request.method === 'DELETE' ? request.method : 'POST';
  const asked: GraphRequest = {
    seq: parts.log.next(),
    method,
    version,
    id: params.id,
    edge: params.edge ?? '',
    address: `${request.protocol}://${request.host}${request.url.split('?')[0] ?? ''}`,
    headers: request.headers,
    parameters: { ...record(request.query), ...record(request.body) },
    bytes: Buffer.isBuffer(request.body) ? request.body : null,
  };
  const described = describe(parts, asked);
  const fault = parts.faults.pick({
    method,
    path: described.realPath,
    template: described.path,
    tokenName: described.token,
    ids: described.about,
  });
  const started = performance.now();
  const finish = (answer: GraphAnswer | null, status: number | null): void => {
    parts.log.add(entry(parts, asked, described, fault, started, answer, status));
    parts.stateFile.changed();
    if (answer && answer.effects.length > 0) parts.stateFile.flush();
  };
  await act(parts, asked, reply, fault, finish);
}

type Finish = (answer: GraphAnswer | null, status: number | null) => void;

/** Does the call, or does not, and answers, or does not, as the fault says. */
async function act(
  parts: SandboxParts,
  asked: GraphRequest,
  reply: FastifyReply,
  fault: Fault | null,
  finish: Finish,
): Promise<void> {
  const action = fault?.action ?? null;
  if (action?.type === 'fail') {
    finish(null, action.status);
    await send(reply, {
      kind: 'whole',
      status: action.status,
      headers: action.headers,
      body: failure(action),
    });
    return;
  }
  if (
    action?.type === 'drop-before' ||
    ((action?.type === 'hang' || action?.type === 'html' || action?.type === 'reset') && !action.act)
  ) {
    const shape = shapeOf(action, null);
    finish(null, shape.kind === 'html' ? shape.status : null);
    await send(reply, shape);
    return;
  }
  if (action?.type === 'drop-then-act') {
    await send(reply, { kind: 'drop' });
    await sleep(action.ms);
    finish(await handleGraph(parts.platform, asked), null);
    return;
  }
  if (fault && action?.type === 'twice') {
    await twice(parts, asked, reply, fault, finish);
    return;
  }
  if (action?.type === 'delay' && action.when === 'before') await sleep(action.ms);
  const left = fault?.action.type === 'hold' ? callerLeaves(reply) : null;
  if (fault && left && action?.type === 'hold' && action.when === 'before') {
    await parts.faults.hold(fault, left);
    if (reply.raw.destroyed) {
      finish(null, null);
      return;
    }
  }
  const answer = await handleGraph(parts.platform, asked);
  const shape = replyKnobs(parts, asked, answer, shapeOf(action, answer));
  if (fault && left && action?.type === 'hold' && action.when === 'after') {
    parts.stateFile.flush();
    await parts.faults.hold(fault, left);
  }
  const isLost = reply.raw.destroyed || ['drop', 'hang', 'reset'].includes(shape.kind);
  finish(answer, isLost ? null : answer.status);
  if (action?.type === 'delay' && action.when === 'after') await sleep(action.ms);
  const slow = asked.edge === 'register' ? parts.platform.world.knobs.registerReplyDelayMs : 0;
  if (slow > 0) await sleep(slow);
  await send(reply, shape);
}

/** Does a call once; the same call again gets the answer that was lost. */
async function twice(
  parts: SandboxParts,
  asked: GraphRequest,
  reply: FastifyReply,
  fault: Fault,
  finish: Finish,
): Promise<void> {
  const call = JSON.stringify([asked.method, asked.id, asked.edge, asked.parameters]);
  const former = parts.faults.answered(fault, call);
  if (former !== null) {
    finish(null, former.status);
    await send(reply, { kind: 'whole', ...former });
    return;
  }
  const answer = await handleGraph(parts.platform, asked);
  parts.faults.remember(fault, call, answer);
  finish(answer, null);
  await send(reply, { kind: 'drop' });
}

/** Resolves when the connection is gone before the call was answered. */
const callerLeaves = (reply: FastifyReply): Promise<void> =>
  new Promise((gone) => {
    reply.raw.once('close', gone);
  });

function shapeOf(action: FaultAction | null, answer: GraphAnswer | null): Shape {
  if (action?.type === 'act-then-drop' || action?.type === 'drop-before') return { kind: 'drop' };
  if (action?.type === 'hang') return { kind: 'hang', ms: action.ms ?? null };
  if (action?.type === 'html') return { kind: 'html', status: action.status };
  if (action?.type === 'reset') return { kind: 'reset' };
  if (!answer) return { kind: 'drop' };
  const whole = { status: answer.status, headers: answer.headers, body: answer.body };
  if (action?.type === 'truncate') return { kind: 'truncated', bytes: action.bytes, ...whole };
  if (action?.type === 'drip') return { kind: 'dripped', ...action, ...whole };
  if (action?.type === 'decorate') {
    return { kind: 'whole', ...whole, body: decorated(answer.body, action) };
  }
  return { kind: 'whole', ...whole };
}

function replyKnobs(parts: SandboxParts, asked: GraphRequest, answer: GraphAnswer, shape: Shape): Shape {
  if (answer.broken) return { kind: 'drop' };
  const lost =
    asked.edge === 'register' && asked.method === 'POST' && parts.platform.world.knobs.registerReplyLost;
  return lost && answer.status === 200 ? { kind: 'drop' } : shape;
}

function failure(action: Extract<FaultAction, { type: 'fail' }>): unknown {
  if (action.body !== undefined) return action.body;
  const code = action.code ?? 1;
  return {
    error: {
      message: action.message ?? `(#${String(code)}) An unknown error has occurred.`,
      type: 'OAuthException',
      code,
      ...(action.subcode === undefined ? {} : { error_subcode: action.subcode }),
      is_transient: action.transient ?? false,
      ...(action.title === undefined ? {} : { error_user_title: action.title }),
      ...(action.userMessage === undefined ? {} : { error_user_msg: action.userMessage }),
      ...(action.details === undefined
        ? {}
        : { error_data: { messaging_product: 'whatsapp', details: action.details } }),
      fbtrace_id: 'AFaultInjectedBySandbox',
    },
  };
}

function entry(
  parts: SandboxParts,
  asked: GraphRequest,
  described: Described,
  fault: Fault | null,
  started: number,
  answer: GraphAnswer | null,
  status: number | null,
): LogEntry {
  const effects = answer?.effects ?? [];
  const first = effects[0] ?? null;
  const found: Record<string, string> = {};
  for (const effect of effects) Object.assign(found, effect.ids);
  const main = effects.find((effect) => effect.kind !== 'register_attempt') ?? first;
  return {
    seq: asked.seq,
    at: new Date(parts.platform.now()).toISOString(),
    wallAt: new Date().toISOString(),
    method: asked.method,
    path: described.path,
    version: `v${String(asked.version)}.0`,
    ids: { ...found, ...described.ids },
    token: described.token,
    parameters: maskedParameters(asked.parameters),
    status,
    durationMs: Math.round(performance.now() - started),
    error: answer?.error ?? null,
    fault: fault?.id ?? null,
    effectId: main?.id ?? null,
    effect: main?.kind ?? null,
    effects: effects.map(({ id, kind }) => ({ id, kind })),
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
    ? { ...value }
    : {};

const unknownVersion = (version: string): unknown => ({
  error: {
    message: `(#2635) You are calling an unknown or deprecated version of the Graph API (${version}).`,
    type: 'OAuthException',
    code: 2635,
    fbtrace_id: 'AUnknownVersion',
  },
});
