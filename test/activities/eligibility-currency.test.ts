/** In which currency a line of credit is attached (R16, meta §3.1, §5.1), as a table. */
import { judge } from '../../activities/eligibility/judge';
import { eligibilitySettings } from '../../shared/eligibility-settings';
import type { StartRequestBody } from '../../shared/requests';
import { aDestination, aSource, aSubject, aWaba, NOW, unusual } from './eligibility-builders';

const lineIn = (currency: string): StartRequestBody['funding'] => ({
  ...{ payer: 'partner_credit', creditLineId: '5001', currency },
});

interface Case {
  account: string | null;
  funding: StartRequestBody['funding'];
  attached?: { ours: boolean };
  known?: string[];
}

const told = ({ account, funding, attached, known }: Case): string[] => {
  const primaryFundingId = attached === undefined ? null : '9';
  const waba = aWaba({ templateCount: 0, currency: account, primaryFundingId });
  const { findings } = judge({
    ...{ subject: aSubject({ funding }), scope: 'preflight', now: NOW, source: aSource() },
    destination: aDestination({ waba, ...(attached ? { fundingIsOurs: attached.ours } : {}) }),
    settings: eligibilitySettings.parse(known === undefined ? {} : { creditLineCurrencies: known }),
  });
  return unusual(findings)
    .map(({ code, severity, party }) => `${severity} ${code} ${party}`)
    .filter((finding) => finding.includes('CURRENCY'));
};

test.each<[string, Case, string[]]>([
  ['the same currency', { account: 'USD', funding: lineIn('USD') }, []],
  [
    'another currency, nothing attached yet',
    { account: 'BRL', funding: lineIn('USD') },
    ['warning FUNDING_CURRENCY_DIFFERS operator'],
  ],
  [
    'the line of the request attached in another currency, frozen',
    { account: 'BRL', funding: lineIn('USD'), attached: { ours: true } },
    ['blocker FUNDING_CURRENCY_DIFFERS operator'],
  ],
  [
    'somebody else’s payment, which has a finding of its own',
    { account: 'BRL', funding: lineIn('USD'), attached: { ours: false } },
    [],
  ],
  ['an account that shows no currency', { account: null, funding: lineIn('USD') }, []],
  ['a card', { account: 'BRL', funding: { payer: 'client_card' }, attached: { ours: false } }, []],
  [
    'a currency in which no line is known to be billed',
    { account: 'CHF', funding: lineIn('CHF') },
    ['warning FUNDING_CURRENCY_UNKNOWN operator'],
  ],
  ['a currency that a deployment knows of', { account: 'CHF', funding: lineIn('CHF'), known: ['CHF'] }, []],
])('R16: %s', (_name, given, expected) => {
  expect(told(given)).toEqual(expected);
});
