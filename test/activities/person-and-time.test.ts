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
  ['Maria, segunda 14h', null],
  ['maria, segunda 14h', null],
  ['João – amanhã às 15:00', null],
  ['Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima', null],
  ['Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz', null],
  ['ana lópez, martes a las 3 de la tarde', null],
  ['Paula, miércoles 25/11 de 9 a 11', null],
  ['Carla ao meio-dia', null],
  ['Ana Souza, 2026-11-23T20:00:00-03:00', null],
  ['Ana López, martes por la tarde', 'no time'],
  ['Ana, amanhã de manhã', 'no time'],
  ['Ana, 23.11.2026', 'no time'],
  ['Ana, 9 a 11 de novembro', 'no time'],
  ['Ana, 23/11 (-03:00)', 'no time'],
  ['Amanhã às 9, horário de Brasília', 'no person'],
  ['Estarei no telefone às 20:00', 'no person'],
  ['O gerente, 14h', 'no person'],
  ['mañana a las 10, alguien contesta', 'no person'],
  ['combinado', 'neither a person'],
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
