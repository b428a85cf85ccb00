/** Process entry of the gateway: the Temporal UI with decoded payloads, behind a login. */
import { pino } from 'pino';
import { ConfigurationError } from '../../shared/config';
import { EncryptionCodec } from '../../shared/encryption/payload-codec';
import { readGatewayConfig } from './configuration';
import { buildGateway } from './gateway';

async function main(): Promise<void> {
  const config = readGatewayConfig(process.env);
  const logger = pino({ level: config.logLevel });
  const app = await buildGateway({ ...config, codec: new EncryptionCodec(config.keys), logger });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close());
  await app.listen({ host: config.host, port: config.port });
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigurationError;
  process.stderr.write(
    `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
});
