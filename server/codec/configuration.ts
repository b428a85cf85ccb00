/** The gateway's environment, checked at start-up: all mistakes are named at once. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from '../../shared/config';
import { KeyRing } from '../../shared/encryption/key-ring';

const environmentSchema = z
  .object({
    ENCRYPTION_KEYS: z.string({
      error: 'a list of id:base64 keys of 32 bytes, the same as the workers have',
    }),
    TEMPORAL_UI_URL: z.url({ error: 'the address of the Temporal UI behind the gateway' }),
    TEMPORAL_UI_USER: z.string().min(1).default('operator'),
    TEMPORAL_UI_PASSWORD: z.string().optional(),
    TEMPORAL_UI_PASSWORD_FILE: z.string().optional(),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65535).default(8234),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine(
    (given) => (given.TEMPORAL_UI_PASSWORD === undefined) !== (given.TEMPORAL_UI_PASSWORD_FILE === undefined),
    {
      path: ['TEMPORAL_UI_PASSWORD'],
      error: 'either this or TEMPORAL_UI_PASSWORD_FILE, a file that holds it, was expected',
    },
  );

export const GATEWAY_CONFIG_NAMES = Object.keys(environmentSchema.shape);

/** Short passwords do not stand between the network and every decoded payload. */
const SHORTEST_PASSWORD = 16;

export interface GatewayConfig {
  readonly keys: KeyRing;
  readonly uiUrl: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
}

/** @throws ConfigurationError with one line per mistake; a value is never repeated, because it may be a secret. */
export function readGatewayConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(`The environment is not usable:\n${lines.join('\n')}`);
  }
  const given = parsed.data;
  return {
    keys: KeyRing.parse(given.ENCRYPTION_KEYS),
    uiUrl: given.TEMPORAL_UI_URL,
    user: given.TEMPORAL_UI_USER,
    password: passwordOf(given.TEMPORAL_UI_PASSWORD, given.TEMPORAL_UI_PASSWORD_FILE),
    host: given.HOST,
    port: given.PORT,
    logLevel: given.LOG_LEVEL,
  };
}

function passwordOf(password: string | undefined, file: string | undefined): string {
  const chosen = file === undefined ? password : readPassword(file);
  if (chosen === undefined || chosen.length < SHORTEST_PASSWORD)
    throw new ConfigurationError(
      `TEMPORAL_UI_PASSWORD: a password of at least ${SHORTEST_PASSWORD} characters was expected`,
    );
  return chosen;
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new ConfigurationError('TEMPORAL_UI_PASSWORD_FILE: a file that can be read was expected', {
      cause,
    });
  }
}
