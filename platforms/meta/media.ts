/**
 * Files of template headers: fetched where a listing says they are, and uploaded again, because a creation wants a handle
 * of the Resumable Upload API (meta §4.3). An address comes from an answer and is trusted for no more than its host: the
 * platform's own hosts, no redirect, bounded in size and time, and no token goes there.
 */
import { request, type Dispatcher } from 'undici';
import { z } from 'zod';
import { UploadedFile, type GraphClient } from './graph-client';

/** Hosts that Meta serves files from; everything under them counts. */
const MEDIA_HOSTS = ['whatsapp.net', 'fbcdn.net', 'fbsbx.com'];
const FETCH_TIMEOUT_MS = 60_000;
const UPLOAD_TIMEOUT_MS = 120_000;

const MEGABYTE = 1024 * 1024;
/** What Meta takes in a header, by format, and how large. */
const FORMATS: Readonly<Record<string, { types: readonly string[]; most: number }>> = {
  IMAGE: { types: ['image/jpeg', 'image/png'], most: 5 * MEGABYTE },
  VIDEO: { types: ['video/mp4'], most: 16 * MEGABYTE },
  DOCUMENT: { types: ['application/pdf'], most: 32 * MEGABYTE },
};

/** The file cannot be taken along; `message` says why, without its address. */
export class MediaUnavailable extends Error {
  override name = 'MediaUnavailable';
}

const isUnder = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/**
 * Whether a file may be fetched from there: HTTPS at one of Meta's hosts, or the very origin that Graph is configured to be
 * at (a rehearsal).
 */
export const mayBeFetched = (address: string, graphUrl: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (url.origin === new URL(graphUrl).origin) return true;
  return (
    url.protocol === 'https:' && url.port === '' && MEDIA_HOSTS.some((host) => isUnder(url.hostname, host))
  );
};

const bytesOf = async (body: Dispatcher.ResponseData['body'], most: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const piece: unknown = chunk;
    if (!(piece instanceof Uint8Array)) continue;
    bytes += piece.length;
    if (bytes > most) throw new MediaUnavailable(`the file is larger than ${String(most)} bytes`);
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
};

/** Fetches a header's file. Fails with MediaUnavailable when it must not, or cannot, be had. */
export const fetchMedia = async (
  address: string,
  format: string,
  options: { graphUrl: string; signal?: AbortSignal | undefined },
): Promise<UploadedFile> => {
  const allowed = FORMATS[format.toUpperCase()];
  if (allowed === undefined) throw new MediaUnavailable(`headers of the format ${format} are not known`);
  if (!mayBeFetched(address, options.graphUrl)) {
    throw new MediaUnavailable('its address is not one of the platform’s');
  }
  const deadline = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  try {
    // Redirects are not followed: undici's request never does by itself.
    const answer = await request(address, { method: 'GET', signal });
    const type = String(answer.headers['content-type'] ?? '')
      .split(';')[0]
      ?.trim();
    if (answer.statusCode !== 200 || type === undefined || !allowed.types.includes(type)) {
      await answer.body.dump();
      const what =
        answer.statusCode === 200 ? `a ${type ?? 'nameless'} file` : `HTTP ${String(answer.statusCode)}`;
      throw new MediaUnavailable(
        `the platform answered with ${what} instead of ${allowed.types.join(' or ')}`,
      );
    }
    return new UploadedFile(await bytesOf(answer.body, allowed.most), type);
  } catch (error) {
    if (error instanceof MediaUnavailable || options.signal?.aborted) throw error;
    throw new MediaUnavailable('the file could not be fetched in time', { cause: error });
  }
};

const sessionSchema = z.looseObject({ id: z.string().startsWith('upload:') });
const handleSchema = z.looseObject({ h: z.string().min(1) });

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
};

/** Uploads a file for the app; answers the handle that a template may name. An upload made twice harms nobody. */
export const uploadMedia = async (
  client: GraphClient,
  appId: string,
  file: UploadedFile,
): Promise<string> => {
  const { id } = await client.post(
    `${appId}/uploads`,
    {
      file_name: `header.${EXTENSIONS[file.contentType] ?? 'bin'}`,
      file_length: file.bytes.length,
      file_type: file.contentType,
    },
    sessionSchema,
    { scope: 'app' },
  );
  const { h } = await client.sendFile(id, file, handleSchema, { scope: 'app', timeoutMs: UPLOAD_TIMEOUT_MS });
  return h;
};
