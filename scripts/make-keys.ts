/**
 * `node dist/scripts/make-keys.js FOLDER WORLD`: makes the keys `docker-compose.yml` mounts, those that are missing. Beside them a
 * file `environment` that a shell can read in, because `ENCRYPTION_KEYS`, the app's id and secret and the
 * verify token of webhooks are values and not files.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './launch/main-program';
import { ensureSecrets, metaEnvironment, readWorldAccess } from './launch/secrets';
import { SetUpError } from './servers/set-up-error';

runProgram(async () => {
  const [folder, worldFile] = process.argv.slice(2);
  if (folder === undefined || worldFile === undefined) throw new SetUpError('Usage: make-keys FOLDER WORLD');
  const access = await readWorldAccess(worldFile);
  const secrets = await ensureSecrets(folder, access);
  const exported = {
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    META_WEBHOOK_VERIFY_TOKEN: secrets.webhookVerifyToken,
    ...metaEnvironment(access),
  };
  const lines = Object.entries(exported).map(([name, value]) => `export ${name}='${value}'\n`);
  await writeFile(join(folder, 'environment'), lines.join(''), { mode: 0o600 });
});
