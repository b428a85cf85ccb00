import { TEXTS, findingText, known, problemText, renderedIn, taskText } from '../../shared/texts';
import type { ClientsRule } from '../../activities/eligibility/rule';
import { rows, type CatalogueRow } from '../../platforms/meta/catalogue/row';
import type { Check } from '../../activities/contract';
import type { AddressedFinding, AddressedLeftover, AddressedPlannedTask } from '../../shared/texts/addressed';
import { PHRASES } from '../../shared/texts/phrases';
import { asIs, inWords, saidIn, shownAs } from '../../shared/texts/shown';
import type { TaskSpec } from '../../workflows/number-migration/changes';
import { LOCALES, localeFor, PLACEHOLDER, type Wording } from '../../shared/texts/wording';

const parameters = ({ what, how }: Wording): string[] =>
  [...new Set(Array.from(`${what} ${how}`.matchAll(PLACEHOLDER), ([whole]) => whole))].sort();

describe('what a client reads', () => {
  test.each(Object.entries(TEXTS))('%s says the same in every language', (_key, text) => {
    for (const locale of LOCALES) {
      expect([locale, parameters(text[locale])]).toEqual([locale, parameters(text.en)]);
      expect([locale, /[{}]/.test(text[locale].what.replace(PLACEHOLDER, ''))]).toEqual([locale, false]);
      expect(text[locale].what.trim()).not.toBe('');
      expect(text[locale].how.trim()).not.toBe('');
      const isListOnly = text.en.how === '{parts}';
      expect([locale, locale === 'en' || isListOnly || text[locale].how !== text.en.how]).toEqual([
        locale,
        true,
      ]);
    }
  });

  test('is kept in English with its key, and rendered again in the language of the reader', () => {
    const { title, text } = taskText('create_destination_waba', { name: 'Padaria Sol' });
    expect(title).toContain('"Padaria Sol"');
    expect(renderedIn('pt-BR', text)?.what).toContain('Crie a conta do WhatsApp Business "Padaria Sol"');
    expect(renderedIn('es', text)?.what).toContain('«Padaria Sol»');
    expect(findingText('DISPLAY_NAME_NOT_APPROVED', { status: 'DECLINED' }).message).toContain('DECLINED');
  });

  test('cannot be said to a client in English alone: it does not compile', () => {
    const task: Omit<TaskSpec, 'party' | 'text'> = {
      ...{ kind: 'ramp_up', requirement: null, blocking: false, dueAt: null },
      ...{ step: 'billing', title: 'Do this', howTo: 'Like that.' },
    };
    const finding: Omit<AddressedFinding, 'party' | 'text'> = {
      ...{ requirement: 'R5', code: 'IT', severity: 'info', message: 'It is so.', remedy: 'Do that.' },
      ...{ checkedAt: '', expiresAt: '', evidence: {} },
    };
    const rule: Omit<ClientsRule, 'party' | 'holds' | 'applies'> = {
      ...{ code: 'IT', requirement: 'R5', scopes: [], severity: 'info', about: 'source', freshnessMs: 1 },
    };
    const row: Omit<CatalogueRow, 'party' | 'code'> = {
      ...{ matches: [], class: 'permanent', title: 'It is so', remedy: 'Do that.', source: 'here' },
    };
    // @ts-expect-error a client's task has a text
    const toClient: TaskSpec = { ...task, party: 'client' };
    // @ts-expect-error and one that there is
    const unknownText: TaskSpec = { ...task, party: 'client', text: { key: 'no_such_text', params: {} } };
    const toOperator: TaskSpec = { ...task, party: 'operator' };
    // @ts-expect-error so has its finding
    const found: AddressedFinding = { ...finding, party: 'client' };
    const words = { message: 'It is so.', remedy: 'Do that.', evidence: {} };
    const holds = 'the business profile is empty';
    // @ts-expect-error and what its rule says
    const judged: ClientsRule = { ...rule, party: 'client', holds, applies: () => words };
    const { text } = findingText('TEST_NUMBER', {});
    const applies = () => ({ ...words, text });
    // @ts-expect-error and what must be true, which stands in a text
    const clause: ClientsRule = { ...rule, party: 'client', holds: 'all is well', applies };
    const whole: ClientsRule = { ...rule, party: 'client', holds, applies };
    const catalogue = rows(
      { ...row, code: 'ONLY_IN_ENGLISH', party: 'operator' },
      // @ts-expect-error a problem of the client's has its words in every language
      { ...row, code: 'ONLY_IN_ENGLISH', party: 'client' },
    );
    const planned: Omit<AddressedPlannedTask, 'party' | 'text'> = {
      ...{ kind: 'it', requirement: null, blocking: false, step: 'billing', title: 'Do this', howTo: '' },
    };
    const left: Omit<AddressedLeftover, 'party' | 'text'> = {
      ...{ kind: 'credit_line', detail: 'it', removableBy: 'you' },
    };
    // @ts-expect-error a task that is planned for the client, too
    const ofThePlan: AddressedPlannedTask = { ...planned, party: 'client' };
    // @ts-expect-error and what is left in its accounts
    const leftThere: AddressedLeftover = { ...left, party: 'client' };
    // @ts-expect-error of what a check expected and saw is said which are words
    const check: Check = {
      name: 'it',
      expected: 'yes',
      observed: 'no',
      ok: false,
      required: false,
      remedy: '',
      text,
    };
    const all = [toClient, unknownText, toOperator, found, judged, clause, whole, catalogue];
    expect([...all, ofThePlan, leftThere, check]).toHaveLength(11);
  });

  test('what stands in a list is said once, in the language of the reader', () => {
    const parts = [known('check.payment', {}), known('check.template.pending', { template: 'a/pt_BR' })];
    const { title, howTo, text } = taskText('number_not_accepted', {}, [
      ...parts,
      known('check.payment', {}),
    ]);
    expect(title).toContain('no payment is attached to the destination account; template a/pt_BR');
    expect(howTo.match(/Add a payment method/g)).toHaveLength(1);
    const said = renderedIn('pt-BR', text);
    expect(said?.what).toMatch(/^Ainda não aceito: não há forma de pagamento na conta de destino; o modelo/);
    expect(renderedIn('es', { ...text, parts: [{ key: 'of_another_version', params: {} }] })).toBeNull();
  });

  test('a problem that has no words in other languages is framed in the language of the client', () => {
    const problem = { code: 'BRAND_NEW', party: 'client', title: 'It fails', remedy: 'Ask.' } as const;
    const { title, text } = problemText(problem);
    expect(title).toBe('It fails');
    expect(renderedIn('pt-BR', text)?.what).toContain('depende de você: It fails');
  });

  test('a problem of the catalogue is told to a client in words of its own, to everybody else in those of the catalogue', () => {
    const problem = {
      code: 'PAYMENT_METHOD_MISSING',
      title: 'There is no payment',
      remedy: 'Attach the credit line, or let the client add a card.',
    };
    const toClient = problemText({ ...problem, party: 'client' });
    expect(toClient.howTo).toContain('Add a card to the destination account (Business settings → Accounts');
    expect(renderedIn('pt-BR', toClient.text)?.how).toContain('Adicione um cartão à conta de destino');
    const toOperator = problemText({ ...problem, party: 'operator' });
    expect(toOperator).toMatchObject({ title: problem.title, howTo: problem.remedy });
    expect(renderedIn('pt-BR', toOperator.text)?.how).toContain(problem.remedy);
  });

  test('stands as it was kept when its key is of another version', () => {
    expect(renderedIn('es', { key: 'of_another_version', params: {} })).toBeNull();
  });

  test.each([
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['es-MX', 'es'],
    ['fr-FR', 'en'],
    [undefined, 'en'],
  ])('a contact of the locale %s is served in %s', (locale, served) => {
    expect(localeFor(locale)).toBe(served);
  });
});

describe('what a check expected and saw', () => {
  test.each(Object.entries(PHRASES))('“%s” says the same in every language', (english, others) => {
    const names = (said: string) => Array.from(said.matchAll(PLACEHOLDER), ([whole]) => whole).sort();
    for (const said of Object.values(others)) expect(names(said)).toEqual(names(english));
  });

  test('is kept in English, and words of ours are said in the language of the reader; what Meta writes is not', () => {
    const seen = shownAs(
      asIs('CONNECTED'),
      inWords('{rating|term}; it returns within 24 hours ({at})', { rating: 'not known', at: 'noon' }),
    );
    expect(seen).toMatchObject({
      expected: 'CONNECTED',
      observed: 'not known; it returns within 24 hours (noon)',
    });
    expect({ ...seen, ...saidIn('pt-BR', seen.said) }).toMatchObject({
      ...{ expected: 'CONNECTED', observed: 'não informado; volta em até 24 horas (noon)' },
    });
    expect(saidIn('en', seen.said)).toEqual({});
    expect(saidIn('es', { observed: { phrase: 'of another version', params: {} } })).toEqual({});
  });
});
