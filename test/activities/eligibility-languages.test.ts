/** Whatever eligibility asks of the client, it asks in the client's language (R28, R5, R13, R19, R10–R12). */
import type { SideFacts } from '../../activities/contract';
import { judge } from '../../activities/eligibility/judge';
import { RULES } from '../../activities/eligibility/rules';
import { COUNTRY_BARRED } from '../../activities/eligibility/rules/country';
import type { Rule } from '../../activities/eligibility/rule';
import type { Finding } from '../../shared/migration';
import { renderedIn } from '../../shared/texts';
import { TERMS } from '../../shared/texts/terms';
import { aDestination, aNumber, aSource, aSubject, aWaba, NOW } from './eligibility-builders';

const ofTheClient = RULES.filter(({ party }) => party === 'client');

/** Whatever its facts, the rule is judged to be unseen; everything after that is the product's own. */
const unseen = (rule: Rule, attested: boolean, source: SideFacts): Finding | undefined => {
  const scope = rule.scopes[0] ?? 'preflight';
  return judge({
    subject: aSubject(
      attested
        ? {
            attestations: [{ requirement: 'R28', statement: 'seen in Business settings', attestedAt: NOW }],
          }
        : {},
    ),
    ...{ scope, source, destination: aDestination(), now: NOW },
    // Rows of meta's own list take no statement by request; how one is told does not depend on the row.
    rules: [{ ...rule, requirement: 'R28', applies: () => 'unseen' }],
  }).findings[0];
};

const expectTranslated = (finding: Finding | undefined): void => {
  if (finding?.text === undefined) throw new Error(`${String(finding?.code)} carries no text`);
  for (const locale of ['pt-BR', 'es'] as const) {
    const said = renderedIn(locale, finding.text);
    expect(said?.what).toBeTruthy();
    expect(said?.what).not.toBe(finding.message);
    expect(said?.how).not.toBe(finding.remedy);
    expect(`${said?.what ?? ''} ${said?.how ?? ''}`).not.toMatch(/[{}]/);
  }
};

describe.each(ofTheClient.map((rule) => [rule.code, rule] as const))('%s', (_code, rule) => {
  test('what must be true is a clause that every language has', () => {
    expect(Object.keys(TERMS)).toContain(rule.holds);
  });

  test('unseen, and taken on a statement, it is told in every language', () => {
    expectTranslated(unseen(rule, false, aSource()));
    expectTranslated(unseen(rule, true, aSource()));
  });
});

test('a place that is not served has its name in every language', () => {
  const { findings } = judge({
    ...{ subject: aSubject({ phoneNumber: '+989121234567' }), scope: 'preflight', now: NOW },
    ...{ source: aSource(), destination: aDestination(), rules: [COUNTRY_BARRED] },
  });
  expect(findings[0]?.text && renderedIn('pt-BR', findings[0].text)?.what).toContain('Irã');
});

test('a source where everything stays behind is told of it in every language', () => {
  const { findings } = judge({
    ...{ subject: aSubject(), scope: 'preflight', now: NOW, destination: aDestination() },
    source: aSource({
      number: aNumber({
        ...{ qualityRating: 'RED', isOfficialBusinessAccount: true, nameStatus: 'DECLINED' },
        conversationalComponents: ['ice breakers'],
      }),
      waba: aWaba({ commerceAccountId: '77' }),
    }),
  });
  const asked = findings.filter(({ party }) => party === 'client');
  expect(asked.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      'QUALITY_RATING_LOW',
      'OFFICIAL_BUSINESS_ACCOUNT',
      'CONVERSATIONAL_COMPONENTS_DO_NOT_MOVE',
      'MEDIA_MAY_NOT_MOVE',
    ]),
  );
  for (const finding of asked) expectTranslated(finding);
});
