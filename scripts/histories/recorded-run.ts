/**
 * A run as it is kept: its history with payloads in plain JSON, and what it told the audit trail. Encrypted or in base64 it
 * would be twenty times as large; nothing in a test's world is secret.
 */
import { join, resolve } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';

/** Found from the sources and from the build alike: both are two folders below the project's root or its `dist`. */
const ROOT = resolve(__dirname, '..', '..').replace(/[/\\]dist$/, '');

/** Every run of a recording; not kept. */
export const RECORDED_FOLDER = join(ROOT, '.carryover', 'recorded-histories');
/** Chosen recordings, a folder for each recording of a version; all of them stay for ever. */
export const HISTORIES_FOLDER = join(ROOT, 'test', 'histories');
export const INDEX_FILE = 'index.json';
export const SUFFIX = '.json.br';

/** An entry of the audit trail that the run wrote. */
export interface ToldEvent {
  type: string;
  data: Record<string, unknown>;
}

const historySchema = z.object({ events: z.array(z.record(z.string(), z.unknown())) });

export const recordedRunSchema = z.object({
  told: z.array(z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) })),
  history: historySchema,
});
export type RecordedRun = z.infer<typeof recordedRunSchema>;

/** Of a folder: what each of its recordings was chosen for. */
export const indexSchema = z.record(z.string(), z.array(z.string()));

const payloadSchema = z.strictObject({
  metadata: z.record(z.string(), z.string()),
  data: z.string().default(''),
});
const packedPayloadSchema = z.strictObject({ metadata: z.record(z.string(), z.string()), json: z.unknown() });

const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
const toBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const rewritten = (node: unknown, rewrite: (node: object) => unknown): unknown => {
  if (Array.isArray(node)) return node.map((each) => rewritten(each, rewrite));
  if (typeof node !== 'object' || node === null) return node;
  return (
    rewrite(node) ??
    Object.fromEntries(Object.entries(node).map(([name, value]) => [name, rewritten(value, rewrite)]))
  );
};

/** With payloads as JSON instead of base64. */
export const readable = (history: RecordedRun['history']): RecordedRun['history'] =>
  historySchema.parse(
    rewritten(history, (node) => {
      const payload = payloadSchema.safeParse(node).data;
      if (payload === undefined || fromBase64(payload.metadata['encoding'] ?? '') !== 'json/plain') return;
      return { metadata: payload.metadata, json: JSON.parse(fromBase64(payload.data)) as unknown };
    }),
  );

/** As Temporal writes it: what `readable` was made from. */
export const replayable = (history: RecordedRun['history']): RecordedRun['history'] =>
  historySchema.parse(
    rewritten(history, (node) => {
      if (!('json' in node)) return;
      const packed = packedPayloadSchema.safeParse(node).data;
      if (packed === undefined) return;
      return { metadata: packed.metadata, data: toBase64(JSON.stringify(packed.json)) };
    }),
  );

export const packed = (history: RecordedRun['history']): Buffer =>
  brotliCompressSync(JSON.stringify(readable(history)));

export const unpacked = (file: Uint8Array): RecordedRun['history'] =>
  replayable(historySchema.parse(JSON.parse(brotliDecompressSync(file).toString('utf8'))));
