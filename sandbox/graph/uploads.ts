import type { Platform } from '../platform/platform';
import type { Token } from '../world/schema';
import { invalidParameter, noSuchObject } from './errors';
import type { GraphRequest } from './handle';
import type { AppNode } from './nodes';
import { requiredText, wholeNumber, type NodeCall } from './request';

const TAKEN_TYPES = ['application/pdf', 'image/jpeg', 'image/jpg', 'image/png', 'video/mp4'];
const LARGEST_FILE = 100 * 1024 * 1024;

/** `upload:…`, the id of a session. */
export const isUploadSession = (id: string): boolean => id.startsWith('upload:');

/** `POST /{app}/uploads` (meta §4.3): announces a file. */
export function beginUpload(call: NodeCall<AppNode>): Record<string, unknown> {
  const { platform, parameters, node } = call;
  const contentType = requiredText(parameters, 'file_type');
  const size = wholeNumber(parameters, 'file_length');
  requiredText(parameters, 'file_name');
  if (!TAKEN_TYPES.includes(contentType))
    throw invalidParameter(`Param file_type does not take ${contentType}`);
  if (size === null || size < 1 || size > LARGEST_FILE) {
    throw invalidParameter('Param file_length must be from 1 to 104857600');
  }
  const id = `upload:${Buffer.from(`session ${String(platform.count('upload'))}`).toString('base64url')}`;
  platform.world.uploads.push({ id, appId: node.id, contentType, size });
  return { id: `${id}?sig=${Buffer.from(`signed ${id}`).toString('base64url')}` };
}

/** `POST /{upload-session}`: the file itself, from `file_offset` on; answers the handle that a template may name. */
export function receiveUpload(
  platform: Platform,
  token: Token,
  request: GraphRequest,
): Record<string, unknown> {
  const upload = platform.world.uploads.find((candidate) => candidate.id === request.id);
  if (!upload || upload.appId !== token.appId) throw noSuchObject('POST', request.id);
  if (request.headers['file_offset'] !== '0') throw invalidParameter('Header file_offset must be 0');
  if (request.bytes?.length !== upload.size) {
    throw invalidParameter(
      `The file has ${String(request.bytes?.length ?? 0)} bytes, not ${String(upload.size)}`,
    );
  }
  const id = platform.newId();
  const handle = `4::${Buffer.from(upload.contentType).toString('base64url')}:ARb${id}`;
  const { contentType, size } = upload;
  platform.world.media.push({ id, contentType, size, served: 'whole', handle });
  platform.world.uploads = platform.world.uploads.filter((candidate) => candidate !== upload);
  platform.effect('media_uploaded', { media: id, app: upload.appId }, { contentType, size });
  return { h: handle };
}
