/**
 * What is said to a migration: in every order, twice, at once, too early and too late, while it ends, while it continues
 * as new, and while its worker dies. Everybody gets one answer, and what was accepted has its effect once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '../../client';
import { openPlayer, type Played } from '../player';
import {
  answerTo,
  DAY,
  entries,
  entriesOnce,
  from,
  killAndStart,
  migrationsAt,
  scattered,
  signal,
  toTheEnd,
  unwantedCode,
} from '../saying';
import type { Part, Trial } from '../trial';
import { abortRaces, deadlineRaces, SHORT_DEADLINES } from './messages-aborts';
import { codes } from './messages-codes';

// ------------------------------------------------------------------------------------------------ retries

const retries = (count: number): Trial => ({
  part: 'messages',
  name: 'several people retry a parked step at once',
  seconds: 150,
  usual: 24,
  spare: 3,
  run: async (site, random) => {
    const support = await site.client('support');
    await site.platform.fault({
      match: { method: 'POST', path: '/{waba}/phone_numbers' },
      action: { type: 'fail', status: 400, code: 200, message: 'refused' },
    });
    const isParked = ({ state, step }: Migration) => state === 'blocked' && step === 'announcement';
    const played = await migrationsAt(site, count, isParked);
    await site.platform.removeFaults();
    const broken: string[] = [];
    await Promise.all(
      played.map(async (each, n) => {
        const own = random.of(`retry ${String(n)}`);
        const { tasks } = await support.getMigration(each.id);
        const task = tasks.find(({ kind, status }) => kind === 'resolve_problem' && status === 'open');
        const answers = await scattered(own, own.pick([0, 50, 400]), [
          ...Array.from(
            { length: own.int(2, 5) },
            (_, m) => () =>
              answerTo(() =>
                support.retryStep(
                  each.id,
                  { reason: `no. ${String(m)}` },
                  { idempotencyKey: `${each.id}/${String(m)}` },
                ),
              ),
          ),
          () => answerTo(() => support.completeTask(each.id, task?.id ?? '', { statement: 'rights given' })),
        ]);
        const odd = answers.filter((answer) => !['done', 'step_not_blocked', 'task_closed'].includes(answer));
        if (odd.length > 0 || !answers.includes('done'))
          broken.push(`${each.id}: the retries were answered with ${answers.join(', ')}`);
      }),
    );
    return toTheEnd(site, played, broken);
  },
});

// ------------------------------------------------------------------------------------------------ signals

/** No worker is there yet: everything said so far is heard before, or with, the first step. */
const beforeTheStart = (count: number): Trial => ({
  part: 'messages',
  name: 'signals before the first step, some twice, in any order',
  seconds: 150,
  usual: 32,
  run: async (site, random) => {
    for (const worker of site.workers) await worker.stop();
    const player = await openPlayer(site);
    const families = await site.families(count);
    const played = await Promise.all(families.map((family) => player.start(family)));
    const sent = await Promise.all(
      played.map(async (each, n) => {
        const own = random.of(`before ${String(n)}`);
        const early = Array.from({ length: own.int(1, 4) }, (_, m) => `${each.id}/early/${String(m)}`);
        const noise = own.int(0, 3);
        const deeds = [
          ...early.flatMap((messageId) => [
            () => signal(site, each, messageId, '123456'),
            ...(own.chance(0.5) ? [() => signal(site, each, messageId, '123456')] : []),
          ]),
          ...Array.from({ length: noise }, (_, m) => () => signal(site, each, `noise/${String(m)}`, 'noise')),
        ];
        for (const deed of own.shuffled(deeds)) await deed();
        return { malformed: noise, not_waiting_for_code: early.length };
      }),
    );
    await Promise.all(site.workers.map((worker) => worker.start()));
    const broken: string[] = [];
    const outcome = await toTheEnd(site, played, broken);
    for (const [n, each] of played.entries()) {
      const why = (await entries(site, each, 'message_dropped')).map(({ data }) => data['why']);
      for (const [reason, wanted] of Object.entries(sent[n] ?? {})) {
        const got = why.filter((one) => one === reason).length;
        if (got !== wanted)
          outcome.broken.push(
            `${each.id}: ${String(wanted)} messages were ${reason}, and ${String(got)} are told of`,
          );
      }
    }
    return outcome;
  },
});

// ------------------------------------------------------------------------------------------------ continue-as-new

const underFire = (count: number, messages: number, kills: number): Trial => ({
  part: 'messages',
  name: `continue-as-new under fire${kills > 0 ? ', with the worker killed' : ''}`,
  seconds: 200,
  usual: kills > 0 ? 55 : 28,
  // The one with kills says what the one without says.
  ...(kills > 0 ? {} : { spare: 10 }),
  run: async (site, random) => {
    const client = await site.client('backend');
    const player = await openPlayer(site);
    const cutover = { notBefore: from(5 * DAY) };
    const families = await site.families(count);
    const played = await Promise.all(families.map((family) => player.start(family, { cutover })));
    const isWaiting = ({ state, step }: Migration) => state === 'waiting' && step === 'window';
    await player.play(played, { withinMs: 90_000, met: isWaiting });
    const broken: string[] = [];
    const reasonsOf = (each: Played) =>
      Array.from({ length: messages }, (_, m) => `${each.family.name} no. ${String(m)}`);
    const signalsOf = (each: Played) =>
      Array.from({ length: Math.ceil(messages / 4) }, (_, m) => `${each.id}/early/${String(m)}`);
    const firing = Promise.all(
      played.map((each, n) =>
        scattered(random.of(`fire ${String(n)}`), 3_000, [
          ...reasonsOf(each).map((reason, m) => async () => {
            const window = { notBefore: from((6 + m) * DAY), notAfter: from((7 + m) * DAY), reason };
            const answer = await answerTo(() =>
              client.reschedule(each.id, window, { idempotencyKey: reason }),
            );
            if (answer !== 'done') broken.push(`${each.id}: ${reason} was answered with ${answer}`);
          }),
          ...signalsOf(each).flatMap((messageId) => [
            () => signal(site, each, messageId, '123456'),
            () => signal(site, each, messageId, '123456'),
          ]),
          // Whoever waits for the answer is told; a refused update leaves no trace in the history, nor an effect.
          async () => {
            broken.push(...(await unwantedCode(client, each, 'not_waiting_for_code')));
          },
        ]),
      ),
    );
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(random.int(200, 1_200));
      await killAndStart(site);
    }
    await firing;
    for (const each of played) {
      const window = { notBefore: from(1_000), notAfter: from(DAY), reason: 'now' };
      const answer = await answerTo(() =>
        client.reschedule(each.id, window, { idempotencyKey: `${each.id}/now` }),
      );
      if (answer !== 'done') broken.push(`${each.id}: the window that opens was answered with ${answer}`);
    }
    const outcome = await toTheEnd(site, played, broken);
    // A worker that dies after it has told may tell again, and says so; where nothing dies, nothing is told twice.
    const heard = kills > 0 ? entriesOnce : entries;
    for (const each of played) {
      const told = (await heard(site, each, 'rescheduled')).map(({ data }) => String(data['reason']));
      for (const reason of reasonsOf(each)) {
        const times = told.filter((one) => one === reason).length;
        if (times !== 1) outcome.broken.push(`${each.id}: ${reason} had its effect ${String(times)} times`);
      }
      const dropped = (await heard(site, each, 'message_dropped')).length;
      if (dropped !== signalsOf(each).length)
        outcome.broken.push(
          `${each.id}: ${String(dropped)} early codes are told of, not ${String(signalsOf(each).length)}`,
        );
      const { raw } = await site.temporalClient.workflow.getHandle(each.id).describe();
      const { firstRunId } = raw.workflowExecutionInfo ?? {};
      if (firstRunId === raw.workflowExecutionInfo?.execution?.runId)
        outcome.broken.push(`${each.id}: it never continued as new, so that nothing was tried`);
    }
    return outcome;
  },
});

export const messages: Part = {
  name: 'messages',
  promise:
    'Whoever says something to a migration gets one answer, and what was accepted has its effect once – whatever else is said, and whatever dies meanwhile.',
  how: 'Codes, aborts, retries, new windows and signals at once, twice, early and late, after an abort, and around the instant at which a deadline ends the migration, in an order by the seed; while the worker is killed, and while waits continue as new.',
  trials: [
    codes(10, 'codes: twice, at once, wrong, by update and by signal, late', false),
    codes(8, 'the same while the worker is killed', true),
    abortRaces(12),
    deadlineRaces(12),
    retries(6),
    beforeTheStart(4),
    underFire(4, 16, 0),
    underFire(4, 16, 2),
  ].map((trial) => ({ ...trial, site: SHORT_DEADLINES })),
  sample: [codes(3, 'codes: twice, at once, wrong, by update and by signal', false), abortRaces(3)],
};
