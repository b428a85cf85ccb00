import { judge } from '../../activities/eligibility/judge';
import { eligibilitySettings } from '../../shared/eligibility-settings';
import { aDestination, aSource, aSubject, NOW } from './eligibility-builders';

const ROW = '360dialog §7.3';

const about = (vertical: string, statement?: string, required: readonly (typeof ROW)[] = []) =>
  judge({
    subject: aSubject({
      attestations: statement === undefined ? [] : [{ requirement: ROW, statement, attestedAt: NOW }],
    }),
    scope: 'preflight',
    source: aSource({
      assets: { flows: null, qrCodes: null, profileFields: ['vertical'], profile: { vertical } },
    }),
    destination: aDestination(),
    now: NOW,
    settings: eligibilitySettings.parse({ attestationsRequired: required }),
  }).findings.find(({ code }) => code === 'GOVERNMENT_APPROVAL_NOT_STATED');

test('§7.3: a government body, as its profile says, is asked for Meta’s approval until it is stated; nobody else is', () => {
  expect(about('RETAIL')).toBeUndefined();
  expect(about('GOVT')).toMatchObject({ severity: 'warning', party: 'client', evidence: { unseen: true } });
  expect(about('GOVT', 'approved in ticket 4711')).toMatchObject({ severity: 'info' });
  expect(about('GOVT', undefined, [ROW])).toMatchObject({ severity: 'blocker' });
});
