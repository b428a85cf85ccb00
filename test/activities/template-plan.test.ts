/** What will become of each template, by tables and by property (R6, R7, R9). */
import fc from 'fast-check';
import { planner, templateKey, whyIneligible, type SourceTemplate } from '../../activities/templates/plan';
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
    expect(planner(NONE, NONE, null)(aTemplate({ status, quality })).plan).toBe(plan);
  });

  test('the destination’s own template of the same name and language wins', () => {
    const decide = planner(new Set(['order_update/pt_BR']), NONE, null);
    expect(decide(aTemplate()).plan).toBe('collision');
    expect(decide(aTemplate({ language: 'en_US' })).plan).toBe('copy');
  });

  test('a template that an earlier inventory meant to copy counts as arrived, not as a collision', () => {
    const key = new Set(['order_update/pt_BR']);
    expect(planner(key, key, null)(aTemplate()).plan).toBe('at_destination');
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
        const decide = planner(keys, NONE, capacityLeft);
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
  });

  test.each([
    ['copy', 'pending', 'APPROVED', 'copied'],
    ['copy', 'failed', 'APPROVED', 'copied'],
    ['copy', 'pending', 'PENDING', 'copied'],
    ['copy', 'pending', 'REJECTED', 'rejected'],
    ['over_capacity', 'pending', 'APPROVED', 'copied'],
    ['collision', 'pending', 'APPROVED', 'kept'],
    ['ineligible', 'pending', 'APPROVED', 'kept'],
  ] as const)('planned %s, %s so far, at the destination %s: %s', (plan, so_far, status, outcome) => {
    expect(outcomeOf(row(plan, so_far), { ...existing, status }).outcome).toBe(outcome);
  });

  test('a refused template keeps Meta’s reason while it is missing, and loses it once it has arrived', () => {
    expect(outcomeOf(row('copy', 'failed'))).toEqual({ outcome: 'failed', reason: 'Incorrect category' });
    expect(outcomeOf(row('copy', 'failed'), existing)).toEqual({ outcome: 'copied', reason: null });
  });

  test('a template that was neither refused nor arrived is missing, and the report says so', () => {
    expect(outcomeOf(row('copy'))).toEqual({
      outcome: 'missing',
      reason: 'not at the destination after the copy',
    });
  });
});
