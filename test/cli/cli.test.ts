import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/servers/ports';
import { migrationSchema } from '../../shared/migration';
import { version } from '../../package.json';
import { atEndOfFile } from '../support/after-each-file';
import { openJourney, type Journey } from '../support/journey';
import { compileCli, runCli, type Ran } from './compiled';

let journey: Journey;
let entry: string;
let folder: string;

beforeAll(async () => {
  [journey, entry, folder] = await Promise.all([
    openJourney({ numbers: 6, templates: 2 }),
    compileCli(),
    mkdtemp(join(tmpdir(), 'carryover-cli-')),
  ]);
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
});

const credentials = (role: 'backend' | 'support' | 'viewer') => ({
  CARRYOVER_URL: journey.stage.url,
  CARRYOVER_API_KEY: journey.stage.apiKey(role),
});

const run = (args: string[], input = '', role: 'backend' | 'support' | 'viewer' = 'backend'): Promise<Ran> =>
  runCli(entry, args, { input, environment: credentials(role) });

/** Watches to the end; the second promise is kept as soon as `sight` was seen on the way. */
const watch = (id: string, sight: string): [Promise<Ran>, Promise<void>] => {
  let keep = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    keep = resolve;
  });
  const watching = runCli(entry, ['watch', id, '--until', 'closed'], {
    environment: credentials('backend'),
    onOutput: (out) => {
      if (out.includes(sight)) keep();
    },
  });
  return [watching, seen];
};

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const startFromFile = async (number: number, ...flags: string[]): Promise<string> => {
  const request = await file(`start-${String(number)}.json`, JSON.stringify(journey.body({}, number)));
  const { code, out, err } = await run(['start', request, ...flags, '--json']);
  expect([code, err]).toEqual([0, '']);
  return migrationSchema.parse(JSON.parse(out)).id;
};

test('the version is the one of the package', async () => {
  const told = await run(['--version']);
  expect([told.code, told.out]).toEqual([0, `${version}\n`]);
});

describe('a support person', () => {
  test('moves a number from the command line and sees what became of it', async () => {
    const id = await startFromFile(0);
    const [watching, seesTheWait] = watch(id, 'waits for client: submit_verification_code');
    const code = await journey.codeFor(id, 0);
    await seesTheWait;

    const wrong = await run([
      'code',
      id,
      '--code-file',
      await file('code', code === '000000' ? '111111' : '000000'),
    ]);
    expect([wrong.code, wrong.out]).toEqual([1, 'Not verified: wrong, 2 guesses left.\n']);
    const right = await run(['code', id], `${code}\n`);
    expect([right.code, right.out, right.err]).toEqual([0, 'Verified.\n', '']);

    const watched = await watching;
    expect(watched.code).toBe(0);
    expect(watched.out.trimEnd().split('\n').at(-1)).toContain('completed');

    const shown = await run(['show', id]);
    expect(shown.out).toContain('completed (migrated)');
    expect(shown.out).toMatch(/registration +done/);
    const listed = await run(['list', '--state', 'completed'], '', 'viewer');
    expect(listed.out).toContain(id);
    expect(listed.out).toContain('•••');
    const found = await run([
      'search',
      '--phone-number',
      journey.straight.numbers[0]?.phoneNumber ?? '',
      '--json',
    ]);
    expect(JSON.parse(found.out)).toMatchObject({ items: [{ id }] });
    expect((await run(['templates', id])).out).toMatch(/order_update +pt_BR +copy +copied/);
    expect((await run(['templates', id, '--csv'])).out).toMatch(/^name,language,/);
    expect((await run(['templates', id, '--outcome', 'failed'])).out).toContain('No templates.');
    expect((await run(['templates', id, '--collisions'])).out).toContain('No template collides');
    expect((await run(['billing', id])).out).toContain('cutover');
    expect((await run(['bundle', id, '--escalation'])).out).toContain('# A source that stalls: +55');
    const bundle: unknown = JSON.parse((await run(['bundle', id, '--json'])).out);
    expect(bundle).toMatchObject({ purpose: 'support', migration: { id } });
    expect((await run(['events', id, '--limit', '3'])).out).toContain('More: --cursor');
    const revealed = await run(['reveal', id, '--reason', 'the client asked']);
    expect(revealed.out).toMatch(/^[0-9]{6}\n$/);
  });

  test('approves, amends, aborts and replays', async () => {
    const id = await startFromFile(1, '--approval', 'manual', '--metadata', 'ticket=ABC-1');
    await journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'approve_cutover');
    const patch = await file('patch.json', JSON.stringify({ verification: { method: 'voice' } }));
    expect((await run(['amend', id, patch, '--if-match', '9-9'])).code).toBe(5);
    const amended = await run(['amend', id, patch]);
    expect([amended.code, amended.out]).toEqual([0, expect.stringContaining('No step is done again.')]);
    const later = ['--window', '2031-03-01 01:30/04:00', '--zone', 'America/Sao_Paulo'];
    const moved = await run(['reschedule', id, ...later, '--reason', 'holiday']);
    expect([moved.code, moved.err]).toEqual([0, '']);
    const { cutover } = await journey.until(id, ({ cutover: { notBefore } }) => notBefore !== null);
    expect(Date.parse(cutover.notBefore ?? '')).toBe(Date.UTC(2031, 2, 1, 4, 30));
    const aborted = await run(['abort', id, '--reason', 'wrong number']);
    expect(aborted.code).toBe(0);
    await journey.until(id, ({ state }) => state === 'aborted');
    expect((await run(['watch', id])).code).toBe(1);
    const plan = await run(['replay', id, '--reason', 'right after all', '--dry-run'], '', 'support');
    expect(plan.out).toMatch(/^Attempt 2 would begin with window, not before /);
    const replayed = await run(['replay', id, '--reason', 'right after all', '--json'], '', 'support');
    expect(JSON.parse(replayed.out)).toMatchObject({ id, attempt: 2 });
    expect((await run(['abort', id, '--reason', 'end of the test'])).code).toBe(0);
  });

  test('reads the plan, and approves the one that was read and no other', async () => {
    const id = await startFromFile(4, '--approval', 'manual');
    const { plan } = await journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'approve_cutover');
    const shown = await run(['plan', id], '', 'viewer');
    expect([shown.code, shown.err]).toEqual([0, '']);
    for (const part of [plan.planHash, '/register', 'Cannot be undone', 'Point of no return'])
      expect(shown.out).toContain(part);
    const markdown = await run(['plan', id, '--markdown']);
    expect(markdown.out).toContain(`# Plan of ${id}`);
    expect(markdown.out).toContain('| party | step | waited for |');
    const stale = await run(['approve', id, '--reason', 'go', '--plan', '0'.repeat(32)]);
    expect(stale.code).not.toBe(0);
    expect(stale.err).toContain('plan_changed');
    expect(stale.err).toContain(`carryover approve <id> --reason <text> --plan ${plan.planHash}`);
    const later = [
      '--window',
      '2031-03-01 01:30/04:00',
      '--zone',
      'America/Sao_Paulo',
      '--reason',
      'holiday',
    ];
    expect((await run(['reschedule', id, '--reason', 'holiday'])).code).toBe(2);
    expect((await run(['reschedule', id, ...later, '--not-after', '2031-03-01T08:00:00Z'])).code).toBe(2);
    const approved = await run(['approve', id, '--reason', 'go', '--plan', plan.planHash]);
    expect([approved.code, approved.err]).toEqual([0, '']);
    expect((await run(['abort', id, '--reason', 'end of the test'])).code).toBe(0);
  });

  test('stores, lists and deletes credentials without ever putting one on the command line', async () => {
    const put = await run(['credentials', 'put', 'fresh'], 'EAAfromStandardInput\n');
    expect([put.code, put.out]).toEqual([0, 'Stored fresh.\n']);
    const listed = await run(['credentials', 'list']);
    expect(listed.out).toContain('fresh');
    expect(listed.out).not.toContain('EAA');
    expect((await run(['credentials', 'delete', 'fresh'])).code).toBe(0);
    expect((await run(['credentials', 'delete', 'fresh'])).code).toBe(4);
    expect((await run(['credentials', 'put', 'empty'])).code).toBe(2);
  });
});

describe('an exit code', () => {
  test.each([
    ['0 for help', ['--help'], 0],
    ['0 for the help of a command', ['start', '--help'], 0],
    ['1 for invalid fields', ['start', '--phone-number', '5531'], 1],
    ['2 for an unknown command', ['fly'], 2],
    ['2 for an unknown option', ['list', '--colour', 'red'], 2],
    ['2 for a value that is not among the choices', ['list', '--state', 'lost'], 2],
    ['2 for a missing reason', ['abort', 'mig_x'], 2],
    ['2 for a file that is not there', ['start', '/nowhere/at/all.json'], 2],
    ['4 for an unknown migration', ['show', 'mig_nobodyknows'], 4],
  ])('is %s', async (_what, args, code) => {
    expect((await run(args)).code).toBe(code);
  });

  test('is 6 without rights, 5 for a conflict, 3 when nobody answers, 2 without a key', async () => {
    const id = await startFromFile(2);
    expect((await run(['abort', id, '--reason', 'x'], '', 'viewer')).code).toBe(6);
    const again = await run(['start', await file('again.json', JSON.stringify(journey.body({}, 2)))]);
    expect([again.code, again.err]).toEqual([5, expect.stringContaining(`migration: ${id}`)]);
    expect((await run(['abort', id, '--reason', 'end of the test'])).code).toBe(0);
    const environment = { CARRYOVER_API_KEY: 'ck_x' };
    const nobody = await runCli(entry, ['--url', `http://127.0.0.1:${String(await freePort())}`, 'list'], {
      environment,
    });
    expect([nobody.code, nobody.err]).toEqual([3, expect.stringContaining('does not answer')]);
    const keyless = await runCli(entry, ['list']);
    expect([keyless.code, keyless.err]).toEqual([2, expect.stringContaining('CARRYOVER_API_KEY')]);
  });

  test('comes with every invalid field on standard error, and with nothing on standard output', async () => {
    const { out, err } = await run(['start', '--phone-number', '5531', '--source-waba', 'x']);
    expect(out).toBe('');
    for (const pointer of ['/phoneNumber', '/source/wabaId', '/source/provider', '/destination/credential']) {
      expect(err).toContain(`${pointer}: expected `);
    }
  });
});

test('support makes the client’s link to the signup, and takes it back (R39)', async () => {
  const { businessId } = journey.straight.ids;
  const { credential } = journey.body().destination;
  const { id } = await journey.start(
    { route: 'embedded_signup', destination: { provider: 'meta', businessId, credential } },
    5,
  );
  await journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'complete_signup');
  const made = await run(['signup', id, '--expires-in', 'PT30M'], '', 'support');
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).toMatch(/^http\S+\/signup#[\w-]{43}\n/);
  const link = /--revoke (lnk_\w+)/.exec(made.out)?.[1] ?? '';
  const taken = await run(['signup', id, '--revoke', link], '', 'support');
  expect([taken.code, taken.out]).toEqual([0, `Taken back: ${link}.\n`]);
  const again = await run(['signup', id, '--revoke', link], '', 'support');
  expect(again.code).not.toBe(0);
  expect(again.err).toContain('there is no such thing');
  expect((await run(['abort', id, '--reason', 'end of the test'])).code).toBe(0);
});

test('an API key can come from a file', async () => {
  const key = await file('key', `${journey.stage.apiKey('viewer')}\n`);
  const { code } = await runCli(entry, ['--url', journey.stage.url, '--api-key-file', key, 'list']);
  expect(code).toBe(0);
});

test('a repeated command with the same key does nothing twice', async () => {
  const request = await file('once.json', JSON.stringify(journey.body({}, 3)));
  const args = ['--idempotency-key', 'once-and-only-once', 'start', request, '--json'];
  const [first, second] = [await run(args), await run(args)];
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(second.out).toBe(first.out);
  const { id } = migrationSchema.parse(JSON.parse(first.out));
  expect((await run(['abort', id, '--reason', 'end of the test'])).code).toBe(0);
});

test('the shell completes commands, their options and their values', async () => {
  const { out } = await run(['completion', 'bash']);
  const script = await file('completion.bash', out);
  const complete = async (...words: string[]): Promise<string> => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const line = `source '${script}'; COMP_WORDS=(carryover ${quoted}); COMP_CWORD=${String(words.length)}; _carryover; echo "\${COMPREPLY[*]}"`;
    const shell = await import('node:child_process');
    return new Promise((done) =>
      shell.execFile('bash', ['-c', line], (_error, stdout) => done(stdout.trim())),
    );
  };
  expect(await complete('re')).toBe('request-code recheck retry reschedule replay reveal');
  expect(await complete('task', '')).toBe('done --help');
  expect(await complete('task', 'done', '--st')).toBe('--statement');
  expect(await complete('list', '--state', 'comp')).toBe('completed');
  expect((await run(['completion', 'zsh'])).out).toContain('bashcompinit');
  expect((await run(['completion', 'fish'])).code).toBe(2);
});
