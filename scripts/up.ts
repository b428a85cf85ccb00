/** `make up`: everything stays up until it is interrupted; data survives a restart. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runProgram, whenAborted } from './launch/main-program';
import { type Platform, startPlatform } from './launch/platform';
import { CLASSIC_WORLD, PROJECT_ROOT } from './launch/project';
import { SetUpError } from './servers/set-up-error';

const FOLDER = join(PROJECT_ROOT, '.carryover', 'up');
const PID_FILE = join(FOLDER, 'pid');

runProgram(async (signal) => {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  await refuseSecondRun();
  await writeFile(PID_FILE, String(process.pid));
  try {
    const platform = await startPlatform({
      folder: FOLDER,
      persistent: true,
      usualPorts: true,
      worldFile: CLASSIC_WORLD,
      announce: (sentence) => process.stdout.write(`${sentence}\n`),
      signal,
    });
    try {
      process.stdout.write(addressBook(platform));
      await Promise.race([platform.died, whenAborted(signal)]);
    } catch (error) {
      // Being interrupted is how it is meant to end.
      if (!signal.aborted) throw error;
    } finally {
      process.stdout.write('\nStopping …\n');
      await platform.stop();
    }
  } finally {
    await rm(PID_FILE, { force: true });
  }
});

/** Two runs on the same data would each think it theirs. */
async function refuseSecondRun(): Promise<void> {
  const pid = Number(await readFile(PID_FILE, 'utf8').catch(() => '0'));
  if (pid === 0 || !isAlive(pid)) return;
  throw new SetUpError(
    `Carryover is up already (process ${pid}): use it, or stop it first with kill ${pid}.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function addressBook({ addresses, secrets }: Platform): string {
  const show = (path: string) => relative(PROJECT_ROOT, path);
  return `
Carryover is up. Stop it with Ctrl-C; the data stays in ${show(FOLDER)}.

  HTTP API       ${addresses.api}   (openapi.json there)
    keys         ${show(secrets.files.backendKey)} (role backend), ${show(secrets.files.supportKey)} (role support)
    command line export CARRYOVER_URL=${addresses.api} CARRYOVER_API_KEY="$(cat ${show(secrets.files.supportKey)})"
                 npx carryover list
  Temporal UI    ${addresses.temporalUi}   payloads decoded
    login        operator, password in ${show(secrets.files.uiPassword)}
  Sandbox phone  ${addresses.sandbox}/sandbox/phone
    settings     ${addresses.sandbox}/sandbox/business-settings   where the client accepts a solution's request
    web sites    ${addresses.sites}/{business id}   for business.website, over TLS
  Temporal       ${addresses.temporal}
  MongoDB        ${addresses.mongodb}
  Logs           ${show(join(FOLDER, 'logs'))}
`;
}
