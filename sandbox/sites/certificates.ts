/**
 * The certificates of the practice web sites: an authority of the sandbox's own, and what a web site may show instead of
 * a good certificate (R28). Who rehearses trusts the authority; nothing is ever left unchecked.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { SiteCertificate } from '../world/knobs';

const DAY = 86_400_000;
/** A rehearsal may go on for long, and its authority stands in a file. */
const AUTHORITY_DAYS = 3_650;
const CERTIFICATE_DAYS = 90;

interface Pair {
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** PEM of the authority, to be trusted by whoever opens the sites. */
  readonly authority: string;
  of(shown: SiteCertificate): Pair;
}

const days = (from: number, count: number) => ({
  notBeforeDate: new Date(from),
  notAfterDate: new Date(from + count * DAY),
});

const commonName = (value: string) => [{ name: 'commonName', value }];

const makeAuthority = async (now: number): Promise<Pair> => {
  const made = await generate(commonName('Practice platform, not for use elsewhere'), {
    ...{ keyType: 'ec', algorithm: 'sha256', ...days(now - DAY, AUTHORITY_DAYS) },
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
};

/** Where the sites are reached from: the machine itself, and the other containers of `docker compose`. */
const HERE = [
  { type: 2, value: 'localhost' },
  { type: 2, value: 'sandbox' },
  { type: 7, ip: '127.0.0.1' },
  { type: 7, ip: '::1' },
] as const;

const certificate = async (
  names: readonly (typeof HERE)[number][] | readonly { type: 2; value: string }[],
  validity: ReturnType<typeof days>,
  authority?: Pair,
): Promise<Pair> => {
  const made = await generate(commonName('practice web sites'), {
    ...{ keyType: 'ec', algorithm: 'sha256', ...validity },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names] },
    ],
    ...(authority === undefined ? {} : { ca: { ...authority } }),
  });
  return { key: made.private, cert: made.cert };
};

/** In `folder`, so that who trusts it goes on trusting it after a restart; without one it lives as long as the process. */
const keptAuthority = async (folder: string | null, now: number): Promise<Pair> => {
  if (folder === null) return makeAuthority(now);
  const [key, cert] = [join(folder, AUTHORITY_KEY_FILE), join(folder, AUTHORITY_FILE)];
  try {
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const made = await makeAuthority(now);
  await mkdir(folder, { recursive: true });
  await writeFile(key, made.key, { mode: 0o600 });
  await writeFile(cert, made.cert);
  return made;
};

export const AUTHORITY_FILE = 'ca.pem';
const AUTHORITY_KEY_FILE = 'ca-key.pem';

/** @throws the file system's errors when the authority cannot be kept in `folder`. */
export const makeCertificates = async (folder: string | null): Promise<Certificates> => {
  const now = Date.now();
  const authority = await keptAuthority(folder, now);
  const good = days(now - DAY, CERTIFICATE_DAYS);
  const elsewhere = [{ type: 2 as const, value: 'somebody-else.example' }];
  const shown: Readonly<Record<SiteCertificate, Pair>> = {
    valid: await certificate(HERE, good, authority),
    expired: await certificate(HERE, days(now - CERTIFICATE_DAYS * DAY, CERTIFICATE_DAYS - 1), authority),
    wrong_name: await certificate(elsewhere, good, authority),
    self_signed: await certificate(HERE, good),
  };
  return { authority: authority.cert, of: (which) => shown[which] };
};
