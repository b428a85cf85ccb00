/** How the workflow bundle is built: by `npm run build` and once by the tests' global set-up. */
import { join } from 'node:path';
import type { BundleOptions } from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../shared/encryption/payload-codec';

/** Where `npm run build` leaves the bundle, beside the compiled worker. */
export const BUNDLE_PATH = join(__dirname, 'workflow-bundle.js');

export const bundleOptions = (): BundleOptions => ({
  workflowsPath: require.resolve('../workflows'),
  failureConverterPath: FAILURE_CONVERTER_PATH,
});
