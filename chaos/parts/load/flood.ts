/** Several times what the server can do, measured just before. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { readWorldAccess } from '../../../scripts/launch/secrets';
import { judge } from '../../oracle';
import { insistently, isClosed, openPlayer, requestOf } from '../../player';
import type { Random } from '../../random';
import type { Site } from '../../site';
import type { Outcome } from '../../trial';
import { openCallers, openTally, questionsOf, STRANGERS, type Answered, type Tally } from './callers';

export interface Flood {
  measureMs: number;
  floodMs: number;
  /** Callers at once while its capacity is measured. */
  callers: number;
  /** Offered, as a multiple of the capacity. */
  times: number;
  starts: number;
  /** Migrations whose code is handed in while the flood lasts. */
  codes: number;
}

const KEYS = 16;
const DRY_RUN_FAMILIES = 12;
const PLAY_MS = 120_000;
const PROBE_EVERY_MS = 200;
/** A probe waits for the two it asks for two seconds at most, and for its turn. */
const PROBE_WITHIN_MS = 5_000;
const NORMAL_AGAIN = 3;
const ACCEPTED_WITHIN_MS = 30_000;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const accepted = ({ answered }: Tally): Answered[] => answered.filter(({ status }) => status < 300);
const latencyOf = (tally: Tally): number => median(accepted(tally).map(({ ms }) => ms));
const idIn = (body: string): string => {
  const document: unknown = JSON.parse(body);
  if (typeof document !== 'object' || document === null || !('id' in document)) throw new Error(body);
  return String(document.id);
};

/** Every webhook that was answered with 200 is in the database, once. */
const webhooksKept = async (site: Site): Promise<number> => {
  const mongo = new MongoClient(
    `mongodb://${site.server.gates.mongodb.address}/carryover?directConnection=true`,
  );
  try {
    return await mongo.db().collection('webhookReceipts').countDocuments({ keys: STRANGERS });
  } finally {
    await mongo.close();
  }
};

/** The slowest answer of `/healthz` and `/readyz`, until `signal`. */
const probeMeanwhile = async (
  site: Site,
  signal: AbortSignal,
): Promise<{ slowestMs: number; silent: number }> => {
  const seen = { slowestMs: 0, silent: 0 };
  while (!signal.aborted) {
    for (const path of ['/healthz', '/readyz']) {
      const startedAt = performance.now();
      try {
        const answer = await fetch(`${site.api}${path}`, {
          signal: AbortSignal.timeout(2 * PROBE_WITHIN_MS),
        });
        await answer.text();
      } catch {
        seen.silent += 1;
      }
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - startedAt);
    }
    await sleep(PROBE_EVERY_MS);
  }
  return seen;
};

export const flood = async (site: Site, random: Random, plan: Flood): Promise<Outcome> => {
  const keys: string[] = [];
  for (let each = 0; each < KEYS; each += 1) keys.push(await site.apiKey('backend'));
  const access = await readWorldAccess(join(site.folder, 'world.json'));
  const appSecret = access.apps.find(({ id }) => id === access.partnerAppId)?.secret ?? '';
  let mayAct = false;
  const player = await openPlayer(site, {
    acts: ({ tasks }) =>
      mayAct || !tasks.some(({ kind, status }) => kind === 'submit_verification_code' && status === 'open'),
  });
  const families = await site.families(plan.codes);
  const played = await Promise.all(families.map((family) => player.start(family)));
  await player.play(played, {
    withinMs: PLAY_MS,
    met: ({ waitingFor }) => waitingFor?.kind === 'submit_verification_code',
  });
  const dry = (await site.families(DRY_RUN_FAMILIES)).map(requestOf);
  const questions = questionsOf(random, { keys, ids: played.map(({ id }) => id), appSecret });
  const callers = openCallers(site);
  try {
    const before = await callers.closed(questions.ordinary, plan.callers, plan.measureMs);
    const capacity = accepted(before).length / (plan.measureMs / 1_000);

    const isOver = new AbortController();
    const probing = probeMeanwhile(site, isOver.signal);
    mayAct = true;
    const playing = player.play(played, { withinMs: PLAY_MS });
    playing.catch(() => undefined);
    const begins = openTally();
    const starts = Array.from({ length: plan.starts }, () => questions.start(random.pick(dry)));
    // Some are accepted before the flood and run in it; the others come in the middle of it.
    const early = starts.slice(0, Math.ceil(plan.starts / 4));
    await Promise.all(early.map((start) => callers.ask(start, begins)));
    const starting = (async () => {
      const asked: Promise<unknown>[] = [];
      for (const start of starts.slice(early.length)) {
        asked.push(callers.ask(start, begins));
        await sleep(plan.floodMs / plan.starts);
      }
      await Promise.all(asked);
    })();
    const during = await callers.open(questions.ordinary, plan.times * capacity, plan.floodMs);
    const overAt = Date.now();
    await starting;
    isOver.abort();
    const probes = await probing;
    await playing;

    // The same once more: what was accepted is what it was, what was refused is begun now, and each is there once.
    const ids = new Map<string, Set<string>>();
    const backend = await site.client('backend');
    const noted = ({ question, body }: Answered): void => {
      const key = question.headers['idempotency-key'] ?? '';
      ids.set(key, (ids.get(key) ?? new Set()).add(idIn(body)));
    };
    accepted(begins).forEach(noted);
    for (const start of starts) {
      const again = await untilAccepted(() => callers.ask(start, openTally()));
      if (again !== null) noted(again);
    }
    const runs = [...ids.values()].flatMap((set) => [...set]);
    const unfinished = await untilEnded(backend, runs);
    const slowestRecoveryMs = Date.now() - overAt;
    const after = await callers.closed(questions.ordinary, plan.callers, plan.measureMs);
    const judged = await judge(site, played);
    const promised = [before, during, after]
      .flatMap(accepted)
      .filter(({ question }) => question.kind === 'webhook');
    const kept = await webhooksKept(site);
    const slower = latencyOf(after) / latencyOf(before);
    const broken = [
      ...judged.broken,
      ...[before, during, begins, after].flatMap((tally) => [...tally.broken]),
      ...unfinished.map((id) => `${id} was accepted and has not ended`),
      ...[...ids.values()].flatMap((set) =>
        set.size > 1 ? [`the same start made ${String(set.size)} migrations`] : [],
      ),
      ...(ids.size === starts.length
        ? []
        : [`${String(starts.length - ids.size)} starts could not be repeated`]),
      ...(accepted(begins).length > 0 ? [] : ['no start was accepted, not even before the flood']),
      ...(kept < promised.length
        ? [`${String(promised.length)} webhooks were answered with 200 and ${String(kept)} are stored`]
        : []),
      ...(probes.silent > 0 || probes.slowestMs > PROBE_WITHIN_MS
        ? [
            `probes were answered after up to ${probes.slowestMs.toFixed(0)} ms, ${String(probes.silent)} not at all`,
          ]
        : []),
      ...(slower > NORMAL_AGAIN
        ? [`answers take ${slower.toFixed(1)} times as long as before the flood`]
        : []),
    ];
    const slowest = Math.max(...during.answered.map(({ ms }) => ms));
    return {
      ...judged,
      tried: [before, during, begins, after].reduce((sum, { answered }) => sum + answered.length, 0),
      broken,
      slowestRecoveryMs,
      figures: {
        'capacity, answers a second': capacity.toFixed(0),
        'offered a second': (during.answered.length / (plan.floodMs / 1_000)).toFixed(0),
        'carried out a second meanwhile': (accepted(during).length / (plan.floodMs / 1_000)).toFixed(0),
        'refused meanwhile': `${((100 * (during.answered.length - accepted(during).length)) / during.answered.length).toFixed(0)} %`,
        'slowest answer meanwhile': `${(slowest / 1_000).toFixed(1)} s`,
        'slowest probe meanwhile': `${(probes.slowestMs / 1_000).toFixed(1)} s`,
        'starts accepted at once': `${String(accepted(begins).length)} of ${String(starts.length)}`,
        'webhooks answered and stored': `${String(promised.length)} and ${String(kept)}`,
        'latency afterwards, times that before': slower.toFixed(2),
      },
    };
  } finally {
    await callers.close();
  }
};

/** Refused, it comes again, as it is told to; the last answers of a flood may still be on their way. */
const untilAccepted = async (ask: () => Promise<Answered | null>): Promise<Answered | null> => {
  const deadline = Date.now() + ACCEPTED_WITHIN_MS;
  for (;;) {
    const answered = await ask();
    if (answered !== null && answered.status < 300) return answered;
    if (Date.now() > deadline) return null;
    await sleep(PROBE_EVERY_MS);
  }
};

const untilEnded = async (
  client: Awaited<ReturnType<Site['client']>>,
  ids: readonly string[],
): Promise<string[]> => {
  const open = new Set(ids);
  const deadline = Date.now() + PLAY_MS;
  while (open.size > 0 && Date.now() < deadline) {
    for (const id of [...open])
      if (isClosed(await insistently(() => client.getMigration(id)))) open.delete(id);
    await sleep(PROBE_EVERY_MS);
  }
  return [...open];
};
