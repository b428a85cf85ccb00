import { parse as parseForm } from 'node:querystring';
import { fastify, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { controlRoutes } from './control/routes';
import { ControlProblem } from './control/problem';
import { mediaRoutes } from './graph/media';
import { graphRoutes } from './graph/routes';
import type { SandboxParts } from './sandbox';
import { WorldError } from './world/load';

const LARGEST_BODY = 32 * 1024 * 1024;

/** The HTTP application of one sandbox, not yet listening. */
export function buildApp(parts: SandboxParts, logger: Logger): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: LARGEST_BODY,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  readBodies(app);
  controlRoutes(app, parts);
  graphRoutes(app, parts);
  mediaRoutes(app, parts);
  app.setErrorHandler(async (error, _request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) logger.error({ err: error }, 'the sandbox failed');
    await reply.status(problem.status).send({ error: { message: problem.message, faults: problem.faults } });
  });
  return app;
}

/** What the Resumable Upload API takes for templates. */
const FILES = ['application/octet-stream', 'application/pdf', 'image/jpeg', 'image/png', 'video/mp4'];

/** JSON, forms and files; an empty JSON body counts as no parameters. */
function readBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, { ...parseForm(String(body)) });
    },
  );
  app.addContentTypeParser(FILES, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const source = String(body);
    try {
      done(null, source === '' ? {} : JSON.parse(source));
    } catch {
      done(new ControlProblem(400, 'the body is not JSON'), undefined);
    }
  });
}

function problemOf(error: unknown): { status: number; message: string; faults: readonly string[] } {
  if (error instanceof ControlProblem) return { status: error.status, message: error.message, faults: [] };
  if (error instanceof WorldError)
    return { status: 400, message: 'this world cannot be used', faults: error.faults };
  if (error instanceof ZodError) {
    const faults = error.issues.map((issue) => `${issue.path.join('.') || '/'}: ${issue.message}`);
    return { status: 400, message: 'the request is not valid', faults };
  }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    return { status: error.statusCode, message: error.message, faults: [] };
  }
  return { status: 500, message: 'the sandbox failed', faults: [] };
}
