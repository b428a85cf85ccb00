import { PREPARATION_KINDS, type PreparationSettings } from '../../shared/preparation';
import { policySchema } from '../../shared/policy';
import type { Finding } from '../../shared/migration';
import type { StartRequestBody } from '../../shared/requests';
import type { ChangeName, Changes } from '../../workflows/number-migration/changes';
import {
  followUpTasks,
  preparationChanges,
  preparationTasks,
} from '../../workflows/number-migration/preparation-tasks';
import { openState, type MigrationState } from '../../workflows/number-migration/state';
import { stallsFrom } from '../../workflows/number-migration/stalling';
import { changed } from '../../workflows/number-migration/transitions';
import { migrationInput, START } from './builders';

const HOUR = 3_600_000;
const now = Date.parse(START);
const at = (hours: number) => new Date(now + hours * HOUR).toISOString();

const stateOf = (
  patch: Partial<StartRequestBody> = {},
  preparation: Partial<PreparationSettings> = {},
): MigrationState => ({
  ...openState({ ...migrationInput(patch), policy: policySchema.parse({ preparation }) }),
  known: { triage: 'migrate', twoStepOn: null, templatesUnseen: null },
});

const apply = <K extends ChangeName>(state: MigrationState, type: K, data: Changes[K], when = START) =>
  changed(state, type, data, { kind: 'api_key', name: 'backend' }, when);

/** With everything asked for that there is to prepare. */
const asked = (state: MigrationState): MigrationState =>
  preparationTasks(state, now).reduce((sofar, spec) => apply(sofar, 'task_opened', spec), state);
const reported = (state: MigrationState, kind: string, when = START): MigrationState =>
  state.migration.tasks
    .filter((task) => task.kind === kind && task.status === 'open')
    .reduce(
      (sofar, { id }) => apply(sofar, 'task_closed', { taskId: id, status: 'done', statement: 'done' }, when),
      state,
    );
const kinds = (specs: readonly { kind: string }[]) => specs.map(({ kind }) => kind);
const dueOf = (state: MigrationState, kind: string) =>
  preparationTasks(state, now).find((spec) => spec.kind === kind)?.dueAt;

const finding = (patch: Partial<Finding>): Finding => ({
  ...{ requirement: 'R14', code: 'HIGH_VOLUME', severity: 'warning', party: 'operator' },
  ...{ message: '', remedy: '', checkedAt: START, expiresAt: START, evidence: {} },
  ...patch,
});
const withFindings = (state: MigrationState, ...findings: Finding[]): MigrationState => ({
  ...state,
  migration: { ...state.migration, findings },
});
const eligible = (state: MigrationState): MigrationState =>
  apply(apply(state, 'step_started', { step: 'eligibility' }), 'step_done', { step: 'eligibility' });

describe('what is prepared (R10, R17, R18, R19, R22, P-2, P-7, P-9, P-10, P-14)', () => {
  test('is asked for whole, holds nothing up by itself, and names party and row', () => {
    const specs = preparationTasks(stateOf(), now);
    expect(kinds(specs)).toEqual(
      PREPARATION_KINDS.filter((kind) => kind !== 'book_support' && kind !== 'note_what_stays'),
    );
    expect(specs.filter(({ blocking }) => blocking)).toEqual([]);
    expect(specs.map(({ kind, party, requirement }) => `${kind} ${party} ${requirement ?? ''}`)).toEqual([
      'settle_open_invoices client R18',
      'keep_source_subscription client P-14',
      'arrange_two_step_removal source_provider R22',
      'check_portfolio_mail client P-2',
      'appoint_code_receiver client R19',
      'export_history client R10',
      'prepare_consumers operator P-10',
      'freeze_campaigns client R17',
      'drain_inbox client P-9',
      'open_phone_line client P-7',
    ]);
  });

  test('asks for no code on a route without one, and names the way on which it comes', () => {
    const onRoute = (route: MigrationState['migration']['route']): MigrationState => {
      const state = stateOf();
      return { ...state, migration: { ...state.migration, route } };
    };
    const forCode = ['appoint_code_receiver', 'open_phone_line'];
    const asks = (route: MigrationState['migration']['route']) =>
      kinds(preparationTasks(onRoute(route), now)).filter((kind) => forCode.includes(kind));
    expect(asks('solution_intent')).toEqual([]);
    // Inside Meta's popup the code comes to the same phone.
    expect(asks('embedded_signup')).toEqual(forCode);
    const voice = preparationTasks(stateOf({ verification: { method: 'voice' } }), now);
    expect(voice.find(({ kind }) => kind === 'appoint_code_receiver')?.howTo).toContain('call');
  });

  test('is due before the window opens, and never before somebody can have read of it', () => {
    const soon = stateOf({ cutover: { notBefore: at(100), notAfter: at(104) } });
    expect([dueOf(soon, 'settle_open_invoices'), dueOf(soon, 'freeze_campaigns')]).toEqual([at(28), at(96)]);
    const sooner = stateOf({ cutover: { notBefore: at(10), notAfter: at(14) } });
    expect([dueOf(sooner, 'settle_open_invoices'), dueOf(sooner, 'drain_inbox')]).toEqual([at(1), at(6)]);
    const now_ = stateOf({ cutover: { notBefore: at(-1), notAfter: at(4) } });
    expect(dueOf(now_, 'drain_inbox')).toBe(at(-1));
    expect(dueOf(stateOf(), 'drain_inbox')).toBeNull();
  });

  test('is left out or made to hold the cut-over up by the settings', () => {
    const state = stateOf({}, { blocking: ['export_history'], omit: ['drain_inbox', 'ramp_up'] });
    const specs = preparationTasks(state, now);
    expect(kinds(specs)).not.toContain('drain_inbox');
    expect(kinds(specs.filter(({ blocking }) => blocking))).toEqual(['export_history']);
    expect(kinds(followUpTasks(state, now))).not.toContain('ramp_up');
  });

  test('is asked for once', () => {
    expect(preparationChanges(asked(stateOf()), now)).toEqual({ open: [], close: [], renew: [] });
  });

  test('is closed by what is seen: two-step verification that is off needs nobody to switch it off', () => {
    const seenOff = {
      ...asked(stateOf()),
      known: { triage: 'migrate', twoStepOn: false, templatesUnseen: null } as const,
    };
    expect(kinds(preparationChanges(seenOff, now).close)).toEqual([
      'arrange_two_step_removal',
      'check_portfolio_mail',
    ]);
  });

  test('moves with the window; what was done for the old one is asked for anew', () => {
    const first = asked(stateOf({ cutover: { notBefore: at(100), notAfter: at(104) } }));
    const done = reported(reported(first, 'freeze_campaigns'), 'export_history');
    const moved = apply(done, 'rescheduled', { notBefore: at(200), notAfter: at(204), reason: 'later' });
    const { open, renew } = preparationChanges(moved, now);
    expect(kinds(open)).toEqual(['freeze_campaigns']);
    expect(open[0]?.dueAt).toBe(at(196));
    expect(renew.map(({ task, spec }) => [task.kind, spec.dueAt])).toContainEqual(['drain_inbox', at(196)]);
    expect(renew.map(({ task }) => task.kind)).not.toContain('export_history');
  });

  test('is asked for anew in a later attempt, as far as it perishes', () => {
    const done = reported(reported(asked(stateOf()), 'drain_inbox', at(1)), 'export_history', at(1));
    const failed = apply(
      done,
      'closed',
      { state: 'failed', outcome: 'deadline_passed', leftInPlace: [] },
      at(2),
    );
    const again = apply(
      failed,
      'attempt_started',
      { attempt: 2, fromStep: 'preparation', reason: 'again' },
      at(3),
    );
    const { open } = preparationChanges(again, now);
    expect(kinds(open)).toContain('drain_inbox');
    expect(kinds(open)).not.toContain('export_history');
  });
});

describe('a supported move (R14, R50)', () => {
  const blocking = { blocking: ['book_support' as const] };
  const large = (state: MigrationState) => withFindings(state, finding({}));

  test('is offered when much is moved and the whole checklist is green, with the bundle', () => {
    const open = eligible(large(asked(stateOf())));
    expect(kinds(preparationTasks(open, now))).not.toContain('book_support');
    const green = reported(reported(open, 'appoint_code_receiver'), 'arrange_two_step_removal');
    const booking = preparationTasks(green, now).find(({ kind }) => kind === 'book_support');
    expect(booking?.howTo).toContain(`GET /v1/migrations/${green.migration.id}/support-bundle`);
    const red = withFindings(green, finding({}), finding({ requirement: 'R27', severity: 'blocker' }));
    expect(kinds(preparationTasks(red, now))).not.toContain('book_support');
    expect(kinds(preparationTasks(withFindings(green), now))).not.toContain('book_support');
  });

  test('where it holds the cut-over up, so does the checklist it needs', () => {
    const specs = preparationTasks(eligible(large(stateOf({}, blocking))), now);
    expect(kinds(specs.filter((spec) => spec.blocking))).toEqual([
      'arrange_two_step_removal',
      'appoint_code_receiver',
    ]);
  });

  test.each([
    ['always', true],
    ['never', false],
  ] as const)('is offered %s, as configured', (bookSupport, offered) => {
    const open = eligible(asked(stateOf({}, { bookSupport })));
    const state = reported(reported(open, 'appoint_code_receiver'), 'arrange_two_step_removal');
    expect(kinds(preparationTasks(state, now)).includes('book_support')).toBe(offered);
  });
});

describe('after the move (R11, R12, P-11, P-21)', () => {
  test('what was to be prepared is over, and what follows has its day', () => {
    const moved = apply(asked(stateOf()), 'preparation_over', {});
    expect(moved.migration.tasks.every(({ status }) => status === 'waived')).toBe(true);
    expect(followUpTasks(moved, now).map(({ kind, dueAt, blocking }) => [kind, dueAt, blocking])).toEqual([
      ['relink_catalogue', at(24), false],
      ['reupload_media', at(24), false],
      ['retire_old_integration', at(24), false],
      ['ramp_up', at(72), false],
    ]);
  });

  test('a catalogue is asked for when there is one, or when nobody could see', () => {
    const seen = stateOf();
    const looked = {
      ...seen,
      migration: { ...seen.migration, source: { ...seen.migration.source, phoneNumberId: '7001' } },
    };
    expect(kinds(followUpTasks(looked, now))).not.toContain('relink_catalogue');
    const used = withFindings(looked, finding({ code: 'CATALOGUE_DOES_NOT_MOVE', requirement: 'R11' }));
    expect(kinds(followUpTasks(used, now))).toContain('relink_catalogue');
  });
});

describe('what hangs on the number and does not move (R10–R12, meta §1.6)', () => {
  const seen = (becomes: string | undefined, ...stays: string[]) =>
    finding({
      ...{ requirement: 'meta §1.6', code: `STAYS_${String(becomes)}`, severity: 'info', party: 'client' },
      evidence: { stays, ...(becomes === undefined ? {} : { becomes }) },
    });
  const remade = (state: MigrationState) =>
    followUpTasks(state, now)
      .filter(({ requirement }) => requirement === 'meta §1.6')
      .map(({ kind, party, title }) => [kind, party, title]);

  test('is nobody’s task while nobody has seen it, or an earlier version has', () => {
    for (const state of [
      stateOf(),
      withFindings(stateOf(), seen(undefined, 'ABC'), seen('remake_qr_codes')),
    ]) {
      expect(kinds(preparationTasks(state, now))).not.toContain('note_what_stays');
      expect(remade(state)).toEqual([]);
    }
  });

  test('is noted down before the move, as one task of the client, and made again after it, each as its own', () => {
    const state = withFindings(
      stateOf({ cutover: { notBefore: at(100), notAfter: at(104) } }),
      seen('remake_qr_codes', 'ABC', 'DEF'),
      seen('set_up_automations', '2 commands'),
      seen('rebuild_flows', 'orders', 'survey'),
      seen('set_number_webhook', 'callback address of the number'),
    );
    expect(preparationTasks(state, now).find(({ kind }) => kind === 'note_what_stays')).toMatchObject({
      ...{ party: 'client', dueAt: at(76), blocking: false },
      title: 'Note down before the move: QR codes or short links (2); automations (2 commands); flows (2)',
    });
    expect(remade(state)).toEqual([
      ['remake_qr_codes', 'client', 'Make the QR codes and short links again (2)'],
      ['set_up_automations', 'client', 'Set the automations up again: 2 commands'],
      ['rebuild_flows', 'client', 'Make the other flows again at the destination (2)'],
      ['set_number_webhook', 'operator', expect.stringContaining('callback address did not move')],
    ]);
  });

  test('of hundreds of flows some are named and all are counted', () => {
    const names = Array.from({ length: 100 }, (_, n) => `flow_${String(n)}`);
    const flows = seen('rebuild_flows', ...names);
    const state = withFindings(stateOf(), { ...flows, evidence: { ...flows.evidence, count: 340 } });
    const one = apply(state, 'flows_moved', { moved: 30, adopted: 0, failed: 0 });
    expect(followUpTasks(one, now).find(({ kind }) => kind === 'rebuild_flows')).toMatchObject({
      title: 'Make the other flows again at the destination (310)',
      howTo: expect.stringContaining('flow_18, flow_19, …. WhatsApp Manager'),
    });
  });

  test('flows that moved with templates are not made again', () => {
    const state = withFindings(stateOf(), seen('rebuild_flows', 'orders', 'survey'));
    const one = apply(state, 'flows_moved', { moved: 1, adopted: 0, failed: 0 });
    expect(remade(one)).toEqual([
      ['rebuild_flows', 'client', 'Make the other flows again at the destination (1)'],
    ]);
    expect(remade(apply(state, 'flows_moved', { moved: 1, adopted: 1, failed: 0 }))).toEqual([]);
  });
});

describe('a source that stalls (R23, P-15)', () => {
  test('is told from one that has time: a day for two-step verification, the due time for what was arranged', () => {
    const state = asked(stateOf({ cutover: { notBefore: at(100), notAfter: at(104) } }));
    const invoices = state.migration.tasks.find(({ kind }) => kind === 'settle_open_invoices');
    const history = state.migration.tasks.find(({ kind }) => kind === 'export_history');
    if (invoices === undefined || history === undefined) throw new Error('not asked for');
    expect(stallsFrom(state, invoices)).toBe(Date.parse(at(28)));
    expect(stallsFrom(state, history)).toBe(Infinity);
    expect(stallsFrom(state, { ...invoices, dueAt: null })).toBe(Infinity);
    const twoStep = { ...invoices, kind: 'two_step_verification_enabled', blocking: true };
    expect(stallsFrom(state, twoStep)).toBe(Date.parse(at(24)));
    const told = apply(state, 'source_stalls', {
      ...{ taskId: invoices.id, kind: invoices.kind, since: START, remindersSent: 0 },
    });
    expect(stallsFrom(told, invoices)).toBe(Infinity);
  });
});
