/** Process entry of the bare worker: the SDK as it comes, without codec, interceptors and store. */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { BARE_QUEUE, READY, type BareActivities } from './bare-contract';

const run = async (): Promise<void> => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const activities: BareActivities = { nothing: () => Promise.resolve() };
  const connection = await NativeConnection.connect({
    address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233',
  });
  const worker = await Worker.create({
    connection,
    taskQueue: BARE_QUEUE,
    workflowsPath: require.resolve('./bare-workflow'),
    activities,
  });
  process.stdout.write(`${READY}\n`);
  await worker.run();
  await connection.close();
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
