import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MongoBinary } from 'mongodb-memory-server-core';
import { z } from 'zod';
import type { OfficialDownload } from './catalogue';
import { SetUpError } from './set-up-error';

const run = promisify(execFile);
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/**
 * The makers' own downloads, the last place looked in. Answers with the binary's path below `folder`.
 * @throws SetUpError when the site cannot be reached or has nothing for this platform.
 */
export async function downloadOfficial(source: OfficialDownload, folder: string): Promise<string> {
  try {
    if (source.from === 'fastdl.mongodb.org')
      return await MongoBinary.getPath({ version: source.version, downloadDir: folder });
    return await downloadFromTemporal(source.product, source.version, folder);
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new SetUpError(`${source.from} did not give ${source.version}: ${reason}`, { cause });
  }
}

const archiveSchema = z.object({ archiveUrl: z.url(), fileToExtract: z.string().min(1) });

/** The same two requests as Temporal's SDKs make: where the archive is, then the archive. */
async function downloadFromTemporal(product: string, version: string, folder: string): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const query = new URLSearchParams({ arch, platform: process.platform, format: 'tar.gz' });
  const site = process.env['TEMPORAL_DOWNLOAD_URL'] ?? 'https://temporal.download';
  const about = await request(`${site}/${product}/${version}?${query.toString()}`);
  const { archiveUrl, fileToExtract } = archiveSchema.parse(await about.json());
  const archive = join(folder, 'archive.tar.gz');
  await writeFile(archive, Buffer.from(await (await request(archiveUrl)).arrayBuffer()));
  await run('tar', ['-xzf', archive, '-C', folder], { env: process.env });
  return join(folder, fileToExtract);
}

async function request(url: string): Promise<Response> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`${new URL(url).host} answered ${String(answer.status)}`);
  return answer;
}
