import type { PreparationKind } from '../../shared/preparation';
import type { WorldInput } from '../../sandbox/world/schema';
import { isClosed } from '../support/journey';
import {
  DAY,
  HOUR,
  isWaitingIn,
  MINUTE,
  openTask,
  openTimedJourney,
  refusalOf,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

const HOLDING: PreparationKind[] = ['export_history', 'freeze_campaigns'];

/** More than one page of them; the last one is of no use any more. */
const FLOWS = Array.from({ length: 121 }, (_, n) => ({
  ...{ id: String(890_100 + n), name: n === 0 ? 'encomenda' : `pesquisa_${String(n)}` },
  status: n === 120 ? ('DEPRECATED' as const) : ('PUBLISHED' as const),
}));

/** Of the first number: a QR code, a greeting and an address of its own; of the whole account: flows. */
const withBelongings = (world: WorldInput): WorldInput => ({
  ...world,
  records: (world.records ?? []).map((record, place) =>
    place === 0
      ? {
          ...record,
          belongings: {
            qrCodes: [{ code: 'ABCDEFGHIJKLM2', message: 'Oi' }],
            welcomeMessage: true,
            callbackUri: 'https://old.example/number',
          },
        }
      : record,
  ),
  wabas: (world.wabas ?? []).map((waba) => (waba.id === '2001' ? { ...waba, flows: FLOWS } : waba)),
});
const WHAT_STAYS = ['remake_qr_codes', 'set_up_automations', 'rebuild_flows', 'set_number_webhook'];

describe('what people prepare, where some of it holds the cut-over up (R10, R17, P-9, P-14, P-21)', () => {
  let journey: TimedJourney;
  beforeAll(async () => {
    journey = await openTimedJourney({
      numbers: 3,
      templates: 1,
      change: withBelongings,
      stage: { policy: { preparation: { blocking: HOLDING } } },
    });
  });

  test('R10, R17, P-9, P-14: is asked for at the first look, is waited for, keeps the count that was stated, stays open while the person or the hour is missing (R19, P-7), and is over with the move; meta §1.6: what was seen not to move, of more flows than a page holds all, is noted down before and made again after', async () => {
    const { stage, people, start, until, report, handInCode } = journey;
    const { id } = await start(
      {
        aftercare: { hours: 24 },
        business: { name: 'Padaria Sol', contact: { locale: 'pt-BR' } },
      },
      0,
    );
    const waiting = await until(id, isWaitingIn('preparation'));
    expect(waiting.waitingFor).toMatchObject({ party: 'client', kind: 'export_history' });
    expect(waiting.waitingFor?.dueAt).not.toBeNull();
    expect(tasksOf(waiting, 'arrange_two_step_removal')).toEqual([]);
    expect(await people.effects('announced')).toEqual([]);
    expect(openTask(waiting, 'note_what_stays')).toMatchObject({
      ...{ party: 'client', requirement: 'meta §1.6', blocking: false, dueAt: null },
      title:
        'Anote antes da migração: códigos QR ou links curtos (1); automações (the welcome message); flows (120)',
      howTo: expect.stringMatching(/Links de mensagem.*Automações.*salve o JSON/),
    });
    for (const kind of WHAT_STAYS) expect(tasksOf(waiting, kind)).toEqual([]);
    await report(id, 'export_history', 'exported on Monday');
    const vague = await refusalOf(report(id, 'appoint_code_receiver', 'Ana Souza, segunda à tarde'));
    expect(vague).toMatchObject({
      ...{ status: 422, code: 'statement_incomplete' },
      errors: [
        {
          pointer: '/statement',
          received: expect.stringContaining('“à tarde” não basta'),
          expected: expect.stringContaining('das 20h às 22h, horário de Brasília'),
        },
      ],
    });
    const asked = openTask(await stage.client.getMigration(id), 'appoint_code_receiver');
    expect(asked).toMatchObject({ status: 'open', evidence: null, requirement: 'R19' });
    await report(id, 'appoint_code_receiver', 'Ana Souza, segunda 14h, horário de Brasília');
    await report(id, 'drain_inbox', 'nobody is waiting');
    await until(id, (migration) => migration.waitingFor?.kind === 'freeze_campaigns');
    const counted = 'none started since 08:00 -03:00; 214 messages not delivered yet';
    await report(id, 'freeze_campaigns', counted);
    await handInCode(id, 0);
    const moved = await until(
      id,
      (migration) => migration.state === 'live' && migration.step === 'aftercare',
    );
    expect(tasksOf(moved, 'freeze_campaigns')).toMatchObject([
      { status: 'done', requirement: 'R17', evidence: { statement: counted } },
    ]);
    expect(tasksOf(moved, 'keep_source_subscription')).toMatchObject([
      { status: 'waived', evidence: { statement: 'not reported done before the cut-over' } },
    ]);
    expect(openTask(moved, 'ramp_up')).toMatchObject({ party: 'client', requirement: 'P-21' });
    expect(openTask(moved, 'relink_catalogue')).toBeUndefined();
    const tasks = WHAT_STAYS.map((kind) => openTask(moved, kind));
    expect(tasks).toMatchObject([
      { party: 'client', title: 'Refaça os códigos QR e links curtos (1)' },
      { party: 'client', title: 'Configure as automações de novo: the welcome message' },
      {
        party: 'client',
        title: 'Refaça os outros flows no destino (120)',
        howTo: expect.stringContaining('estes não: encomenda, pesquisa_1, '),
      },
      { party: 'operator', howTo: expect.stringContaining('override_callback_uri') },
    ]);
    for (const task of tasks) expect(task).toMatchObject({ requirement: 'meta §1.6', blocking: false });
    const { items } = await stage.client.listEvents(id, { limit: 200 });
    expect(items.find(({ type }) => type === 'preparation_over')).toBeDefined();
  });

  test('is reminded of before its time, moves with the window and is done again for another one', async () => {
    const { stage, start, until, pass, report, handInCode } = journey;
    const { id } = await start(
      { cutover: { notBefore: journey.after(6 * DAY), notAfter: journey.after(7 * DAY) } },
      1,
    );
    await until(id, isWaitingIn('preparation'));
    await report(id, 'export_history');
    await report(id, 'freeze_campaigns', '0 undelivered');
    const ready = await until(id, isWaitingIn('window'));
    const due = openTask(ready, 'settle_open_invoices')?.dueAt ?? '';
    expect(Date.parse(due) - Date.parse(ready.cutover.notBefore ?? '')).toBe(-3 * DAY);
    await pass(2 * DAY + HOUR);
    const reminded = await until(
      id,
      (migration) => openTask(migration, 'settle_open_invoices')?.remindersSent === 1,
    );
    expect(openTask(reminded, 'drain_inbox')?.remindersSent).toBe(0);

    await stage.client.reschedule(id, {
      notBefore: journey.after(10 * DAY),
      notAfter: journey.after(11 * DAY),
      reason: 'the shop is closed',
    });
    const again = await until(id, isWaitingIn('preparation'));
    expect(tasksOf(again, 'freeze_campaigns').map(({ status }) => status)).toEqual(['done', 'open']);
    expect(tasksOf(again, 'export_history').map(({ status }) => status)).toEqual(['done']);
    expect(Date.parse(openTask(again, 'settle_open_invoices')?.dueAt ?? '')).toBeGreaterThan(Date.parse(due));
    await report(id, 'freeze_campaigns', '3 undelivered');
    await until(id, isWaitingIn('window'));
    await pass(10 * DAY + 2 * MINUTE);
    await handInCode(id, 1);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject({ outcome: 'migrated' });
    // Of this number none of them was seen, but the account has flows.
    const remade = moved.tasks.filter(({ kind }) => WHAT_STAYS.includes(kind)).map(({ kind }) => kind);
    expect(remade).toEqual(['rebuild_flows']);
  });

  test('can be left out by a person, with a reason', async () => {
    const { stage, start, until } = journey;
    const { id } = await start({}, 2);
    await until(id, isWaitingIn('preparation'));
    await stage.as('support').skipStep(id, { step: 'preparation', reason: 'a test number of the client' });
    await until(id, isWaitingIn('ownership'));
    await stage.client.abort(id, 'enough');
    const aborted = await until(id, isClosed);
    expect(aborted.tasks.filter(({ status }) => status === 'open')).toEqual([]);
  });
});

describe('a source that does not act (R22, R23, P-15)', () => {
  test('R23, P-15: is escalated to Meta after a day, once, until two-step verification is seen off', async () => {
    const journey = await openTimedJourney({ templates: 0, twoStepOn: true });
    const { stage, people, start, until, untilAsked, pass, subscriber } = journey;
    const { id } = await start({});
    const asked = await untilAsked(id, 'two_step_verification_enabled');
    expect(openTask(asked, 'arrange_two_step_removal')).toMatchObject({
      ...{ party: 'source_provider', requirement: 'R22', blocking: false, step: 'preparation' },
    });
    await pass(20 * HOUR);
    expect(openTask(await stage.client.getMigration(id), 'escalate_to_meta')).toBeUndefined();
    await pass(5 * HOUR);
    const escalated = await until(id, (migration) => openTask(migration, 'escalate_to_meta') !== undefined);
    expect(openTask(escalated, 'escalate_to_meta')).toMatchObject({
      ...{ party: 'operator', requirement: 'R23', blocking: false, step: 'two_step_off' },
      title: 'Escalate to Meta: acme-bsp does not act',
      howTo: expect.stringContaining(`/v1/migrations/${id}/support-bundle?purpose=escalation`),
    });
    await pass(10 * HOUR);
    await people.act('two-step-off', { number: subscriber() });
    await stage.client.recheck(id);
    const off = await until(id, isWaitingIn('ownership'));
    expect(tasksOf(off, 'escalate_to_meta')).toMatchObject([
      { status: 'done', evidence: { statement: 'the source has done what was asked of it' } },
    ]);
  });
});
