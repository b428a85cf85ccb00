import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { startSandbox } from './index';

const DEFAULT_PORT = 8090;

/** The shipped world, beside the sources or, after a build, in the project they were built from. */
function classicWorld(): string {
  const beside = join(__dirname, 'worlds', 'classic.json');
  return existsSync(beside) ? beside : join(__dirname, '..', '..', 'sandbox', 'worlds', 'classic.json');
}

const set = (name: string): string | null => {
  const value = process.env[name];
  return value === undefined || value === '' ? null : value;
};

async function main(): Promise<void> {
  const logger = pino({ name: 'sandbox' });
  const [appId, appSecret] = [set('META_APP_ID'), set('META_APP_SECRET')];
  const [verifyToken, stateFile] = [set('META_WEBHOOK_VERIFY_TOKEN'), set('SANDBOX_STATE_FILE')];
  const [sitesPort, sitesFolder] = [set('SANDBOX_SITES_PORT'), set('SANDBOX_SITES_FOLDER')];
  const sandbox = await startSandbox({
    host: set('HOST') ?? '127.0.0.1',
    port: Number(set('SANDBOX_PORT') ?? DEFAULT_PORT),
    world: set('SANDBOX_WORLD') ?? classicWorld(),
    ...(appId === null ? {} : { appId }),
    ...(appSecret === null ? {} : { appSecret }),
    ...(verifyToken === null ? {} : { verifyToken }),
    ...(stateFile === null ? {} : { stateFile }),
    ...(sitesPort === null
      ? {}
      : { sites: { port: Number(sitesPort), ...(sitesFolder === null ? {} : { folder: sitesFolder }) } }),
    logger,
  });
  logger.info(
    { url: sandbox.url, sites: sandbox.sites?.url, world: sandbox.world().title },
    'sandbox listening',
  );
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  pino({ name: 'sandbox' }).fatal({ err: error }, 'the sandbox could not start');
  process.exitCode = 1;
});
