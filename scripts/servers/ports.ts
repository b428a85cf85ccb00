import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Ports this process has handed out; whoever got one may not listen yet. */
const handedOut = new Set<number>();

/**
 * Below those that systems take for outgoing connections (from 32768 on Linux, 49152 elsewhere): between the looking and
 * the listening of a program, any of these may come to be some connection's.
 */
const [FIRST, LAST] = [20_000, 32_000];
const DRAWS = 200;

/**
 * A free TCP port of the loopback interface: `preferred` if nobody listens there (a server comes back to its port),
 * otherwise any, and that one never twice.
 */
export async function freePort(preferred?: number): Promise<number> {
  const port = preferred === undefined ? undefined : await tryListen(preferred);
  if (port !== undefined) {
    handedOut.add(port);
    return port;
  }
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const drawn = randomInt(FIRST, LAST + 1);
    if (handedOut.has(drawn)) continue;
    handedOut.add(drawn);
    if ((await tryListen(drawn)) !== undefined) return drawn;
  }
  throw new Error('no free port on 127.0.0.1');
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(undefined);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : undefined);
      });
    });
  });
}
