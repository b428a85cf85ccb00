/** What a run leaves behind: histories that replay on the present code, and no secret, code or phone number anywhere. */
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { temporal as proto, type temporal } from '@temporalio/proto';
import type { KeyRing } from '../shared/encryption/key-ring';
import { EncryptionCodec } from '../shared/encryption/payload-codec';
import { forbiddenIn, foundIn } from './forbidden';
import { replayedApart } from './replaying';
import type { Site } from './site';

type History = temporal.api.history.v1.IHistory;

/** Everything in a history that the codec has not made unreadable, and everything it has. */
export const textsOf = async (
  history: History,
  keys: KeyRing,
): Promise<{ raw: string; decoded: string[] }> => {
  const raw = historyToJSON(history);
  const codec = new EncryptionCodec(keys);
  const decoded: string[] = [];
  const visit = async (node: unknown): Promise<void> => {
    if (Array.isArray(node)) {
      for (const each of node) await visit(each);
    } else if (typeof node === 'object' && node !== null) {
      if (isPayload(node)) {
        const [payload] = await codec.decode([node]);
        decoded.push(Buffer.from(payload?.data ?? new Uint8Array()).toString('utf8'));
      } else {
        for (const each of Object.values(node)) await visit(each);
      }
    }
  };
  await visit(history);
  return { raw, decoded };
};

const isPayload = (node: object): node is temporal.api.common.v1.IPayload =>
  'metadata' in node && 'data' in node && node.data instanceof Uint8Array;

/** Of one site: a replay costs about half of what the migration did. */
const REPLAYED_AT_MOST = 24;

const { EventType } = proto.api.enums.v1;
const ENDS_A_TASK: readonly unknown[] = [
  EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
];

/**
 * Without a workflow task that nobody has finished yet: what it will do is not history, and its local activities would have
 * to be carried out to replay it. Null when nothing has been finished: such a history never ends its replay.
 */
const finishedPartOf = (history: History): History | null => {
  const events = history.events ?? [];
  const last = events.findLastIndex(
    ({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  );
  const isFinished = events.slice(Math.max(0, last)).some(({ eventType }) => ENDS_A_TASK.includes(eventType));
  const finished = last === -1 || isFinished ? events : events.slice(0, last);
  return finished.some(({ eventType }) => ENDS_A_TASK.includes(eventType))
    ? { ...history, events: finished }
    : null;
};

/** Spread over all, from the first to the last. */
const someOf = <T>(all: readonly T[]): T[] =>
  all.filter((_, n) => n % Math.ceil(all.length / REPLAYED_AT_MOST) === 0);

/** Looks at everything that ran at the site; its processes may be up or down, but Temporal and the sandbox must be up. */
export const leftBehind = async (site: Site): Promise<string[]> => {
  const { secrets, personal } = forbiddenIn(await site.platform.world());
  const told: string[] = [];
  const runs: { workflowId: string; history: History }[] = [];
  for await (const { workflowId, runId } of site.temporalClient.workflow.list()) {
    const history = await site.temporalClient.workflow.getHandle(workflowId, runId).fetchHistory();
    const finished = finishedPartOf(history);
    if (finished !== null) runs.push({ workflowId, history: finished });
    const { raw, decoded } = await textsOf(history, site.keys);
    told.push(...foundIn(`the history of ${workflowId}`, [raw], secrets, personal));
    // A code stands in the update that brought it, a number in the input: encrypted. A secret must not even stand there.
    told.push(...foundIn(`the decrypted history of ${workflowId}`, decoded, secrets));
  }
  for (const each of [...site.workers, site.server]) {
    const lines = (await each.logs()).split('\n');
    told.push(...foundIn(`the log of ${each.name}`, lines, secrets, personal));
  }
  const failures = await replayedApart(someOf(runs), site);
  return [...told, ...failures.map((failure) => `a history does not replay: ${failure}`)];
};
