import { CATALOGUE } from '../../platforms/meta/catalogue';
import { TEXTS } from '../../shared/texts';
import { PROBLEM_TEXTS } from '../../shared/texts/problems';
import { LOCALES, type Translated } from '../../shared/texts/wording';

const said: Readonly<Record<string, Partial<Translated>>> = PROBLEM_TEXTS;
const ofClients = CATALOGUE.filter(({ party }) => party === 'client').map(({ code }) => code);

test('nothing is translated that the catalogue does not know', () => {
  const known = CATALOGUE.map(({ code }) => code);
  expect(Object.keys(PROBLEM_TEXTS).filter((code) => !known.includes(code))).toEqual([]);
});

/** What an operator is told: of the client as somebody else, and in the words of the API. */
const TO_THE_OPERATOR =
  /\b[Tt]he client\b|\b([Rr]etry|[Aa]mend)\b|\b(GET|POST|PATCH|DELETE) |\bdestination\.\w|\b[Oo] cliente\b|\b[Ee]l cliente\b/;

test.each(ofClients)('%s has words of its own for the client in every language, English too', (code) => {
  for (const locale of LOCALES) {
    const words = said[code]?.[locale];
    expect([locale, words?.what ?? '', words?.how ?? '']).not.toContain('');
    expect([locale, `${words?.what ?? ''} ${words?.how ?? ''}`]).not.toEqual([
      locale,
      expect.stringMatching(TO_THE_OPERATOR),
    ]);
  }
});

/** The names on Meta’s pages, as each language has them. */
const MENU: readonly Record<(typeof LOCALES)[number], string>[] = [
  { en: 'WhatsApp Manager', 'pt-BR': 'Gerenciador do WhatsApp', es: 'Administrador de WhatsApp' },
  { en: 'Account tools', 'pt-BR': 'Ferramentas da conta', es: 'Herramientas de la cuenta' },
  { en: 'Phone numbers', 'pt-BR': 'Números de telefone', es: 'Números de teléfono' },
  { en: 'Two-step verification', 'pt-BR': 'Confirmação em duas etapas', es: 'Verificación en dos pasos' },
  { en: 'Message templates', 'pt-BR': 'Modelos de mensagem', es: 'Plantillas de mensajes' },
  { en: 'Business settings', 'pt-BR': 'Configurações do negócio', es: 'Configuración del negocio' },
  { en: 'Business info', 'pt-BR': 'Informações do negócio', es: 'Información del negocio' },
  { en: 'Security Centre', 'pt-BR': 'Central de Segurança', es: 'Centro de seguridad' },
  { en: 'WhatsApp accounts', 'pt-BR': 'Contas do WhatsApp', es: 'Cuentas de WhatsApp' },
  { en: 'Payment settings', 'pt-BR': 'Configurações de pagamento', es: 'Configuración de pagos' },
  { en: 'Requests', 'pt-BR': 'Solicitações', es: 'Solicitudes' },
  { en: 'Received', 'pt-BR': 'Recebidas', es: 'Recibidas' },
  { en: 'Flows', 'pt-BR': 'Flows', es: 'Flujos' },
  { en: 'Automations', 'pt-BR': 'Automações', es: 'Automatizaciones' },
  { en: 'Message links', 'pt-BR': 'Links de mensagem', es: 'Enlaces de mensaje' },
];

const timesIn = (words: string, part: string): number => words.split(part).length - 1;

/** The steps of the ways through menus, in the order of `MENU`: each name with the arrows before and after it, and all arrows. */
const waysIn = (text: Partial<Translated>, locale: (typeof LOCALES)[number]): number[] => {
  const words = `${text[locale]?.what ?? ''} ${text[locale]?.how ?? ''}`;
  const named = MENU.flatMap((menu) => [`→ ${menu[locale]}`, `${menu[locale]} →`]);
  return ['→', ...named].map((part) => timesIn(words, part));
};

const ofProblems = Object.entries(said).map(([code, text]) => [`problem.${code}`, text] as const);

test.each([...Object.entries(TEXTS), ...ofProblems])(
  '%s names the same ways through menus in every language',
  (_key, text) => {
    for (const locale of LOCALES)
      expect([locale, waysIn(text, locale)]).toEqual([locale, waysIn(text, 'en')]);
    // meta §1.2: the numbers stand under the account tools, the requests that came under “received”.
    const english = `${text.en?.what ?? ''} ${text.en?.how ?? ''}`;
    expect(timesIn(english, '→ Phone numbers')).toBe(timesIn(english, 'Account tools → Phone numbers'));
    expect(timesIn(english, '→ Requests')).toBe(timesIn(english, '→ Requests → Received'));
  },
);
