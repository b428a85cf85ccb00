/** Every environment variable of Carryover, checked at start-up: all mistakes are named at once. Documented in docs/configuration.md. */
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);

const environmentSchema = z.object({
  TEMPORAL_ADDRESS: z.string().default('localhost:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  MONGODB_URI: z.string().startsWith('mongodb').default('mongodb://127.0.0.1:27017/carryover?replicaSet=rs0'),
  META_GRAPH_URL: z.url().default('https://graph.facebook.com'),
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.0$/, 'a Graph version such as v25.0')
    .default('v25.0'),
  META_APP_ID: z.string().regex(/^\d+$/, 'the id of the partner app').optional(),
  META_APP_SECRET: z.string().min(1).optional(),
  /** Signs 360dialog's partner events. */
  D360_PLATFORM_SECRET: z.string().min(1).optional(),
  /** Of Facebook Login for Business; without it no signup can be opened. */
  META_SIGNUP_CONFIG_ID: z.string().regex(/^\d+$/, 'the id of a login configuration').optional(),
  META_SDK_URL: z.url().default('https://connect.facebook.net/en_US/sdk.js'),
  /** Beside facebook.com: origins of a practice platform whose popup is believed, separated by commas. */
  META_SIGNUP_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .pipe(z.array(z.url('a list of origins such as https://practice.example'))),
  /** Where clients reach the server, for the links they are sent. */
  PUBLIC_URL: z
    .url()
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  META_WEBHOOK_VERIFY_TOKEN: z.string().min(1).optional(),
  CREDENTIALS_FILE: z.string().optional(),
  API_KEYS_FILE: z.string().optional(),
  ENCRYPTION_KEYS: z.string({ error: 'a list of id:base64 keys of 32 bytes, the first encrypts' }),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8080),
  METRICS_PORT: port.default(9464),
  /** Of the server: from which mean delay of its event loop on it refuses requests; 0: never. */
  OVERLOAD_LOOP_DELAY_MS: z.coerce.number().int().min(0).default(100),
  /** Of the server: how many unanswered requests it takes at once; 0: any number. */
  OVERLOAD_REQUESTS_AT_ONCE: z.coerce.number().int().min(0).default(200),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** JSON that overrides figures of `shared/policy.ts` for migrations started from now on. */
  CARRYOVER_POLICY: z.string().default('{}'),
  /** Web sites that may have private addresses, for rehearsals; see platforms/web. */
  WEBSITE_REHEARSAL_HOSTS: z
    .string()
    .regex(
      /^([a-z0-9.[\]:-]+)(,[a-z0-9.[\]:-]+)*$/,
      'a comma-separated list of host or host:port, lower case',
    )
    .transform((list) => list.split(','))
    .optional(),
  /** PEM of a certificate authority that is trusted for these sites only, beside the public ones. */
  WEBSITE_CA_FILE: z.string().min(1).optional(),
  /** Set to take part in worker versioning; a newer build takes over waiting migrations. */
  CARRYOVER_BUILD_ID: z.string().min(1).optional(),
});
export type Config = z.infer<typeof environmentSchema>;

export const CONFIG_NAMES = Object.keys(environmentSchema.shape);

/** Raised with one line per mistake; the value itself is never repeated, because it may be a secret. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

export const readConfig = (environment: Record<string, string | undefined>): Config => {
  const parsed = environmentSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`The environment is not usable:\n${lines.join('\n')}`);
};
