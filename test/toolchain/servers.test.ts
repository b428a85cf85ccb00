import { readFile } from 'node:fs/promises';
import { Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { atEndOfFile } from '../support/after-each-file';
import { mongoUri, temporalAddress, workflowBundlePath } from '../support/servers';
import { timeSkippingServer } from '../support/time-skipping-server';

const names = Object.keys(SEARCH_ATTRIBUTES);

test('MongoDB is a replica set that takes transactions', async () => {
  const client = await MongoClient.connect(mongoUri('toolchain'));
  atEndOfFile(() => client.close());
  const session = client.startSession();
  await session.withTransaction(() =>
    client.db().collection<{ _id: number }>('numbers').insertOne({ _id: 1 }, { session }),
  );
  await session.endSession();
  await expect(client.db().collection('numbers').countDocuments()).resolves.toBe(1);
});

test('the Temporal dev server knows every search attribute', async () => {
  const connection = await Connection.connect({ address: temporalAddress() });
  atEndOfFile(() => connection.close());
  const { customAttributes } = await connection.operatorService.listSearchAttributes({
    namespace: 'default',
  });
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(names));
});

test('the time-skipping server skips a day in no time', async () => {
  const environment = await timeSkippingServer();
  const before = await environment.currentTimeMs();
  await environment.sleep('1 day');
  expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(86_400_000);
});

test('the workflows are bundled once, outside the test environments', async () => {
  const path = await workflowBundlePath();
  await expect(workflowBundlePath()).resolves.toBe(path);
  await expect(readFile(path, 'utf8')).resolves.toContain('NumberMigration');
});
