/** What a person states about the phone says who and when (R19, P-7). */
import { judge } from '../../activities/eligibility/judge';
import { eligibilitySettings } from '../../shared/eligibility-settings';
import { aDestination, aSource, aSubject, NOW } from './eligibility-builders';

test.each([
  ['ok', 'neither a person'],
  ['Somebody is at the phone', 'neither a person'],
  ['Tomorrow at 9, America/Sao_Paulo', 'no person'],
  ['alguém atende às 20:00', 'no person'],
  ['Ana Souza', 'no time'],
  ['Ana, on Monday 23 November 2026', 'no time'],
  ['Ana, 20:00–22:00 America/Sao_Paulo', null],
  ['O João da recepção, das 9h às 11h, reserva: Beatriz', null],
  ['José María at 9 pm', null],
])('R19, P-7: of “%s” is asked who takes the code, and when (%s)', (statement, missing) => {
  const finding = judge({
    ...{ scope: 'preflight', now: NOW, source: aSource(), destination: aDestination() },
    settings: eligibilitySettings.parse({ attestationsRequired: ['R19'] }),
    subject: aSubject({ attestations: [{ requirement: 'R19', statement, attestedAt: NOW }] }),
  }).findings.find(({ code }) => code === 'PHONE_ACCESS_NOT_STATED');
  expect(finding).toMatchObject(
    missing === null
      ? { severity: 'info', evidence: { attested: true } }
      : { severity: 'blocker', message: expect.stringContaining(missing) },
  );
});
