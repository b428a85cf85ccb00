import { addresseesOf, solutionOf } from '../../server/webhooks/shared-solutions';

const migrationOf = (businessId: string) => ({
  migration: {
    source: { businessId },
    destination: { businessId, solutionId: '3502' },
  },
});
const all = ['1001', '1002', '1003'].map(migrationOf);

describe('§8.2: whom a message about a solution concerns', () => {
  test('those whose business it comes under, and nobody else', () => {
    expect(addresseesOf({ keys: ['business:1002', 'waba:1002', 'solution:3502'] }, all)).toEqual({
      areNamed: true,
      addressees: [migrationOf('1002')],
    });
  });

  test('all who wait for the solution, when it comes under the business of the partner', () => {
    expect(addresseesOf({ keys: ['business:1000', 'waba:1000', 'solution:3502'] }, all)).toEqual({
      areNamed: false,
      addressees: all,
    });
  });

  test('a message of another kind is about no solution', () => {
    expect(solutionOf({ kind: 'account_update', keys: ['solution:3502'] })).toBeNull();
    expect(solutionOf({ kind: 'partner_solutions', keys: ['business:1000', 'solution:3502'] })).toBe(
      'solution:3502',
    );
  });
});
