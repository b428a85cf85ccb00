import { changesBetween, type PlanBasis } from '../../shared/plan/basis';

const basis = (facets: Record<string, string>): PlanBasis => ({ facets, blockers: [], warnings: [] });
const changes = (before: Record<string, string>, now: Record<string, string>) =>
  changesBetween(basis(before), basis(now));

const made = (account: string, business = '1001') => ({
  destination: `meta, account ${account} of business ${business}`,
});

describe('an approval and what becomes known after it', () => {
  test('holds for the account that the client was to make, and for no account in its place', () => {
    expect(changes(made('to be made'), made('2002'))).toEqual([]);
    expect(changes(made('2002'), made('2003'))).toHaveLength(1);
    expect(changes(made('2002'), made('to be made'))).toHaveLength(1);
  });

  test('does not hold for an account of another business', () => {
    expect(changes(made('to be made'), made('2002', '1009'))).toHaveLength(1);
  });

  test('holds when the signup lets the templates be counted only afterwards; elsewhere a count is a change', () => {
    const counted = (route: string, arriving: string) => ({ route, 'templates that will arrive': arriving });
    const after = '4 of 5, 0 collisions';
    expect(changes(counted('embedded_signup', 'not known'), counted('embedded_signup', after))).toEqual([]);
    expect(changes(counted('programmatic', 'not known'), counted('programmatic', after))).toHaveLength(1);
    expect(
      changes(counted('embedded_signup', '5 of 5, 0 collisions'), counted('embedded_signup', after)),
    ).toHaveLength(1);
  });
});
