/** When a number counts as accepted at its destination (R5, R8, R13, meta §3.5). */
import { acceptanceChecks, type Arrived } from '../../activities/registration/acceptance';
import type { Baseline } from '../../shared/migration';

const BASELINE: Baseline = {
  displayName: 'Padaria Sol',
  qualityRating: 'GREEN',
  messagingLimit: 'TIER_2K',
  officialBusinessAccount: false,
  throughput: 'STANDARD',
  takenAt: '2026-11-22T10:00:00.000Z',
};
const WELL: Arrived = {
  listedInWaba: true,
  displayPhoneNumber: '+55 31 9111-0000',
  status: 'CONNECTED',
  platformType: 'CLOUD_API',
  verifiedName: 'Padaria Sol',
  qualityRating: 'GREEN',
  messagingLimit: 'TIER_2K',
  isOfficialBusinessAccount: false,
  isPinEnabled: true,
  canSendMessage: 'AVAILABLE',
  healthErrors: [],
};

const checksOf = (arrived: Partial<Arrived>, baseline: Baseline | null = BASELINE) =>
  acceptanceChecks(
    { ...WELL, ...arrived },
    {
      phoneNumber: '+5531991110000',
      baseline,
      requiredTemplates: ['order_update/pt_BR'],
      templateStatus: new Map([['order_update/pt_BR', 'APPROVED']]),
    },
  );
const notOk = (arrived: Partial<Arrived>, baseline: Baseline | null = BASELINE) =>
  checksOf(arrived, baseline)
    .filter(({ ok }) => !ok)
    .map(({ name, required }) => ({ name, required }));

test('a number that kept everything passes every check, however its digits are written', () => {
  expect(notOk({})).toEqual([]);
});

test.each([
  [{ status: 'PENDING' }, 'status', true],
  [{ platformType: 'NOT_APPLICABLE' }, 'platform', true],
  [{ listedInWaba: false }, 'number in the destination WABA', true],
  [{ displayPhoneNumber: '+55 11 98888-7777' }, 'number in the destination WABA', true],
  [{ canSendMessage: 'BLOCKED' }, 'health', true],
  [{ canSendMessage: 'LIMITED' }, 'health', false],
  [{ canSendMessage: null }, 'health', false],
  [{ verifiedName: 'Padaria Lua' }, 'display name', false],
  [{ qualityRating: 'YELLOW' }, 'quality rating', false],
  [{ messagingLimit: 'TIER_250' }, 'messaging limit', false],
  [{ isOfficialBusinessAccount: null }, 'official business badge', false],
  [{ isPinEnabled: false }, 'two-step verification on again', false],
] as const)('%j fails the check of %s (required: %s)', (arrived, name, required) => {
  expect(notOk(arrived)).toEqual([{ name, required }]);
});

test('what nobody saw before the move is not held against the number', () => {
  expect(notOk({ verifiedName: 'Anything', qualityRating: null }, null)).toEqual([]);
});

test('a required template that is missing or still in review keeps the number from being accepted', () => {
  const checks = acceptanceChecks(WELL, {
    phoneNumber: '+5531991110000',
    baseline: BASELINE,
    requiredTemplates: ['a/pt_BR', 'b/pt_BR'],
    templateStatus: new Map([['b/pt_BR', 'PENDING']]),
  });
  expect(checks.filter(({ ok }) => !ok)).toMatchObject([
    { name: 'template a/pt_BR', observed: 'missing', required: true },
    { name: 'template b/pt_BR', observed: 'PENDING', required: true },
  ]);
});

test('health names what the platform complains of', () => {
  const [health] = checksOf({
    canSendMessage: 'LIMITED',
    healthErrors: ['WABA 141006: payment'],
  }).filter(({ name }) => name === 'health');
  expect(health?.observed).toBe('LIMITED; WABA 141006: payment');
});
