import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { MongoClient } from 'mongodb';
import { startGuarded } from '../../scripts/servers/guarded-process';
import { startMongoServer } from '../../scripts/servers/mongo-server';
import { freePort } from '../../scripts/servers/ports';
import { untilReady } from '../../scripts/servers/ready';
import { startTemporalServer } from '../../scripts/servers/temporal-server';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { atEndOfFile } from '../support/after-each-file';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-toolchain-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('MongoDB opens its data again after a restart on another port, and gives up soon what a dead process had open in a transaction', async () => {
  const folder = await newFolder();
  const ports: string[] = [];
  for (const visit of [1, 2]) {
    const server = await startMongoServer({ folder });
    const client = await MongoClient.connect(server.uri('kept'));
    ports.push(new URL(server.uri('kept')).port);
    await client.db().collection('visits').insertOne({ visit });
    await expect(client.db().collection('visits').countDocuments()).resolves.toBe(visit);
    const lifetime = { getParameter: 1, transactionLifetimeLimitSeconds: 1 };
    await expect(client.db('admin').command(lifetime)).resolves.toMatchObject({
      transactionLifetimeLimitSeconds: 10,
    });
    await client.close();
    await server.process.stop();
  }
  expect(new Set(ports).size).toBe(2);
});

test("Temporal's file database is opened again after a restart", async () => {
  const folder = await newFolder();
  for (const visit of ['first', 'second']) {
    const server = await startTemporalServer({
      folder,
      persistent: true,
      searchAttributes: SEARCH_ATTRIBUTES,
    });
    const connection = await Connection.connect({ address: server.address });
    if (visit === 'first')
      await connection.workflowService.startWorkflowExecution({
        namespace: 'default',
        requestId: 'kept',
        workflowId: 'kept',
        workflowType: { name: 'Any' },
        taskQueue: { name: 'nobody' },
      });
    await expect(
      connection.workflowService.describeWorkflowExecution({
        namespace: 'default',
        execution: { workflowId: 'kept' },
      }),
    ).resolves.toBeDefined();
    await connection.close();
    await server.process.stop();
  }
});

test('a busy port is avoided', async () => {
  const occupant = createServer();
  const busy = await freePort();
  await new Promise<void>((resolve) => occupant.listen(busy, '127.0.0.1', resolve));
  expect(await freePort(busy)).not.toBe(busy);
  await new Promise((resolve) => occupant.close(resolve));
});

test('a stopped process takes the children it forgot with it', async () => {
  const logFile = join(await newFolder(), 'log');
  const child = startGuarded('/bin/sh', ['-c', 'sleep 300 & echo forgotten $!; wait'], { logFile });
  const forgotten = await untilReady(child, async () =>
    /forgotten (\d+)/.exec(await readFile(logFile, 'utf8'))?.at(1),
  );
  await child.stop();
  await until(() => !isAlive(Number(forgotten)));
});

test('a process that ignores SIGTERM is killed after its grace', async () => {
  const logFile = join(await newFolder(), 'log');
  const child = startGuarded('/bin/sh', ['-c', 'trap "" TERM; echo deaf; while :; do sleep 0.1; done'], {
    logFile,
  });
  await untilReady(child, async () => /deaf/.exec(await readFile(logFile, 'utf8')) ?? undefined);
  await child.stop(100);
  expect(child.endedWith()).toBe('signal SIGKILL');
});

test('a process that dies before it is ready is reported with its last words', async () => {
  const logFile = join(await newFolder(), 'log');
  const child = startGuarded('/bin/sh', ['-c', 'echo no space left; exit 3'], { name: 'Example', logFile });
  await expect(untilReady(child, async () => undefined)).rejects.toThrow(
    /The process Example ended with exit code 3 .*\n {2}no space left/,
  );
});

test('a guarded process does not outlive a parent that was killed with SIGKILL', async () => {
  const folder = await newFolder();
  const guarded = JSON.stringify(join(__dirname, '..', '..', 'scripts', 'servers', 'guarded-process.ts'));
  const program = join(folder, 'parent.js');
  await writeFile(
    program,
    `const { transformSync } = require(${JSON.stringify(require.resolve('@swc/core'))});
     const { code } = transformSync(require('fs').readFileSync(${guarded}, 'utf8'),
       { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
     const loaded = { exports: {} };
     new Function('require', 'exports', 'module', code)(require, loaded.exports, loaded);
     const child = loaded.exports.startGuarded('sleep', ['300'], { logFile: ${JSON.stringify(join(folder, 'log'))} });
     process.stdout.write(String(child.pid));
     setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve)));
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid));
});
