/** A stage whose workers are processes: a Temporal server a file, a world and a database a test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporalServer } from '../../scripts/servers/temporal-server';
import { TASK_QUEUE } from '../../shared/messages';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { atEndOfFile } from '../support/after-each-file';
import { openJourney, type Journey, type JourneyOptions } from '../support/journey';
import { mongoUri } from '../support/servers';
import type { StageOptions } from '../support/stage';
import { compileWorker, launchWorker, type WorkerProcess, type WorkerSurroundings } from './worker-process';

export const REGISTER = '/{phone}/register';

/** Another program than the present one, or the present one under a build id. */
export interface Build {
  id: string;
  /** Folder of the compiled worker. */
  program?: string;
}

export interface Plant {
  journey: Journey;
  /** Address of the Temporal server. */
  temporal: string;
  /** Starts a worker process, which ends with the test; it reaches Temporal directly unless told another address. */
  worker: (temporalAddress?: string, build?: Build) => Promise<WorkerProcess>;
  /** The same, and nothing is waited for. */
  launch: (change?: Partial<WorkerSurroundings>, build?: Build) => Promise<WorkerProcess>;
  /** Those started so far. */
  workers: () => readonly WorkerProcess[];
}

/** A folder that is deleted when the test file ends. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-durability-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Calls that the platform has seen, answered or not. */
export const callsTo = ({ people }: Journey, path: string) =>
  people.requests(`?path=${encodeURIComponent(path)}`);

type PlantOptions = Omit<JourneyOptions, 'stage'> & Pick<StageOptions, 'policy' | 'replayOn'>;

/** To be called at the top of a test file. All workers listen on one queue, so that none may outlive its test. */
export const plants = (): ((database: string, options?: PlantOptions) => Promise<Plant>) => {
  let program: string;
  let temporal: string;
  let workers: WorkerProcess[] = [];

  beforeAll(async () => {
    const server = await startTemporalServer({
      folder: await newFolder(),
      searchAttributes: SEARCH_ATTRIBUTES,
    });
    atEndOfFile(() => server.process.stop());
    temporal = server.address;
    program = await compileWorker();
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    workers = [];
  });

  return async (database, { replayOn, policy, ...options } = {}) => {
    const mongo = mongoUri(database);
    const journey = await openJourney({
      templates: 1,
      ...options,
      stage: {
        temporal,
        mongo,
        taskQueue: TASK_QUEUE,
        worker: false,
        ...(replayOn === undefined ? {} : { replayOn }),
        ...(policy === undefined ? {} : { policy }),
      },
    });
    const { stage, straight } = journey;
    const tokens = Object.entries(straight.tokens);
    const launch: Plant['launch'] = async (change = {}, build) => {
      const worker = await launchWorker(build?.program ?? program, {
        buildId: build?.id,
        temporal,
        mongo,
        graph: stage.sandbox.url,
        appId: stage.sandbox.world().partnerAppId,
        credentials: Object.fromEntries(tokens.map(([name, token]) => [`acme/meta-${name}`, token])),
        ...change,
      });
      workers.push(worker);
      return worker;
    };
    return {
      journey,
      temporal,
      workers: () => workers,
      launch,
      worker: async (address = temporal, build) => {
        const worker = await launch({ temporal: address }, build);
        await worker.ready();
        return worker;
      },
    };
  };
};
