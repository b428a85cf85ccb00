/** Part of `npm run build`: a worker that starts from a finished bundle is up in a second and needs no bundler. */
import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { BUNDLE_PATH, bundleOptions } from './bundle-options';

const build = async (): Promise<void> => {
  const { code } = await bundleWorkflowCode({ ...bundleOptions(), logger: new DefaultLogger('WARN') });
  await writeFile(BUNDLE_PATH, code);
};

build().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
