import { TEXTS, findingText, renderedIn, taskText } from '../../shared/texts';
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
      expect([locale, text[locale] === text.en || text[locale].how !== text.en.how]).toEqual([locale, true]);
    }
  });

  test('is kept in English with its key, and rendered again in the language of the reader', () => {
    const { title, text } = taskText('create_destination_waba', { name: 'Padaria Sol' });
    expect(title).toContain('"Padaria Sol"');
    expect(renderedIn('pt-BR', text)?.what).toContain('Crie a conta do WhatsApp Business "Padaria Sol"');
    expect(renderedIn('es', text)?.what).toContain('«Padaria Sol»');
    expect(findingText('DISPLAY_NAME_NOT_APPROVED', { status: 'DECLINED' }).message).toContain('DECLINED');
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
