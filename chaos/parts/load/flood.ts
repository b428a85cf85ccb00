/** Several times what the server can do, measured just before. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { readWorldAccess } from '../../../scripts/launch/secrets';
import { judge } from '../../oracle';
import { insistently, isClosed, openPlayer, requestOf } from '../../player';
import type { Random } from '../../random';
import type { Site } from '../../site';
import type { Outcome } from '../../trial';
import { openCallers, openTally, questionsOf, type Answered, type Tally } from './callers';
import { probeMeanwhile } from './probing';
import { lostOrDoubled, receiptsOf } from './receipts';
import { openWaiting } from './waiting';

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
  /** Migrations that wait for their window, are decided about and told of something by webhook while the flood lasts. */
  waiting: number;
}

const KEYS = 16;
const DRY_RUN_FAMILIES = 12;
const PLAY_MS = 120_000;
const AGAIN_AFTER_MS = 200;
const NORMAL_AGAIN = 3;
const LOOKS_AFTERWARDS = 5;
const ACCEPTED_WITHIN_MS = 30_000;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const accepted = ({ answered }: Tally): Answered[] => answered.filter(({ status }) => status < 300);
const latencyOf = (tally: Tally): number => median(accepted(tally).map(({ ms }) => ms));
const documentSchema = z.looseObject({ id: z.string(), revision: z.number() });
const documentIn = (body: string) => documentSchema.parse(JSON.parse(body));

/** Whoever read a migration was shown that one, and nothing that never was. */
const untruths = async (site: Site, answers: readonly Answered[]): Promise<string[]> => {
  const client = await site.client('viewer');
  const revisions = new Map<string, number>();
  const told = new Set<string>();
  for (const { question, body } of answers.filter(({ question: { kind } }) => kind === 'read')) {
    const { id, revision } = documentIn(body);
    const last = revisions.get(id) ?? (await insistently(() => client.getMigration(id))).revision;
    revisions.set(id, last);
    if (id !== question.about) told.add(`${question.path} was answered with ${id}`);
    if (revision > last)
      told.add(`${id} was shown with revision ${String(revision)}, and has only ${String(last)}`);
  }
  return [...told];
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
  const waiting = await openWaiting(site, player, {
    ...{ questions, count: plan.waiting },
    random: random.of('waiting'),
  });
  const callers = openCallers(site);
  const probing = probeMeanwhile(site);
  try {
    const before = await callers.closed(questions.ordinary, plan.callers, plan.measureMs);
    const capacity = accepted(before).length / (plan.measureMs / 1_000);

    mayAct = true;
    const playing = player.play(played, { withinMs: PLAY_MS });
    playing.catch(() => undefined);
    const begins = openTally();
    const starts = Array.from({ length: plan.starts }, () => questions.start(random.pick(dry)));
    // Some are accepted before the flood and run in it; the others come in the middle of it.
    const early = starts.slice(0, Math.ceil(plan.starts / 4));
    await Promise.all(early.map((start) => untilAccepted(() => callers.ask(start, begins))));
    const starting = (async () => {
      const asked: Promise<unknown>[] = [];
      for (const start of starts.slice(early.length)) {
        asked.push(callers.ask(start, begins));
        await sleep(plan.floodMs / plan.starts);
      }
      await Promise.all(asked);
    })();
    const said = openTally();
    const saying = Promise.all(
      waiting.deeds.map(async (deed, n) => {
        await sleep((plan.floodMs * n) / waiting.deeds.length);
        return untilAccepted(() => callers.ask(deed, said));
      }),
    );
    const during = await callers.open(questions.ordinary, plan.times * capacity, plan.floodMs);
    const overAt = Date.now();
    await starting;
    const probes = await probing.stop();
    const unheard = (await saying).filter((answered) => answered === null).length;
    await playing;

    // The same once more: what was accepted is what it was, what was refused is begun now, and each is there once.
    const ids = new Map<string, Set<string>>();
    const backend = await site.client('backend');
    const noted = ({ question, body }: Answered): void => {
      const key = question.headers['idempotency-key'] ?? '';
      ids.set(key, (ids.get(key) ?? new Set()).add(documentIn(body).id));
    };
    accepted(begins).forEach(noted);
    for (const start of starts) {
      const again = await untilAccepted(() => callers.ask(start, openTally()));
      if (again !== null) noted(again);
    }
    const runs = [...ids.values()].flatMap((set) => [...set]);
    const unfinished = await untilEnded(backend, runs);
    const slowestRecoveryMs = Date.now() - overAt;
    // What else the machine does in such a moment is not the server's: it is asked again before it is said to be slow.
    let after = await callers.closed(questions.ordinary, plan.callers, plan.measureMs);
    const looks = [after];
    while (latencyOf(after) > NORMAL_AGAIN * latencyOf(before) && looks.length < LOOKS_AFTERWARDS) {
      after = await callers.closed(questions.ordinary, plan.callers, plan.measureMs);
      looks.push(after);
    }
    const everything = [before, during, begins, said, ...looks];
    const amiss = await waiting.verify(accepted(said), () => receiptsOf(site));
    await waiting.abort();
    const judged = await judge(site, [...played, ...waiting.played], {
      ending: ({ outcome }, { id }) => {
        const wanted = waiting.played.some((one) => one.id === id) ? 'aborted' : 'migrated';
        return outcome === wanted ? null : `was to be ${wanted} and is ${String(outcome)}`;
      },
    });
    const promised = everything.flatMap(accepted);
    const kept = await receiptsOf(site);
    const slower = latencyOf(after) / latencyOf(before);
    const broken = [
      ...judged.broken,
      ...everything.flatMap((tally) => [...tally.broken]),
      ...amiss,
      ...lostOrDoubled(promised, kept),
      ...(await untruths(site, promised)),
      ...probes.broken,
      ...(unheard === 0 ? [] : [`${String(unheard)} decisions and webhooks were refused to the end`]),
      ...unfinished.map((id) => `${id} was accepted and has not ended`),
      ...[...ids.values()].flatMap((set) =>
        set.size > 1 ? [`the same start made ${String(set.size)} migrations`] : [],
      ),
      ...(ids.size === starts.length
        ? []
        : [`${String(starts.length - ids.size)} starts could not be repeated`]),
      ...(accepted(begins).length > 0 ? [] : ['no start was accepted, not even before the flood']),
      ...(slower > NORMAL_AGAIN
        ? [`answers take ${slower.toFixed(1)} times as long as before the flood`]
        : []),
    ];
    const slowest = Math.max(...during.answered.map(({ ms }) => ms));
    return {
      ...judged,
      tried: everything.reduce((sum, { answered }) => sum + answered.length, 0),
      broken,
      slowestRecoveryMs,
      figures: {
        'capacity, answers a second': capacity.toFixed(0),
        'offered a second': (during.answered.length / (plan.floodMs / 1_000)).toFixed(0),
        'carried out a second meanwhile': (accepted(during).length / (plan.floodMs / 1_000)).toFixed(0),
        'refused meanwhile': `${((100 * (during.answered.length - accepted(during).length)) / during.answered.length).toFixed(0)} %`,
        'slowest answer meanwhile': `${(slowest / 1_000).toFixed(1)} s`,
        'slowest probe meanwhile': `${(probes.slowestMs / 1_000).toFixed(1)} s`,
        'answers of /readyz that it is not': probes.notReady,
        'starts accepted at once': `${String(accepted(begins).length)} of ${String(starts.length)}`,
        'webhooks accepted, each found': promised.filter(({ question }) => question.kind === 'webhook')
          .length,
        'decisions accepted, each found once': accepted(said).filter(
          ({ question }) => question.kind === 'reschedule',
        ).length,
        'latency afterwards, times that before': slower.toFixed(2),
      },
    };
  } finally {
    await probing.close();
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
    await sleep(AGAIN_AFTER_MS);
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
    await sleep(AGAIN_AFTER_MS);
  }
  return [...open];
};
