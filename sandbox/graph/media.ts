import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { SandboxParts } from '../sandbox';
import type { Media } from '../world/media-schema';
import type { World } from '../world/schema';

const CHUNK = 64 * 1024;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
};

/** Where a listing says that a file is. `origin` is the platform's own. */
function addressOf(media: Media, origin: string): string {
  const file = `media/${media.id}.${EXTENSIONS[media.contentType] ?? 'bin'}?oh=01_signed`;
  if (media.served === 'elsewhere') return `https://files.example.com/${file}`;
  if (media.served === 'plain_http_elsewhere') return `http://169.254.169.254/${file}`;
  return `${origin}/${file}`;
}

/** The value with every `media:<id>` in it replaced by the file's address, as a listing shows it (meta §4.3). */
export function withAddresses(world: World, value: unknown, address: string): unknown {
  if (typeof value === 'string') {
    const id = /^media:(\d+)$/.exec(value)?.[1];
    const media = world.media.find((candidate) => candidate.id === id);
    return media ? addressOf(media, new URL(address).origin) : value;
  }
  if (Array.isArray(value)) return value.map((part: unknown) => withAddresses(world, part, address));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withAddresses(world, part, address)]),
  );
}

/** The files themselves; no token is asked for, the address is signed. */
export function mediaRoutes(app: FastifyInstance, parts: SandboxParts): void {
  app.get<{ Params: { file: string } }>('/media/:file', async (request, reply) => {
    const id = request.params.file.split('.')[0];
    const media = parts.platform.world.media.find((candidate) => candidate.id === id);
    if (!media || media.served === 'gone') return reply.status(403).send('URL signature expired');
    if (media.served === 'redirect') return reply.redirect('http://169.254.169.254/latest/meta-data/');
    if (media.served === 'html') return reply.type('text/html').send('<h1>Sorry</h1>');
    reply.type(media.contentType);
    if (media.served === 'endless') return reply.send(Readable.from(endless()));
    return reply.header('content-length', media.size).send(Buffer.alloc(media.size, 7));
  });
}

function* endless(): Iterable<Buffer> {
  for (;;) yield Buffer.alloc(CHUNK, 7);
}
