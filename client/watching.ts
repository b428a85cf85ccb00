/** Following a migration by polling; an unchanged one is answered with 304 and costs next to nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { migrationSchema, type Migration } from '../shared/migration';
import { parsedAs, type CallOptions, type Transport } from './transport';

export interface WatchOptions extends CallOptions {
  /** Between looks, in milliseconds. Default 1000. */
  everyMs?: number | undefined;
}

export async function* watching(
  transport: Transport,
  path: string,
  { everyMs = 1000, signal }: WatchOptions = {},
): AsyncGenerator<Migration, never, undefined> {
  let etag: string | null = null;
  for (;;) {
    const headers = etag === null ? {} : { 'if-none-match': etag };
    const answer = await transport.send({ method: 'GET', path, headers, signal });
    if (answer.status !== 304) {
      const migration = parsedAs(migrationSchema, answer);
      etag = answer.headers.get('etag');
      yield migration;
    }
    await sleep(everyMs, undefined, signal === undefined ? {} : { signal });
  }
}
