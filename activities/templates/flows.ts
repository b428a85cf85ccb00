/**
 * `migrateFlows`: flows that buttons of wanted templates open are at the destination (meta §1.6).
 *
 * Does: lists both sides, asks for what is missing by name, remembers which id became which.
 * Safe to repeat: names are unique within an account; what the destination has under a name is adopted (4233041).
 * Lost reply: the next try lists first.
 * Undone by: the client, who may delete a flow.
 * Does not fail for a flow that cannot be moved: its templates say so in the report.
 */
import { z } from 'zod';
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { listFlows, migrateFlows as askForFlows, MOST_FLOWS, type Flow } from '../../platforms/meta/flows';
import type { WabaId } from '../../shared/ids';
import type { Store } from '../../store';
import type { ActivityDeps } from '../context';
import type { MigrationRef, Subject, TemplateActivities } from '../contract';

const NOTE = 'templates/flows';

const movedSchema = z.record(
  z.string(),
  z.object({
    name: z.string().nullable(),
    destinationId: z.string().nullable(),
    problem: z.string().nullable(),
  }),
);
/** By id at the source. */
type Moved = z.output<typeof movedSchema>;

/** Ids at the destination by id at the source; a flow that could not be moved is not in it. */
export const movedFlows = async (store: Store, ref: MigrationRef): Promise<Map<string, string>> => {
  const moved = movedSchema.parse((await store.notes.read(ref.migrationId, NOTE)) ?? {});
  return new Map(
    Object.entries(moved).flatMap(([id, { destinationId }]) =>
      destinationId === null ? [] : [[id, destinationId] as const],
    ),
  );
};

const wantedFlows = async ({ store }: ActivityDeps, subject: Subject): Promise<string[]> => {
  const ids = new Set<string>();
  for await (const { plan, flowIds } of store.templateReports.stream(subject)) {
    if (plan !== 'collision') for (const id of flowIds) ids.add(id);
  }
  return [...ids];
};

const flowsOf = async (graph: GraphClient, wabaId: WabaId): Promise<Flow[]> => {
  const flows: Flow[] = [];
  for await (const flow of listFlows(graph, wabaId)) flows.push(flow);
  return flows;
};

const SETTLED_BY_REPORT: readonly string[] = ['needs_party', 'permanent'];

/** Null with a reason where the platform says no for good; anything that may pass is thrown. */
const orWhy = async <T>(work: () => Promise<T>): Promise<{ value: T } | { why: string }> => {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof PlatformError && SETTLED_BY_REPORT.includes(error.problem.class)) {
      return { why: error.problem.title };
    }
    throw error;
  }
};

const batches = (names: readonly string[]): string[][] => {
  const cut: string[][] = [];
  for (let from = 0; from < names.length; from += MOST_FLOWS) cut.push(names.slice(from, from + MOST_FLOWS));
  return cut;
};

export const migrateFlows =
  (deps: ActivityDeps): TemplateActivities['migrateFlows'] =>
  async ({ subject, wabaId }) => {
    const { tenant, request } = subject;
    const wanted = await wantedFlows(deps, subject);
    const moved: Moved = {};
    const put = (id: string, name: string | null, destinationId: string | null, problem: string | null) => {
      moved[id] = { name, destinationId, problem };
    };
    const finish = async (adopted: number) => {
      await deps.store.notes.note(subject.migrationId, NOTE, moved);
      const arrived = Object.values(moved).filter(({ destinationId }) => destinationId !== null).length;
      return { moved: arrived - adopted, adopted, failed: Object.keys(moved).length - arrived };
    };
    const { credential } = request.source;
    if (wanted.length === 0 || credential === undefined) return finish(0);

    const source = await deps.graphFor(tenant, credential, request.source.wabaId);
    const destination = await deps.graphFor(tenant, request.destination.credential, wabaId);
    const both = await orWhy(async () => ({
      atSource: await flowsOf(source, request.source.wabaId),
      there: await flowsOf(destination, wabaId),
    }));
    if ('why' in both) {
      for (const id of wanted) put(id, null, null, both.why);
      return finish(0);
    }
    const nameOf = new Map(both.value.atSource.map(({ id, name }) => [id, name]));
    const idAt = new Map(both.value.there.map(({ id, name }) => [name, id]));
    const adopted = wanted.filter((id) => idAt.has(nameOf.get(id) ?? '')).length;
    const names = wanted.flatMap((id) => nameOf.get(id) ?? []).filter((name) => !idAt.has(name));
    const problems = new Map<string, string>();
    for (const batch of batches(names)) {
      const answer = await orWhy(() =>
        askForFlows(destination, wabaId, { sourceWabaId: request.source.wabaId, names: batch }),
      );
      if ('why' in answer) for (const name of batch) problems.set(name, answer.why);
      else {
        for (const { name, id } of answer.value.migrated) idAt.set(name, id);
        for (const { name, message } of answer.value.failed) problems.set(name, message);
      }
    }
    // Somebody else's copy may have arrived since the listing (4233041).
    const arrivedMeanwhile =
      problems.size === 0 ? { value: [] } : await orWhy(() => flowsOf(destination, wabaId));
    if ('value' in arrivedMeanwhile) for (const { name, id } of arrivedMeanwhile.value) idAt.set(name, id);
    for (const id of wanted) {
      const name = nameOf.get(id) ?? null;
      const destinationId = name === null ? null : (idAt.get(name) ?? null);
      const why = name === null ? 'the source does not list it' : (problems.get(name) ?? 'it did not arrive');
      put(id, name, destinationId, destinationId === null ? why : null);
    }
    return finish(adopted);
  };
