import fc from 'fast-check';
import type { AcceptanceCheck, Finding } from '../../shared/migration';
import { driftIn } from '../../workflows/number-migration/drift';

const AT = '2026-11-22T10:00:00.000Z';

const check = (name: string, ok: boolean, patch: Partial<AcceptanceCheck> = {}): AcceptanceCheck => ({
  ...{ name, ok, expected: 'yes', observed: ok ? 'yes' : 'no', required: false },
  ...patch,
});

const known = (code: string): Finding => ({
  ...{ requirement: 'R5', code, severity: 'warning', party: 'operator', message: '', remedy: '' },
  ...{ checkedAt: AT, expiresAt: AT, evidence: {} },
});

describe('drift after the move (P-18, P-20, P-21)', () => {
  test('becomes a finding that names what is, what should be, who acts and how', () => {
    const badge = check('official business badge', false, {
      ...{ requirement: 'R13', party: 'meta', remedy: 'Open a ticket.' },
    });
    expect(driftIn([badge], [], AT).findings).toEqual([
      expect.objectContaining({
        ...{ code: 'DRIFT_OFFICIAL_BUSINESS_BADGE', requirement: 'R13', party: 'meta' },
        ...{ severity: 'warning', remedy: 'Open a ticket.' },
        message: 'After the move, official business badge is no instead of yes.',
      }),
    ]);
  });

  test('is over when it has returned, and only then', () => {
    const findings = [known('DRIFT_HEALTH'), known('DRIFT_PAYMENT'), known('DISPLAY_NAME_NOT_APPROVED')];
    const { cleared } = driftIn([check('health', true), check('payment', false)], findings, AT);
    expect(cleared).toEqual(['DRIFT_HEALTH']);
  });

  test('what a look says nothing of is neither found nor cleared', () => {
    expect(driftIn([], [known('DRIFT_HEALTH')], AT)).toEqual({ findings: [], cleared: [] });
  });

  test('the templates that campaigns wait for are no drift: they have their task (P-8)', () => {
    expect(driftIn([check('templates for campaigns', false)], [], AT).findings).toEqual([]);
  });

  test('no check is both found and cleared', () => {
    const name = fc.constantFrom('health', 'payment', 'quality rating', 'template a/pt_BR');
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, fc.boolean()), { selector: ([one]) => one }), (seen) => {
        const { findings, cleared } = driftIn(
          seen.map(([one, ok]) => check(one, ok)),
          seen.map(([one]) => known(`DRIFT_${one.toUpperCase().replace(/[^A-Z]+/g, '_')}`)),
          AT,
        );
        expect(findings.filter(({ code }) => cleared.includes(code))).toEqual([]);
      }),
    );
  });
});
