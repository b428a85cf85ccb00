/**
 * Whether a statement names a person and an hour, as R19 and P-7 want it: "Ana Souza, 20:00–22:00 America/Sao_Paulo". It
 * says what is missing, and does not judge who it is. A person is a word that is written like a name, or what stands
 * before the first comma; an hour is one on the clock, because the code expires within minutes and a part of the day keeps
 * nobody at the phone. English, Portuguese and Spanish; pure.
 */

const MONTHS =
  'january|february|march|april|may|june|july|august|september|october|november|december|' +
  'janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|' +
  'enero|febrero|marzo|mayo|junio|julio|septiembre|octubre|noviembre|diciembre';

/** A date is no hour: 23/11, 23.11.2026, 2026-11-23, 23 de novembro, 9 to 11 November. */
const DATE = new RegExp(
  String.raw`(?<!\d)\d{1,2}(º|ª|st|nd|rd|th)?(\s*(a|e|y|to|and|-|–)\s*\d{1,2})?\s*(de\s+|of\s+)?(${MONTHS})(?!\p{L})` +
    String.raw`|(?<!\d)\d{4}-\d\d-\d\d|(?<!\d)\d{1,2}/\d{1,2}(/\d{2,4})?|(?<!\d)\d{1,2}([.-])\d{1,2}\7\d{2,4}`,
  'giu',
);

/** A zone of time has a place’s name in it, and an offset looks like an hour. */
const ZONE = new RegExp(
  String.raw`\b(Africa|America|Antarctica|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)/[\w/+-]+` +
    String.raw`|(?<=[\s(]|GMT|UTC)[+−-]\d\d:?\d\d(?!\d)` +
    String.raw`|(hor[aá]rio|hora|fuso|zona)\s+((hor[aá]ri[oa]|oficial)\s+)?(de|do|da|del)\s+(la\s+|el\s+)?\p{L}+(\s+(de\s+)?\p{Lu}\p{L}*)*` +
    String.raw`|(São Paulo|Sao Paulo|Rio de Janeiro|Buenos Aires|Ciudad de México|Mexico City|New York)`,
  'gu',
);

const HOUR = String.raw`(?<!\d)([01]?\d|2[0-4])`;
const NOT_COUNTED = String.raw`(?!\d|\s*(%|people|pessoas|personas))`;
const TIMES: readonly RegExp[] = [
  // 20:00, 20h, 14hs, 8 pm, 14 horas
  new RegExp(
    String.raw`${HOUR}\s*([:.h]\s*[0-5]\d|h(r?s?|oras?)?(?!\p{L})|\s?[ap]\.?m(?!\p{L})|\s?o['’]clock|\s?uhr(?!\p{L}))`,
    'iu',
  ),
  // at 9, às 9, a las 9, from 9, das 9
  new RegExp(
    String.raw`(?<!\p{L})(at|from|between|until|till|à|às|as|das|entre|até|a\s+la|a\s+las|las|hasta|um)\s+${HOUR}${NOT_COUNTED}`,
    'iu',
  ),
  // 9 to 11, de 9 a 11
  new RegExp(String.raw`${HOUR}\s*(a|às|to|-|–)\s*(las\s+)?([01]?\d|2[0-4])${NOT_COUNTED}`, 'iu'),
  // 3 da tarde, 9 de la mañana, 9 in the morning
  new RegExp(
    String.raw`${HOUR}\s+(da|de la|in the)\s+(manhã|tarde|noite|mañana|noche|morning|afternoon|evening)`,
    'iu',
  ),
  /(?<!\p{L})(meio[- ]dia|meia[- ]noite|mediod[ií]a|medianoche|noon|midday|midnight)(?!\p{L})/iu,
];

/** No one’s name, though it is written with a capital letter or stands where one is expected. */
const NOBODY = new Set(
  (
    'somebody someone anybody anyone nobody everyone person people client customer we our my your they he she it at on ' +
    'from between until yes no ok okay done sure fine agreed confirmed will can is are be call please here available ' +
    'phone telephone number code sms whatsapp meta time timezone reception team staff office owner manager ' +
    'alguém ninguém pessoa pessoas cliente nós eu ele ela eles minha meu nossa nosso às das até sim não certo combinado ' +
    'pronto feito beleza tudo bem pode podem estarei estaremos estará atende atendo vou vamos vai liguem ligar aqui ' +
    'qualquer telefone número código horário fuso recepção equipe loja empresa gerente dono dona ' +
    'alguien nadie persona personas nosotros yo él ella ellos mi nuestra nuestro desde entre hasta sí claro vale hecho ' +
    'listo lista puede pueden estaré estaremos estará contesta voy vamos llamen llamar aquí cualquier teléfono hora ' +
    'zona recepción equipo tienda oficina dueño dueña encargado encargada ' +
    'monday tuesday wednesday thursday friday saturday sunday today tomorrow morning afternoon evening ' +
    'segunda terça quarta quinta sexta sábado domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira ' +
    'hoje amanhã manhã tarde noite lunes martes miércoles jueves viernes hoy mañana noche ' +
    'brasília brasil brazil portugal españa spain méxico mexico colombia argentina chile perú ' +
    MONTHS.replaceAll('|', ' ')
  ).split(' '),
);
const ARTICLES = new Set(['o', 'a', 'os', 'as', 'el', 'la', 'los', 'las', 'the']);
const isNobody = (word: string): boolean =>
  NOBODY.has(word.toLowerCase()) || ARTICLES.has(word.toLowerCase());

const NAME = /(?<![\p{L}\d])\p{Lu}[\p{L}’'-]*\p{Ll}[\p{L}’'-]*/gu;
const WORD = /^\p{L}[\p{L}’'-]+\.?$/u;
/** Name, family name, and what stands between them. */
const LONGEST_NAME = 4;

/** "maria, segunda 14h": written in a hurry, and a name all the same. */
const beginsWithName = (said: string): boolean => {
  const [first = ''] = said.split(/[,;:(–—]|\s-\s|\d/u, 1);
  const [article = '', ...others] = first.trim().split(/\s+/u);
  const words = ARTICLES.has(article.toLowerCase()) ? others : [article, ...others];
  return (
    words.length > 0 &&
    words.length <= LONGEST_NAME &&
    words.every((word) => WORD.test(word) && !isNobody(word))
  );
};

const namesPerson = (statement: string): boolean => {
  const said = statement.replace(ZONE, ' ');
  return [...said.matchAll(NAME)].some(([word]) => !isNobody(word)) || beginsWithName(said);
};

const namesTime = (statement: string): boolean => {
  const said = statement.replace(DATE, ' ').replace(ZONE, ' ');
  return TIMES.some((time) => time.test(said));
};

export const MISSING_IN_STATEMENT = ['person', 'time', 'both'] as const;
export type MissingInStatement = (typeof MISSING_IN_STATEMENT)[number];

/** What is missing in the statement; null: nothing. */
export const missingIn = (statement: string): MissingInStatement | null => {
  const person = namesPerson(statement);
  const time = namesTime(statement);
  if (person && time) return null;
  return person ? 'time' : time ? 'person' : 'both';
};
