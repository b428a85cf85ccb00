import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { type BundleOptions, bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { bundleOptions } from '../../worker/bundle-options';

/**
 * Builds the workflow bundle once a run, on the first request and outside the test environments: inside one, each file has
 * its own module registry and would load the bundler and the SDK's native runtime again.
 */
export interface BundleDesk {
  /** GET answers with the path of the bundle as plain text, or 500 and why it could not be built. */
  readonly url: string;
  close(): Promise<void>;
}

const ROOT = resolve(__dirname, '..', '..');
const FOLDER = join(ROOT, '.carryover', 'test-bundles');

export async function openBundleDesk(): Promise<BundleDesk> {
  // Resolved now: Jest knows TypeScript files in this process only while the global set-up runs.
  const options = bundleOptions();
  let bundle: Promise<string> | undefined;
  const server = createServer((_request, response) => {
    bundle ??= buildBundle(options);
    bundle.then(
      (path) => response.end(path),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the bundle desk has no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}/`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}

async function buildBundle(options: BundleOptions): Promise<string> {
  const path = join(FOLDER, `workflow-bundle-${await fingerprint()}.js`);
  if (await exists(path)) return path;
  const { code } = await bundleWorkflowCode({ ...options, logger: new DefaultLogger('WARN') });
  await mkdir(FOLDER, { recursive: true });
  const draft = `${path}.${String(process.pid)}`;
  await writeFile(draft, code);
  await rename(draft, path);
  await forgetOldBundles();
  return path;
}

/** A bundle of an hour ago is of no run that still goes on. */
async function forgetOldBundles(): Promise<void> {
  for (const name of await readdir(FOLDER)) {
    const file = join(FOLDER, name);
    const age = Date.now() - (await stat(file).then(({ mtimeMs }) => mtimeMs, Date.now));
    if (age > 3_600_000) await rm(file, { force: true });
  }
}

/** Hash of everything that can end up in the bundle: an unchanged workflow is not bundled again in the next run. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(ROOT, 'package-lock.json')));
  for (const room of ['workflows', 'shared']) {
    const files = (await readdir(join(ROOT, room), { recursive: true })).filter((name) =>
      name.endsWith('.ts'),
    );
    for (const file of files.sort()) hash.update(file).update(await readFile(join(ROOT, room, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
