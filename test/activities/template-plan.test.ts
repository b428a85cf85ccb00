/** What will become of each template, by tables and by property (R6, R7, R9). */
import fc from 'fast-check';
import {
  planner,
  templateKey,
  whyIneligible,
  type Circumstances,
  type SourceTemplate,
} from '../../activities/templates/plan';
import { outcomeOf } from '../../activities/templates/reconcile';
import type { TemplateRow } from '../../store';

const aTemplate = (change: Partial<SourceTemplate> = {}): SourceTemplate => ({
  name: 'order_update',
  language: 'pt_BR',
  status: 'APPROVED',
  quality: 'GREEN',
  ...change,
});
const NONE: ReadonlySet<string> = new Set();
const deciding = (change: Partial<Circumstances> = {}) =>
  planner({ atDestination: NONE, missingBefore: NONE, capacityLeft: null, ...change });

describe('the plan of a template', () => {
  test.each([
    ['APPROVED', 'GREEN', 'copy'],
    ['APPROVED', 'UNKNOWN', 'copy'],
    ['APPROVED', null, 'copy'],
    ['APPROVED', 'YELLOW', 'ineligible'],
    ['APPROVED', 'RED', 'ineligible'],
    ['PENDING', 'GREEN', 'ineligible'],
    ['REJECTED', 'UNKNOWN', 'ineligible'],
    ['PAUSED', 'GREEN', 'ineligible'],
  ])('%s with quality %s is planned as %s', (status, quality, plan) => {
    expect(deciding().decide(aTemplate({ status, quality })).plan).toBe(plan);
  });

  test('the destination’s own template of the same name and language wins', () => {
    const { decide } = deciding({ atDestination: new Set(['order_update/pt_BR']) });
    expect(decide(aTemplate()).plan).toBe('collision');
    expect(decide(aTemplate({ language: 'en_US' })).plan).toBe('copy');
  });

  test('a template that an earlier inventory meant to copy counts as arrived, not as a collision', () => {
    const key = new Set(['order_update/pt_BR']);
    expect(deciding({ atDestination: key, missingBefore: key }).decide(aTemplate()).plan).toBe(
      'at_destination',
    );
  });

  test('R6: which qualities are copied is a setting: the two pages of Meta differ', () => {
    const { decide } = deciding({ qualities: ['GREEN'] });
    expect(decide(aTemplate({ quality: 'UNKNOWN' }))).toMatchObject({ code: 'QUALITY_UNKNOWN' });
    expect(decide(aTemplate())).toMatchObject({ plan: 'copy' });
  });

  test('a required template has its place kept, wherever in the list it comes; a place nobody needs is given back', () => {
    const required = new Set(['last/pt_BR', 'nowhere/pt_BR']);
    const { decide, placesLeft } = deciding({ capacityLeft: 3, required });
    const plans = ['one', 'two', 'three', 'last'].map((name) => decide(aTemplate({ name })).plan);
    expect(plans).toEqual(['copy', 'over_capacity', 'over_capacity', 'copy']);
    expect(placesLeft()).toBe(1);
  });

  test('R9: a collision is created under another name where somebody has given it one', () => {
    const { decide } = deciding({
      atDestination: new Set(['order_update/pt_BR']),
      createAs: new Map([['order_update/pt_BR', 'order_update_v2']]),
    });
    expect(decide(aTemplate(), true)).toMatchObject({ plan: 'recreate', createAs: 'order_update_v2' });
  });

  test('no more copies are planned than the destination has places, whatever the mix', () => {
    const template = fc.record({
      name: fc.stringMatching(/^[a-z]{1,3}$/),
      language: fc.constantFrom('pt_BR', 'en_US'),
      status: fc.constantFrom('APPROVED', 'PENDING', 'REJECTED'),
      quality: fc.constantFrom('GREEN', 'YELLOW', 'UNKNOWN', null),
    });
    fc.assert(
      fc.property(fc.array(template), fc.array(template), fc.nat(20), (source, there, capacityLeft) => {
        const keys = new Set(there.map(templateKey));
        const { decide } = deciding({ atDestination: keys, capacityLeft });
        const decided = source.map((one) => ({ ...decide(one), template: one }));
        const copies = decided.filter(({ plan }) => plan === 'copy');
        expect(copies.length).toBeLessThanOrEqual(capacityLeft);
        for (const { plan, reason, template: one } of decided) {
          expect(plan === 'collision').toBe(keys.has(templateKey(one)));
          if (plan === 'copy') expect(whyIneligible(one)).toBeNull();
          expect(reason === null).toBe(plan === 'copy' || plan === 'at_destination');
        }
      }),
    );
  });
});

describe('the outcome of a template', () => {
  const existing = {
    id: '1',
    name: 'order_update',
    language: 'pt_BR',
    category: 'UTILITY',
    status: 'APPROVED',
    rejectedReason: null,
  };
  const row = (plan: TemplateRow['plan'], outcome: TemplateRow['outcome'] = 'pending') => ({
    plan,
    outcome,
    reason: outcome === 'failed' ? 'Incorrect category' : null,
    code: outcome === 'failed' ? ('COPY_REFUSED' as const) : null,
  });

  test.each([
    ['copy', 'pending', 'APPROVED', 'copied'],
    ['copy', 'failed', 'APPROVED', 'copied'],
    ['copy', 'pending', 'PENDING', 'copied'],
    ['copy', 'pending', 'REJECTED', 'rejected'],
    ['over_capacity', 'pending', 'APPROVED', 'copied'],
    ['collision', 'pending', 'APPROVED', 'kept'],
    // Nobody's own: it was not there when the inventory was taken, so the platform copied it after all.
    ['ineligible', 'pending', 'APPROVED', 'copied'],
  ] as const)('planned %s, %s so far, at the destination %s: %s', (plan, so_far, status, outcome) => {
    expect(outcomeOf(row(plan, so_far), { ...existing, status }).outcome).toBe(outcome);
  });

  test('a refused template keeps Meta’s reason while it is missing, and loses it once it has arrived', () => {
    expect(outcomeOf(row('copy', 'failed'))).toMatchObject({
      outcome: 'failed',
      reason: 'Incorrect category',
    });
    expect(outcomeOf(row('copy', 'failed'), existing)).toEqual({
      outcome: 'copied',
      reason: null,
      code: null,
    });
  });

  test('a template that was neither refused nor arrived is missing, and the report says so', () => {
    expect(outcomeOf(row('copy'))).toEqual({
      outcome: 'missing',
      reason: 'not at the destination after the copy',
      code: 'COPY_MISSING',
    });
  });
});
