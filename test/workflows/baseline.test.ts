import type { Baseline } from '../../shared/migration';
import { withNameSeen } from '../../workflows/number-migration/state-edits';

const seen = (patch: Partial<Baseline> = {}): Baseline => ({
  displayName: 'Padaria Sol',
  qualityRating: 'GREEN',
  messagingLimit: 'TIER_10K',
  officialBusinessAccount: false,
  throughput: 'STANDARD',
  takenAt: '2026-11-23T10:00:00.000Z',
  ...patch,
});

describe('what the number must keep (R5)', () => {
  test('is what it had at the first look, whatever becomes of it later', () => {
    const later = seen({
      qualityRating: 'RED',
      messagingLimit: 'TIER_1K',
      takenAt: '2026-11-24T10:00:00.000Z',
    });
    expect(withNameSeen(null, seen())).toEqual(seen());
    expect(withNameSeen(seen(), later)).toEqual(seen());
    expect(withNameSeen(seen(), null)).toEqual(seen());
    expect(withNameSeen(null, null)).toBeNull();
  });

  test('but its name, which may be decided on the way and then moves along (R27)', () => {
    expect(withNameSeen(seen(), seen({ displayName: 'Padaria Sol e Lua' }))).toEqual(
      seen({ displayName: 'Padaria Sol e Lua' }),
    );
    expect(withNameSeen(seen(), seen({ displayName: null }))).toEqual(seen());
  });
});
