/** Aborts that race with a code, with the registration, and with the deadline that ends the migration anyhow. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from '../../client';
import { insistently } from '../insistently';
import type { Expectation } from '../oracle';
import { describe, isClosed, openPlayer, type Played } from '../player';
import type { Random } from '../random';
import { answerTo, atCode, codeOf, codesAskedAbout, migrationsAt, toTheEnd, unwantedCode } from '../saying';
import type { Site } from '../site';
import type { Outcome, SiteOptions, Trial } from '../trial';
import { CODE_ANSWERS } from './messages-codes';

/** Nobody but the deadline's own trial lets a source's provider wait for two-step verification. */
export const SHORT_DEADLINES: SiteOptions = {
  policy: { deadlines: { two_step_off: 3_000, escalation: 4_000 } },
};

const isRefused = (answer: string): boolean =>
  answer === 'past_point_of_no_return' || answer === 'migration_closed';

/** Whoever still has a code when all is over is told so, and the platform hears nothing of it. */
const handInAfterTheEnd = async (site: Site, played: readonly Played[]): Promise<string[]> => {
  const client = await site.client('backend');
  const broken: string[] = [];
  for (const each of played) {
    const migration = await insistently(() => client.getMigration(each.id));
    const before = await codesAskedAbout(site, migration);
    broken.push(...(await unwantedCode(client, each, 'migration_closed')));
    if ((await codesAskedAbout(site, migration)) !== before)
      broken.push(`${each.id}: the platform was asked about a code that came after the end`);
  }
  return broken;
};

// ------------------------------------------------------------------------------------------------ code, registration

/** An accepted abort ends it without registration; a refused one does not keep it from being migrated. */
export const abortRaces = (count: number): Trial => ({
  part: 'messages',
  name: 'an abort against the code, and against the registration on its way',
  seconds: 150,
  usual: 30,
  run: async (site, random) => {
    const client = await site.client('backend');
    const played = await migrationsAt(site, count, atCode);
    await site.platform.fault({
      match: { method: 'POST', path: '/{phone}/register' },
      action: { type: 'delay', ms: 250, when: random.pick(['before', 'after']) },
    });
    const aborts = new Map<string, string>();
    const broken: string[] = [];
    await Promise.all(
      played.map(async (each, n) => {
        const own = random.of(`abort ${String(n)}`);
        const code = await codeOf(site, each);
        const handIn = (key: string): Promise<string> =>
          answerTo(() =>
            client.submitVerificationCode(each.id, code, { idempotencyKey: `${each.id}/${key}` }),
          );
        const handed = own.chance(0.5) ? handIn('code') : null;
        const abort = async (): Promise<void> => {
          // Some come while the code is on its way, some when the registration is.
          if (handed !== null) await handed;
          await sleep(own.int(0, 700));
          const idempotencyKey = `${each.id}/abort`;
          const answer = await answerTo(() => client.abort(each.id, 'changed my mind', { idempotencyKey }));
          aborts.set(each.id, answer);
          if (answer !== 'done') return;
          // While it is being wound up: the right code, which nobody may use any more.
          const late = await handIn('after the abort');
          if (late !== 'migration_closed')
            broken.push(`${each.id}: a code after its abort was answered with ${late}`);
        };
        const [, verdict] = await Promise.all([abort(), handed ?? handIn('code')]);
        if (!CODE_ANSWERS.includes(verdict)) broken.push(`${each.id}: its code was answered with ${verdict}`);
      }),
    );
    await site.platform.removeFaults();
    const ending: Expectation['ending'] = (migration, { id }) => {
      const answer = aborts.get(id) ?? 'nothing';
      if (answer !== 'done' && !isRefused(answer)) return `the abort was answered with ${answer}`;
      if (answer === 'done' && migration.registerAttemptedAt !== null)
        return `its abort was accepted, and it was registered all the same: ${describe(migration)}`;
      const wanted = answer === 'done' ? 'aborted' : 'completed';
      return migration.state === wanted
        ? null
        : `its abort was answered with ${answer}: ${describe(migration)}`;
    };
    const outcome = await toTheEnd(site, played, broken, { ending });
    for (const each of played) {
      const asked = await codesAskedAbout(site, await insistently(() => client.getMigration(each.id)));
      if (asked > 1)
        outcome.broken.push(`${each.id}: the platform was asked about one code ${String(asked)} times`);
    }
    outcome.broken.push(...(await handInAfterTheEnd(site, played)));
    const accepted = [...aborts.values()].filter((answer) => answer === 'done').length;
    return { ...outcome, figures: { 'aborts accepted': accepted, 'aborts refused': aborts.size - accepted } };
  },
});

// ------------------------------------------------------------------------------------------------ deadline

const LOOK_MS = 200;
const PLAY_MS = 90_000;
/** Aborts come so close to the end, before and after it. */
const AROUND_MS = 350;
/** And one comes so long before it that it must be accepted. */
const WELL_BEFORE_MS = 2_500;

const dueOf = (migration: Migration, kind: string): string | null =>
  migration.tasks.find((task) => task.kind === kind && task.status === 'open')?.dueAt ?? null;

/** Resolves with the instant at which the migration ends by itself: its deadline has passed, and the operator was asked. */
const endsByItselfAt = async (site: Site, { id }: Played): Promise<number> => {
  const client = await site.client('viewer');
  const giveUpAt = Date.now() + PLAY_MS;
  for (;;) {
    const migration = await insistently(() => client.getMigration(id));
    const due = dueOf(migration, 'decide_after_deadline');
    if (due !== null) return Date.parse(due);
    if (isClosed(migration) || Date.now() > giveUpAt)
      throw new Error(`its deadline was not escalated: ${describe(migration)}`);
    await sleep(LOOK_MS);
  }
};

const untilClosed = async (site: Site, { id }: Played): Promise<void> => {
  const client = await site.client('viewer');
  const giveUpAt = Date.now() + PLAY_MS;
  while (!isClosed(await insistently(() => client.getMigration(id)))) {
    if (Date.now() > giveUpAt) throw new Error(`${id}: its deadline passed and it did not end`);
    await sleep(LOOK_MS);
  }
};

/** The first comes in time, the last too late, all others about when the timer fires: twice each, as after a lost reply. */
const abortAround = async (
  site: Site,
  each: Played,
  { place, random }: { place: 'before' | 'around' | 'after'; random: Random },
): Promise<{ broken: string[]; answers: string[] }> => {
  const client = await site.client('backend');
  const early = unwantedCode(client, each, 'not_waiting_for_code');
  const endsAt = await endsByItselfAt(site, each);
  if (place === 'after') await untilClosed(site, each);
  const offset = place === 'before' ? -WELL_BEFORE_MS : random.int(-AROUND_MS, AROUND_MS);
  await sleep(Math.max(0, endsAt + offset - Date.now()));
  const idempotencyKey = `${each.id}/abort`;
  const abort = () => answerTo(() => client.abort(each.id, 'too late', { idempotencyKey }));
  const answers = await Promise.all([abort(), abort()]);
  return { broken: await early, answers };
};

/** An accepted abort ends it as aborted; a refused one comes to a migration that its deadline has ended. Never both. */
export const deadlineRaces = (count: number): Trial => ({
  part: 'messages',
  name: 'an abort against the deadline that ends the migration',
  seconds: 120,
  usual: 24,
  spare: 3,
  run: async (site, random): Promise<Outcome> => {
    const player = await openPlayer(site, { acts: () => false });
    const families = await site.families(count, { twoStepOn: true });
    const broken: string[] = [];
    const aborts = new Map<string, string>();
    const played = await Promise.all(
      families.map(async (family, n) => {
        const each = await player.start(family);
        const place = n === 0 ? 'before' : n === count - 1 ? 'after' : 'around';
        const own = random.of(`deadline ${String(n)}`);
        const around = await abortAround(site, each, { place, random: own });
        broken.push(...around.broken);
        const [answer = 'nothing', again] = around.answers;
        if (again !== answer)
          broken.push(`${each.id}: one abort was answered with ${answer} and ${String(again)}`);
        aborts.set(each.id, answer);
        return each;
      }),
    );
    const ending: Expectation['ending'] = (migration, { id }) => {
      const answer = aborts.get(id) ?? 'nothing';
      const wanted = { done: ['aborted', 'aborted'], migration_closed: ['failed', 'deadline_passed'] }[
        answer
      ];
      if (wanted === undefined) return `the abort was answered with ${answer}`;
      return [migration.state, migration.outcome].join() === wanted.join()
        ? null
        : `its abort was answered with ${answer}, and it ended as ${String(migration.outcome)}: ${describe(migration)}`;
    };
    const outcome = await toTheEnd(site, played, broken, { ending });
    outcome.broken.push(...(await handInAfterTheEnd(site, played)));
    const accepted = [...aborts.values()].filter((answer) => answer === 'done').length;
    if (accepted === 0 || accepted === count)
      outcome.broken.push(`${String(accepted)} of ${String(count)} aborts were accepted: there was no race`);
    return { ...outcome, figures: { 'aborts accepted': accepted, 'aborts refused': count - accepted } };
  },
});
