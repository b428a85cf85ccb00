/**
 * Recording mode (`npm run histories:record`): every run of every stage is kept, decrypted, with the events it told, for
 * `scripts/histories/choose.ts` to choose from. Otherwise nothing happens here.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { temporal } from '@temporalio/proto';
import { RECORDED_FOLDER, type ToldEvent } from '../../scripts/histories/recorded-run';
import type { KeyRing } from '../../shared/encryption/key-ring';
import { EncryptionCodec } from '../../shared/encryption/payload-codec';

type History = temporal.api.history.v1.IHistory;
type Payload = temporal.api.common.v1.IPayload;

export const isRecording = (): boolean => process.env['CARRYOVER_RECORD_HISTORIES'] !== undefined;

interface RunToRecord {
  runId: string;
  history: History;
}

/** Migrations recorded in this test file, over all of its stages. */
let recorded = 0;

/** Keeps the runs of one migration. */
export const recordRuns = async (
  runs: readonly RunToRecord[],
  events: readonly (ToldEvent & { runId: string | null })[],
  keys: KeyRing,
): Promise<void> => {
  await mkdir(RECORDED_FOLDER, { recursive: true });
  recorded += 1;
  const file = basename(expect.getState().testPath ?? 'unknown').replace(/\.(test|scenario)\.ts$/, '');
  for (const [index, { runId, history }] of runs.entries()) {
    const told = events.filter((event) => event.runId === runId).map(({ type, data }) => ({ type, data }));
    await decrypt(history, new EncryptionCodec(keys));
    const run = { told, history: JSON.parse(historyToJSON(history)) as unknown };
    const name = `${file}-${String(recorded)}.${String(index + 1)}.json.gz`;
    await writeFile(join(RECORDED_FOLDER, name), await promisify(gzip)(JSON.stringify(run)));
  }
};

/** In place. Kept readable: what an encrypted history hides cannot be packed, and nothing in a test's world is secret. */
const decrypt = async (node: unknown, codec: EncryptionCodec): Promise<void> => {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  if (isPayload(node)) {
    const [open] = await codec.decode([node]);
    Object.assign(node, { metadata: open?.metadata, data: open?.data });
    return;
  }
  for (const each of Object.values(node)) await decrypt(each, codec);
};

const isPayload = (node: object): node is Payload =>
  'metadata' in node && 'data' in node && node.data instanceof Uint8Array;
