/** What a test file asks for servers with; global set-up started them. `time-skipping-server.ts` has the other one. */
import { DATABASE_PLACE, ENVIRONMENT, handedOver } from './environment';

/** Connection string of the shared replica set with that database as default; give each test file its own name. */
export function mongoUri(database: string): string {
  return handedOver(ENVIRONMENT.mongo).replace(DATABASE_PLACE, database);
}

/** Host and port of the shared dev server; namespace `default`, search attributes registered, no payload codec. */
export function temporalAddress(): string {
  return handedOver(ENVIRONMENT.temporal);
}

/**
 * Path of the workflow bundle, for `Worker.create({ workflowBundle: { codePath } })`. Built on the first request of a run,
 * or taken over from an earlier run when `workflows/` and `shared/` have not changed.
 * @throws Error with the bundler's report when the workflows do not bundle.
 */
export async function workflowBundlePath(): Promise<string> {
  const answer = await fetch(handedOver(ENVIRONMENT.bundleDesk));
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
