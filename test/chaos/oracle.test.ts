/** What a run is held against can fail: each way in which a product could tell more, or less, than has happened, is told. */
import { cutoverRows } from '../../activities/billing/cutover-rows';
import type { Migration } from '../../client';
import { wrongInLedger } from '../../chaos/ledger-rows';
import type { PracticeEffect } from '../../chaos/practice-answers';
import { lackingThere, leftThere, type BothSides } from '../../chaos/standing-there';
import { countedIn, gapsIn, untrueIn, type TrailEntry } from '../../chaos/trail';
import { straightIds } from '../../sandbox/world/straight-world';
import type { LedgerRow, TemplateReportRow } from '../../shared/answers';
import { leftoverText } from '../../shared/texts';

// ------------------------------------------------------------------------------------------------ trail

type Said = readonly [type: string, data?: Record<string, unknown>];
const told = (...entries: readonly Said[]) =>
  entries.map(([type, data = {}], index): TrailEntry => ({
    ...{ sequence: index + 1, type, step: 'destination', data },
  }));

const happened = (...kinds: readonly string[]): PracticeEffect[] =>
  kinds.map((kind, index) => ({
    ...{ id: `eff_${String(index)}`, kind, wallAt: 0, requestSeq: index, by: 'f0-destination' },
    ...{ ids: {}, facts: {} },
  }));

const EFFECTS = [
  'app_subscribed',
  'credit_attached',
  'announced',
  'code_verified',
  'registered',
  'connected',
];
const STRAIGHT: readonly Said[] = [
  ['app_subscribed', { alreadySubscribed: false }],
  ['funding_attached', { payer: 'partner_credit', alreadyAttached: false }],
  ['number_announced', { adopted: false }],
  ['ownership_verified', { how: 'code' }],
  ['registered', { outcome: 'registered' }],
  ['connected'],
  ['closed'],
];
const migrated = { outcome: 'migrated', attempt: 1 } as const;

describe('the trail is held against the platform’s log', () => {
  test('a trail that tells each effect once is whole and true', () => {
    expect(untrueIn(told(...STRAIGHT), happened(...EFFECTS), migrated)).toEqual([]);
    expect(gapsIn(told(...STRAIGHT), { state: 'completed', attempt: 1 })).toEqual([]);
  });

  test.each(EFFECTS.map((effect, index) => [effect, index] as const))(
    '%s that happened and is not told, that is told twice, and that is told and never happened',
    (effect, index) => {
      const without = told(...STRAIGHT.filter((_, at) => at !== index));
      expect(untrueIn(without, happened(...EFFECTS), migrated)).toEqual([
        expect.stringContaining(`${effect} happened, and the trail tells no`),
      ]);
      const twice = told(...STRAIGHT, ...STRAIGHT.filter((_, at) => at === index));
      expect(untrueIn(twice, happened(...EFFECTS), migrated)).toEqual([
        expect.stringMatching(/ 2 times, and 1 at most can be$/),
      ]);
      const never = happened(...EFFECTS.filter((kind) => kind !== effect));
      expect(untrueIn(told(...STRAIGHT), never, migrated)).toEqual([
        expect.stringContaining(`and ${effect} never happened`),
      ]);
    },
  );

  test('an intent that was set for the client, and of which nothing is told', () => {
    expect(untrueIn(told(...STRAIGHT), happened(...EFFECTS, 'intent_set'), migrated)).toHaveLength(1);
  });

  test('a step that was led back to may be told once more', () => {
    const again = told(
      ...STRAIGHT,
      ['steps_reopened', { steps: ['announcement', 'ownership'] }],
      ['number_announced', { adopted: true }],
    );
    expect(untrueIn(again, happened(...EFFECTS), migrated)).toEqual([]);
  });

  test('what `events_retold` takes back counts once, and leaves no gap; without it both are told', () => {
    const entries = told(['registered'], ['connected'], ['registered'], ['connected']);
    const retold = [...entries, ...told(['events_retold', { from: 1, count: 2 }])].map((entry, at) => ({
      ...entry,
      sequence: at + 1,
    }));
    expect(countedIn(retold).map(({ type }) => type)).toEqual(['registered', 'connected', 'events_retold']);
    expect(untrueIn(retold, happened('registered', 'connected'), migrated)).toEqual([]);
    expect(untrueIn(entries, happened('registered', 'connected'), migrated)).toHaveLength(2);
    expect(gapsIn(retold.slice(1), { state: 'live', attempt: 1 })).toEqual([]);
    expect(gapsIn(entries.slice(1), { state: 'live', attempt: 1 })).toEqual(['the trail lacks the events 1']);
  });

  test('an event told twice, and two ends or none', () => {
    const [first] = told(['closed']);
    expect(gapsIn(first === undefined ? [] : [first, first], { state: 'aborted', attempt: 1 })).toEqual([
      'the trail tells an event twice',
      'the trail tells 2 times that it closed, after 1 attempts',
    ]);
    expect(
      gapsIn(told(['closed'], ['replay_requested'], ['closed']), { state: 'aborted', attempt: 2 }),
    ).toEqual([]);
    expect(gapsIn(told(['registered']), { state: 'completed', attempt: 1 })).toHaveLength(1);
  });

  test('an end that `events_retold` takes back is none', () => {
    const ends = told(
      ['closed'],
      ['ownership_verified'],
      ['events_retold', { from: 1, count: 1 }],
      ['closed'],
    );
    const entries = ends.map((entry, at) => ({ ...entry, sequence: at + 1 }));
    expect(gapsIn(entries, { state: 'completed', attempt: 1 })).toEqual([]);
    expect(gapsIn(entries.slice(0, 3), { state: 'completed', attempt: 1 })).toHaveLength(1);
  });
});

// ------------------------------------------------------------------------------------------------ ledger

const ASKED_AT = '2026-11-23T06:00:00.000Z';
const LIVE_AT = '2026-11-23T06:00:03.000Z';
const FUNDING_ID = '6502';
const moved = {
  source: { provider: 'old-provider', businessId: '1', wabaId: '2', phoneNumberId: null },
  registerAttemptedAt: ASKED_AT,
  cutover: { registeredAt: LIVE_AT, connectedAt: LIVE_AT },
};
const byCredit = {
  funding: { payer: 'partner_credit', creditLineId: straightIds.creditLineId, currency: 'USD' },
} as const;

const aRow = (kind: string, row: Partial<LedgerRow>): LedgerRow => ({
  ...{ kind, side: 'destination', payer: 'partner_credit', from: null, to: null, quantity: null },
  ...{ amount: null, currency: null, evidence: {}, seenAt: LIVE_AT, precision: 'exact', note: null },
  ...row,
});

const LEDGER: readonly LedgerRow[] = [
  aRow('funding', { evidence: { fundingId: FUNDING_ID } }),
  aRow('usage_before', { side: 'source', payer: 'old-provider', quantity: 0 }),
  ...Object.entries(
    cutoverRows({
      ...{ registerAttemptedAt: ASKED_AT, registeredAt: LIVE_AT, connectedAt: LIVE_AT, seenAt: LIVE_AT },
      ...{ sourceProvider: 'old-provider', sourceWabaId: '2', destinationWabaId: '4' },
      ...{ destinationPayer: 'partner_credit', fundingId: FUNDING_ID, usageSeen: true },
    }),
  ).flatMap(([kind, rows]) => rows.map((row) => aRow(kind, row))),
];
const KINDS = [...new Set(LEDGER.map(({ kind }) => kind))];

describe('the ledger of a moved number', () => {
  test('has the rows of an undisturbed one', () => {
    expect(wrongInLedger(LEDGER, moved, byCredit)).toEqual([]);
  });

  test.each(KINDS)('lacks %s, or has another payer pay it', (kind) => {
    const without = LEDGER.filter((row) => row.kind !== kind);
    expect(wrongInLedger(without, moved, byCredit)).toEqual([`the ledger has 0 rows ${kind}`]);
    const paid = LEDGER.map((row) => (row.kind === kind ? { ...row, payer: 'somebody' } : row));
    expect(wrongInLedger(paid, moved, byCredit).length).toBeGreaterThan(0);
  });

  test.each([
    ['begins before the registration was asked for', { from: '2026-11-23T05:00:00.000Z' }],
    ['has no end', { to: null }],
    ['ends at another instant than the number was seen', { to: '2026-11-23T06:00:09.000Z' }],
  ])('names a cut-over that %s', (_how, wrong) => {
    const rows = LEDGER.map((row) => (row.kind === 'cutover' ? { ...row, ...wrong } : row));
    expect(wrongInLedger(rows, moved, byCredit)).toHaveLength(1);
  });

  test('has two rows for one cut-over', () => {
    const rows = [...LEDGER, ...LEDGER.filter(({ kind }) => kind === 'cutover')];
    expect(wrongInLedger(rows, moved, byCredit)).toEqual(['the ledger has 2 rows cutover']);
  });
});

// ------------------------------------------------------------------------------------------------ what stands there

const NUMBER = 'sub_family_0';
const DESTINATION = '4';
type Account = BothSides['world']['wabas'][number];
const ACCOUNT: Account = {
  ...{ id: DESTINATION, businessId: '1', flows: [] },
  funding: { kind: 'credit_line', id: FUNDING_ID, active: true },
  subscribedApps: [{ appId: straightIds.appId }],
  templates: [{ id: '77', name: 'notice_1', language: 'pt_BR', status: 'APPROVED' }],
};

const reported = (change: Partial<TemplateReportRow> = {}): TemplateReportRow => ({
  ...{ name: 'notice_1', language: 'pt_BR', category: null, sourceId: '66', sourceStatus: 'APPROVED' },
  ...{ sourceQuality: 'GREEN', plan: 'copy', outcome: 'copied', reason: null, code: null, remedy: null },
  ...{ required: false, destinationId: '77', destinationStatus: 'APPROVED', destinationCategory: null },
  ...{ destinationQuality: null, createAs: null, contentDiffers: null, sourceContent: null },
  ...{ destinationContent: null, checkedAt: LIVE_AT, ...change },
});

const doneStep = (name: Migration['step'] & string): Migration['steps'][number] => ({
  ...{ name, status: 'done', attempts: 1, startedAt: null, finishedAt: null, error: null },
});

const sides = (account: Partial<Account> = {}, change: Partial<BothSides> = {}): BothSides => ({
  migration: {
    destination: { provider: 'meta', businessId: '1', wabaId: DESTINATION, phoneNumberId: null },
    ...{ steps: [doneStep('templates')], leftInPlace: [], attempt: 1 },
  },
  world: { subscribers: [], records: [], tokens: [], wabas: [{ ...ACCOUNT, ...account }] },
  effects: happened('template_copied'),
  ...{ subscriberId: NUMBER, trail: [], templates: [reported()], ledger: LEDGER },
  ...change,
});

describe('what a migrated migration says it has done is at the platform', () => {
  test('everything is there: nothing is told', () => {
    expect(lackingThere(sides())).toEqual([]);
  });

  test.each<[string, BothSides, RegExp]>([
    ['the app is not subscribed', sides({ subscribedApps: [] }), /app is not subscribed/],
    ['nothing pays', sides({ funding: null }), /nothing pays/],
    [
      'the line is withdrawn',
      sides({ funding: { kind: 'credit_line', id: FUNDING_ID, active: false } }),
      /nothing pays/,
    ],
    [
      'another pays than the ledger says',
      sides({ funding: { kind: 'card', id: '9', active: true } }),
      /^the ledger’s (funding|payer_after) names 6502, and 9 pays$/,
    ],
    ['a copy was booked and never made', sides({ templates: [] }), /notice_1\/pt_BR is told to be copied/],
    [
      'a template was created under another name than was told',
      sides({}, { templates: [reported({ outcome: 'recreated', createAs: 'notice_of_client' })] }),
      /told to be recreated/,
    ],
    [
      'nothing became of a template',
      sides({}, { templates: [reported({ outcome: 'pending' })] }),
      /nothing is told of the template/,
    ],
    [
      'flows were booked and never moved',
      sides({}, { trail: told(['flows_moved', { moved: 2, adopted: 0, failed: 0 }]) }),
      /^2 flows are told to be moved/,
    ],
    [
      'the account is not there',
      sides({}, { world: { ...sides().world, wabas: [] } }),
      /account is not there/,
    ],
  ])('%s', (_what, seen, sentence) => {
    const broken = lackingThere(seen);
    expect(broken.length).toBeGreaterThan(0);
    for (const each of broken) expect(each).toMatch(sentence);
  });
});

describe('what an aborted migration says it leaves behind stands at the platform, and what stands there is said', () => {
  const pending = {
    ...{ id: '5', wabaId: DESTINATION, subscriberId: NUMBER, status: 'PENDING', live: false },
    vanished: false,
  };
  const standing = sides(
    {},
    {
      world: { ...sides().world, records: [pending] },
      effects: happened('announced', 'template_copied', 'credit_attached', 'app_subscribed'),
    },
  );
  const nothing = sides({ funding: null, subscribedApps: [], templates: [] }, { effects: [], templates: [] });
  const text = leftoverText('left.subscribed_app', {});
  const LEFT = (['announced_number', 'copied_templates', 'credit_line', 'subscribed_app'] as const).map(
    (kind) => ({ kind, party: 'client' as const, ...text, detail: kind, removableBy: 'the client' }),
  );
  const withLeft = (seen: BothSides, leftInPlace: Migration['leftInPlace']): BothSides => ({
    ...seen,
    migration: { ...seen.migration, leftInPlace },
  });

  test('both agree: nothing is told', () => {
    expect(leftThere(withLeft(standing, LEFT))).toEqual([]);
    expect(leftThere(withLeft(nothing, []))).toEqual([]);
  });

  test.each(LEFT.map((left) => [left.kind, left] as const))(
    '%s: one says so, the other not',
    (kind, left) => {
      const others = LEFT.filter((one) => one !== left);
      expect(leftThere(withLeft(standing, others))).toEqual([
        `${kind} of this migration stands there, and leftInPlace does not say so`,
      ]);
      expect(leftThere(withLeft(nothing, [left]))).toEqual([
        `leftInPlace names ${kind}, and it does not stand there`,
      ]);
    },
  );
});
