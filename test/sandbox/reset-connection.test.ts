import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { resetConnection } from '../../sandbox/graph/reset-connection';
import { atEndOfFile } from '../support/after-each-file';

const pair = async (): Promise<{ near: Socket; far: Socket }> => {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEndOfFile(async () => {
    server.close();
    await Promise.resolve();
  });
  const arrives = once(server, 'connection') as Promise<[Socket]>;
  const near = connect({ port: (server.address() as AddressInfo).port, allowHalfOpen: true });
  const [far] = await arrives;
  return { near, far };
};

test('whoever reads from a connection that is reset is told so', async () => {
  const { near, far } = await pair();
  const told = once(far, 'error');
  far.resume();
  resetConnection(near);
  expect(await told).toMatchObject([{ code: 'ECONNRESET' }]);
});

test('a connection whose end is on its way is closed, and keeps no process from ending', async () => {
  const { near, far } = await pair();
  far.on('error', () => undefined);
  const closed = once(near, 'close');
  near.end();
  await Promise.resolve();
  expect([near.writableEnded, near.writableFinished]).toEqual([true, false]);
  resetConnection(near);
  // Rejects with whatever is wrong.
  await closed;
  far.destroy();
});
