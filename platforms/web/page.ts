/** The part of a page that is looked at: at most half a megabyte of it, as text without scripts and tags. */
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';

const MOST_BYTES = 512 * 1024;

export interface Page {
  status: number;
  contentType: string;
  isHtml: boolean;
  title: string;
  /** What a visitor reads, in one line. */
  text: string;
  /** As it came, for signs that stand in scripts and frames. */
  source: string;
}

const UNPACKERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const headerOf = (answer: Dispatcher.ResponseData, name: string): string => {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

/** The rest is given up on purpose; the error that this makes is nobody's. */
export const leaveUnread = (body: Readable): void => {
  body.on('error', () => undefined).destroy();
};

/** A broken answer ends the unpacked one with its error; who reads meets it there. */
const unpacked = (packed: Readable, unpack: Transform): Transform =>
  pipeline(packed, unpack, () => {
    packed.destroy();
  });

/** Counted after unpacking, so that a small answer cannot grow without end; what is beyond is not read. */
const beginningOf = async (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    chunks.push(bytes.subarray(0, MOST_BYTES - size));
    size += bytes.length;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
};

const decoded = (bytes: Buffer, contentType: string): string => {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder().decode(bytes);
    throw error;
  }
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  nbsp: ' ',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
};

const withoutEntities = (text: string): string =>
  text
    .replace(/&#(\d{1,7});/g, (_all, code: string) =>
      Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : ' ',
    )
    .replace(/&([a-z]+);/gi, (all, name: string) => ENTITIES[name.toLowerCase()] ?? all);

const readable = (source: string): string =>
  withoutEntities(
    source
      .replace(/<(script|style|noscript|template)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
      .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
      .replace(/<[^>]*(>|$)/g, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim();

const titleOf = (source: string): string =>
  withoutEntities(/<title[^>]*>([^<]{0,500})/i.exec(source)?.[1] ?? '')
    .replace(/\s+/g, ' ')
    .trim();

/** Texts that stand in attributes and yet name whose page it is. */
const meta = (source: string): string =>
  [...source.matchAll(/<(?:meta|img)\b[^>]{0,1000}?\b(?:content|alt)=["']([^"']{1,300})["']/gi)]
    .map(([, value]) => value ?? '')
    .join(' ');

export const pageOf = async (answer: Dispatcher.ResponseData): Promise<Page> => {
  const contentType = headerOf(answer, 'content-type');
  const isHtml = contentType === '' || /^(text\/html|application\/xhtml\+xml)\b/i.test(contentType);
  const unpack = UNPACKERS[headerOf(answer, 'content-encoding').toLowerCase()];
  const stream = unpack === undefined ? answer.body : unpacked(answer.body, unpack());
  const source = isHtml ? decoded(await beginningOf(stream), contentType) : '';
  leaveUnread(answer.body);
  return {
    ...{ status: answer.statusCode, contentType: contentType.slice(0, 100), isHtml, source },
    title: titleOf(source),
    text: `${readable(source)} ${meta(source)}`.trim(),
  };
};
