/** Command: recomputes the audit chains, all or the one named. Exit code 0: all stand; 1: one is broken; 2: not verifiable. */
import { ConfigurationError, readConfig } from '../shared/config';
import { KeyRing } from '../shared/encryption/key-ring';
import { StoreUnavailableError, openStore, type EventStore } from './index';

/** One line a broken chain, then a summary; answers with the number of broken chains. */
export const verifyAudit = async (
  events: Pick<EventStore, 'chainIds' | 'verifyChain'>,
  migrationId: string | undefined,
  say: (line: string) => void,
): Promise<number> => {
  let chains = 0;
  let entries = 0;
  let broken = 0;
  for await (const id of migrationId === undefined ? events.chainIds() : [migrationId]) {
    const verdict = await events.verifyChain(id);
    chains += 1;
    if (verdict.ok) {
      entries += verdict.length;
      continue;
    }
    broken += 1;
    say(`${id}: broken at position ${String(verdict.brokenAt)}: ${verdict.why}`);
  }
  say(`${String(chains - broken)} of ${String(chains)} chains stand, with ${String(entries)} entries.`);
  return broken;
};

const main = async (): Promise<number> => {
  const config = readConfig(process.env);
  const store = await openStore({
    uri: config.MONGODB_URI,
    keys: KeyRing.parse(config.ENCRYPTION_KEYS),
    appName: 'carryover-audit-verify',
  });
  try {
    const broken = await verifyAudit(store.events, process.argv[2], (line) =>
      process.stdout.write(`${line}\n`),
    );
    return broken === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
};

if (require.main === module) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const expected = error instanceof ConfigurationError || error instanceof StoreUnavailableError;
      process.stderr.write(`${expected ? error.message : String(error)}\n`);
      process.exitCode = 2;
    },
  );
}
