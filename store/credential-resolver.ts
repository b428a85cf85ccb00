import { z } from 'zod';
import { ConfigurationError } from '../shared/config';
import type { Store } from './contract';
import type { Credential, CredentialCatalogue } from './secret-contract';

const fileSchema = z.record(
  z.string().regex(/^[^/]+\/[a-z0-9][a-z0-9-]{0,62}$/, 'tenant/name'),
  z.object({ accessToken: z.string().min(1) }),
);

const parseJson = (content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch {
    // The parser's message quotes the text, which holds tokens.
    throw new ConfigurationError('CREDENTIALS_FILE: the file is not JSON');
  }
};

const readFileContent = (content: string | undefined): Map<string, Credential> => {
  if (content === undefined) return new Map();
  const parsed = fileSchema.safeParse(parseJson(content));
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const entries = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '(the whole)')))];
  throw new ConfigurationError(
    `CREDENTIALS_FILE: {"tenant/name": {"accessToken": "…"}} was expected; wrong: ${entries.join(', ')}`,
  );
};

/**
 * Resolves a credential's name: what the tenant put in by the API stands before the content of CREDENTIALS_FILE.
 * Throws `ConfigurationError` (naming entries, never values) when the content is unusable.
 */
export const credentialResolver = (
  store: Pick<Store, 'secrets'>,
  fileContent: string | undefined,
): CredentialCatalogue => {
  const file = readFileContent(fileContent);
  const get = async (tenant: string, name: string): Promise<Credential | null> =>
    (await store.secrets.get(tenant, name)) ?? file.get(`${tenant}/${name}`) ?? null;
  return {
    get,
    has: async (tenant, name) => (await get(tenant, name)) !== null,
    fixed: (tenant) =>
      [...file.keys()].flatMap((key) => (key.startsWith(`${tenant}/`) ? [key.slice(tenant.length + 1)] : [])),
  };
};
