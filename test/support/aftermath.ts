/**
 * What is looked at after every test file that ran migrations: each history replays on the present code, no request met
 * an error that nobody foresaw, and neither histories nor logs nor metrics hold a secret, a code or a phone number.
 */
import type { temporal } from '@temporalio/proto';
import { textsOf } from '../../chaos/left-behind';
import { replayFailures as failuresOfReplay } from '../../chaos/replaying';
import { KeyRing } from '../../shared/encryption/key-ring';
import { isRecording, recordRuns } from './recording';
import type { Stage } from './stage';
import { workflowBundlePath } from './servers';

type History = temporal.api.history.v1.IHistory;

export interface RecordedRun {
  workflowId: string;
  runId: string;
  history: History;
}

/** Every run of the migration, replays included, oldest first. The audit trail knows each, also where nothing is listed. */
export const runsOf = async (stage: Stage, workflowId: string): Promise<RecordedRun[]> =>
  Promise.all(
    (await stage.runIds(workflowId)).map(async (runId) => ({
      workflowId,
      runId,
      history: await stage.temporal.workflow.getHandle(workflowId, runId).fetchHistory(),
    })),
  );

/** Replays on the present bundle; the answer names what no longer replays. */
export const replayFailures = async (
  runs: { workflowId: string; history: unknown }[],
  keysText: string,
  bundlePath?: string,
): Promise<string[]> =>
  failuresOfReplay(runs, KeyRing.parse(keysText), bundlePath ?? (await workflowBundlePath()));

export interface Forbidden {
  what: string;
  value: string;
}

/** Occurrences as a whole: six digits inside a longer number are no code. Instants are not searched. */
export const leaksIn = (place: string, text: string, forbidden: Forbidden[]): string[] => {
  const searched = text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?/g, 'INSTANT');
  return forbidden
    .filter(({ value }) => new RegExp(`(?<![0-9])${value}(?![0-9])`).test(searched))
    .map(({ what }) => `${what} in ${place}`);
};

/** The secrets, codes and numbers of a stage's world. */
export const forbiddenOf = (stage: Stage): { secrets: Forbidden[]; personal: Forbidden[] } => {
  const world = stage.sandbox.world();
  const digits = world.subscribers.map((subscriber) => ({
    what: 'a phone number',
    value: subscriber.digits,
  }));
  const codes = world.subscribers.flatMap(({ inbox }) =>
    inbox.flatMap(({ text }) => {
      const [, first, second] = /(\d{3})\D?(\d{3})/.exec(text) ?? [];
      return first === undefined || second === undefined
        ? []
        : [
            { what: 'a verification code', value: `${first}${second}` },
            { what: 'a verification code', value: `${first}-${second}` },
          ];
    }),
  );
  // One that is by chance the code of another number is looked for as a code.
  const isCode = (pin: string) => codes.some(({ value }) => value === pin);
  const pins = world.subscribers.flatMap(({ twoStep: { pin } }) =>
    pin === null || isCode(pin) ? [] : [{ what: 'a two-step PIN', value: pin }],
  );
  const tokens = world.tokens.map(({ value }) => ({ what: 'a token', value }));
  return { secrets: [...pins, ...tokens], personal: [...digits, ...codes] };
};

/** Meta documents no other form of these two calls than with secrets in the query (meta §2.1). */
const asLogged = (url: string): string => url.replace(/(\/(?:oauth\/access_token|debug_token))\?.*$/, '$1');

/** What a caller was told as `internal_error`, as it was logged: no test of a stage expects one. */
const unforeseenIn = (logs: string): string[] =>
  logs.split('\n').filter((line) => line.includes('"msg":"something went wrong on this side"'));

export const lookAtAftermath = async (stage: Stage, keysText: string, bundlePath?: string): Promise<void> => {
  const runs: RecordedRun[] = [];
  for (const id of await stage.workflowIds()) runs.push(...(await runsOf(stage, id)));
  const keys = KeyRing.parse(keysText);
  const { secrets, personal } = forbiddenOf(stage);
  const leaks: string[] = [];
  for (const { workflowId, history } of runs) {
    const { raw, decoded } = await textsOf(history, keys);
    leaks.push(...leaksIn(`the history of ${workflowId}`, raw, [...secrets, ...personal]));
    // A code stands in the update that brought it, a number in the input: encrypted. A secret must not even stand there.
    leaks.push(...leaksIn(`the decrypted history of ${workflowId}`, decoded.join('\n'), secrets));
  }
  leaks.push(...leaksIn('the logs', stage.logs(), [...secrets, ...personal]));
  leaks.push(...leaksIn('the metrics', await stage.metrics(), [...secrets, ...personal]));
  leaks.push(
    ...leaksIn('the URLs of the requests', stage.requestedUrls().map(asLogged).join('\n'), [
      ...secrets,
      ...personal,
    ]),
  );
  const failures = [
    ...leaks,
    ...unforeseenIn(stage.logs()),
    ...(await replayFailures(runs, keysText, bundlePath)),
  ];
  if (isRecording() && bundlePath === undefined) {
    for (const id of await stage.workflowIds()) {
      const itsRuns = runs.filter(({ workflowId }) => workflowId === id);
      await recordRuns(itsRuns, await stage.eventsOf(id), keys);
    }
  }
  if (failures.length > 0) throw new Error(`The run left behind:\n  ${failures.join('\n  ')}`);
};
