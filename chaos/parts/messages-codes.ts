/** Codes handed in twice, at once, wrong, late, by update and by signal, also while the worker is killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CarryoverClient, Migration } from '../../client';
import type { Played } from '../player';
import type { Random } from '../random';
import {
  anotherCode,
  answerTo,
  atCode,
  codeOf,
  killAndStart,
  migrationsAt,
  scattered,
  signal,
  toTheEnd,
  unwantedCode,
} from '../saying';
import type { Site } from '../site';
import type { Trial } from '../trial';

/** What a code may be answered with. */
export const CODE_ANSWERS = [
  ...['verified', 'wrong', 'expired', 'done', 'verdict_unknown', 'guesses_used_up'],
  ...['code_already_verified', 'not_waiting_for_code', 'migration_closed'],
];

interface Said {
  key: string;
  code: string;
}

/** The right code several times, a wrong one perhaps, some twice under one key, some by the forwarder, one of no form. */
const handIn = async (
  site: Site,
  client: CarryoverClient,
  each: Played,
  random: Random,
): Promise<{ broken: string[]; guesses: number }> => {
  const code = await codeOf(site, each);
  const wrong = random.chance(0.5) ? anotherCode(code) : null;
  const updates: Said[] = Array.from({ length: random.int(1, 4) }, (_, n) => ({
    ...{ key: `${each.id}/code/${String(n)}`, code },
  }));
  if (wrong !== null) updates.push({ key: `${each.id}/wrong`, code: wrong });
  const answers = new Map<string, string>();
  const broken: string[] = [];
  const say = async ({ key, code: said }: Said): Promise<void> => {
    const answer = await answerTo(() =>
      client.submitVerificationCode(each.id, said, { idempotencyKey: key }),
    );
    const known = answers.get(key);
    if (!CODE_ANSWERS.includes(answer)) broken.push(`${each.id}: a code was answered with ${answer}`);
    // "done" is the pending verdict, which the same key collects later.
    if (known !== undefined && known !== answer && known !== 'done' && answer !== 'done')
      broken.push(`${each.id}: the same code under one key was answered with ${known} and ${answer}`);
    answers.set(key, answer);
  };
  const forwarded = Array.from({ length: random.int(0, 2) }, (_, n) => `${each.id}/sms/${String(n)}`);
  const twice = updates.filter(() => random.chance(0.3));
  await scattered(random, random.pick([0, 20, 300]), [
    ...[...updates, ...twice].map((said) => () => say(said)),
    ...forwarded.flatMap((messageId) => [
      () => signal(site, each, messageId, code),
      () => signal(site, each, messageId, code),
    ]),
    ...(random.chance(0.3) ? [() => signal(site, each, `${each.id}/noise`, 'no code')] : []),
  ]);
  return { broken, guesses: wrong === null ? 0 : 1 };
};

const wrongGuesses = async (site: Site, migration: Migration): Promise<number> => {
  const effects = await site.platform.effects('?kind=code_guess_wrong');
  const { phoneNumberId } = migration.destination;
  return effects.filter(({ ids }) => Object.values(ids).includes(phoneNumberId ?? 'none')).length;
};

export const codes = (count: number, name: string, kill: boolean): Trial => ({
  part: 'messages',
  name,
  seconds: 150,
  usual: kill ? 44 : 35,
  // Continue-as-new under fire has its messages meet a death too.
  ...(kill ? { spare: 3 } : {}),
  run: async (site, random) => {
    const client = await site.client('backend');
    const played = await migrationsAt(site, count, atCode);
    const handing = Promise.all(
      played.map((each, n) => handIn(site, client, each, random.of(`codes ${String(n)}`))),
    );
    if (kill) {
      await sleep(random.int(0, 400));
      await killAndStart(site);
    }
    const handed = await handing;
    const broken = handed.flatMap((one) => one.broken);
    const outcome = await toTheEnd(site, played, broken);
    for (const [n, each] of played.entries()) {
      const guesses = await wrongGuesses(site, await client.getMigration(each.id));
      if (guesses > (handed[n]?.guesses ?? 0))
        broken.push(
          `${each.id}: ${String(guesses)} guesses counted for ${String(handed[n]?.guesses)} wrong codes`,
        );
      broken.push(...(await unwantedCode(client, each, 'migration_closed')));
    }
    return { ...outcome, broken: [...new Set([...broken, ...outcome.broken])] };
  },
});
