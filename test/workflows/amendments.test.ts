import { amendSchema, type StartRequestBody } from '../../shared/requests';
import { wabaIdSchema } from '../../shared/ids';
import { amendedRequest } from '../../workflows/number-migration/amendments';
import { invalidInPatch, invalidInResult } from '../../workflows/number-migration/invalid-fields';
import { openState, type MigrationState } from '../../workflows/number-migration/state';
import { changed } from '../../workflows/number-migration/transitions';
import { migrationInput, START } from './builders';

const business = {
  name: 'Padaria Sol',
  website: 'https://sol.example',
  contact: { email: 'maria@sol.example', locale: 'pt-BR' },
};
const credit = {
  payer: 'partner_credit' as const,
  creditLineId: '5001',
  currency: 'USD',
  credential: 'meta-system',
};
const card = { payer: 'client_card' as const };

const standing = (body: Partial<StartRequestBody>): MigrationState => openState(migrationInput(body));
const invalidFields = (state: MigrationState, patch: unknown): string[] =>
  invalidInPatch(state, amendSchema.parse(patch)).map(({ path }) => path.join('/'));

describe('a correction is a merge patch (RFC 7396): what is given takes the place of what stands, null takes it away', () => {
  const state = standing({ business, funding: credit });

  const after = (patch: object) => {
    expect(invalidFields(state, patch)).toEqual([]);
    return amendedRequest(state.request, amendSchema.parse(patch));
  };
  const { name, website, contact } = business;
  const { credential: _taken, ...byDestination } = credit;

  test.each([
    [{ name: 'Sol' }, { name: 'Sol', website, contact }],
    [{ website: 'https://new.example' }, { name, website: 'https://new.example', contact }],
    [{ website: null }, { name, contact }],
    [
      { contact: { email: null, name: 'Maria' } },
      { name, website, contact: { name: 'Maria', locale: 'pt-BR' } },
    ],
    [{ contact: null }, { name, website }],
    [null, undefined],
  ])('the business, %j', (patch, expected) => {
    expect(after({ business: patch })).toEqual({ ...state.request, business: expected });
  });

  test.each([
    [{ currency: 'EUR' }, { ...credit, currency: 'EUR' }],
    [
      { payer: 'partner_credit', creditLineId: '5002' },
      { ...credit, creditLineId: '5002' },
    ],
    [{ credential: null }, byDestination],
    [card, card],
    [{ ...card, creditLineId: null, currency: null }, card],
    [null, undefined],
  ])('the funding, %j', (patch, expected) => {
    expect(after({ funding: patch })).toEqual({ ...state.request, funding: expected });
  });

  test('of another payer nothing is left', () => {
    const byCard = standing({ funding: card });
    const patch = amendSchema.parse({
      funding: { payer: 'partner_credit', creditLineId: '5002', currency: 'EUR' },
    });
    expect(amendedRequest(byCard.request, patch).funding).toEqual({
      payer: 'partner_credit',
      creditLineId: '5002',
      currency: 'EUR',
    });
  });

  test('the client keeps its language when its business is only renamed', () => {
    const patch = amendSchema.parse({ business: { name: 'Sol' } });
    const by = { kind: 'api_key' as const, name: 'support' };
    expect(changed(state, 'amended', { patch, reason: '' }, by, START).migration.locale).toBe('pt-BR');
  });
});

describe('R25: the account of the source, corrected', () => {
  const by = { kind: 'api_key' as const, name: 'support' };
  const state = standing({});
  const seen: MigrationState = {
    ...state,
    migration: { ...state.migration, source: { ...state.migration.source, phoneNumberId: '3001' } },
  };
  const corrected = (patch: object) =>
    changed(seen, 'amended', { patch: amendSchema.parse(patch), reason: '' }, by, START);

  test('takes with it what was seen of the account before, and no more', () => {
    const after = corrected({ source: { wabaId: '2009' } });
    expect(after.request.source).toEqual({ ...state.request.source, wabaId: '2009' });
    expect(after.migration).toMatchObject({
      source: { wabaId: '2009', phoneNumberId: null },
      baseline: null,
    });
    const renewed = corrected({ source: { credential: 'fresh' } });
    expect(renewed.migration.source).toEqual(seen.migration.source);
  });

  test('is not the destination, also not the one of the same correction', () => {
    expect(invalidFields(state, { source: { wabaId: '2002' } })).toEqual(['source/wabaId']);
    const both = { source: { wabaId: '2009' }, destination: { wabaId: '2009' } };
    expect(invalidFields(state, both)).toEqual(['destination/wabaId']);
    expect(invalidFields(state, { source: { wabaId: '2002' }, destination: { wabaId: '2001' } })).toEqual([]);
  });
});

describe('what a correction leaves out, or says of another route or payer, is named at once', () => {
  const intent = {
    route: 'solution_intent' as const,
    destination: {
      provider: 'meta' as const,
      businessId: '1001',
      solutionId: '7001',
      credential: 'meta-destination',
    },
  };
  const source = '2001';

  test.each<[string, Partial<StartRequestBody>, object, string[]]>([
    ['a business without a name', {}, { business: { website: 'https://sol.example' } }, ['business/name']],
    [
      'half a credit line',
      { funding: card },
      { funding: { payer: 'partner_credit' } },
      ['funding/creditLineId', 'funding/currency'],
    ],
    ['a credit line taken away', {}, { funding: { creditLineId: null } }, ['funding/creditLineId']],
    ['a currency of a card', { funding: card }, { funding: { currency: 'EUR' } }, ['funding/currency']],
    [
      'funding without its payer',
      { funding: undefined },
      { funding: { currency: 'EUR' } },
      ['funding/payer'],
    ],
    [
      'an account on the route that makes one (meta §2.3)',
      intent,
      { destination: { wabaId: '2002' } },
      ['destination/wabaId'],
    ],
    ['an intent without its route', {}, { destination: { intentId: '1' } }, ['destination/intentId']],
    [
      'an intent, and out of its route',
      intent,
      { route: 'programmatic', destination: { intentId: '1' } },
      ['destination/intentId'],
    ],
    [
      'an account, and out of the intent: taken',
      intent,
      { route: 'programmatic', destination: { wabaId: '2002' } },
      [],
    ],
    [
      'the source as the destination, beside a business without a name',
      {},
      { destination: { wabaId: source }, business: { contact: { name: 'Maria' } } },
      ['destination/wabaId', 'business/name'],
    ],
  ])('%s', (_what, body, patch, expected) => {
    expect(invalidFields(standing(body), patch)).toEqual(expected);
  });

  test.each([
    ['finished with the source: refused', 'programmatic', { event: 'FINISH', wabaId: source }, ['wabaId']],
    ['without its event: refused too', 'embedded_signup', { wabaId: source }, ['wabaId']],
    ['finished with another account: taken', 'programmatic', { event: 'FINISH', wabaId: '2002' }, []],
    ['left, whatever account was shown: taken', 'programmatic', { event: 'CANCEL', wabaId: source }, []],
    [
      'in the Business app, which is of no use anyway (P-17): taken, so that the client is told',
      'embedded_signup',
      { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', wabaId: source },
      [],
    ],
  ] as const)('a popup %s', (_what, route, result, expected) => {
    const message = {
      messageId: 'm',
      actor: { kind: 'api_key' as const, name: 'backend' },
      at: START,
      sessionId: 'lnk_0123',
      ...result,
      wabaId: wabaIdSchema.parse(result.wabaId),
    };
    expect(invalidInResult(standing({ route }), message).map(({ path }) => path.join('/'))).toEqual(expected);
  });
});
