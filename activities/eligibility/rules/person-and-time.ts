/**
 * Whether a statement names a person and a time, as R19 and P-7 want it: "Ana Souza, 20:00–22:00 America/Sao_Paulo". It
 * says what is missing, and does not judge who it is: a name is a word that is written like one and is not a word for
 * anybody, a day, a month or a place of time. Pure.
 */

/** 20:00, 20h, 8 pm, 14 horas, às 9. */
const TIME =
  /(?<!\d)([01]?\d|2[0-4])\s*([:.h]\s*[0-5]\d|h(rs?|oras?)?\b|\s?[ap]\.?m\b|\s?o['’]clock|\s?uhr\b|\s+horas?\b)/iu;
const AT_HOUR = /(?<!\p{L})(at|às|as|a\s+las|um)\s+([01]?\d|2[0-4])(?!\d|\s*(%|people|pessoas|personas))/iu;

/** Written with a capital letter, and no one’s name. */
const NOBODY = new Set(
  (
    'somebody someone anybody anyone nobody everyone person people the the client customer we our they he she it at on ' +
    'from between until yes ok done phone telephone number code sms ' +
    'alguém ninguém pessoa pessoas o a os as cliente nós ele ela eles às das entre até sim telefone número código ' +
    'alguien nadie persona personas el la los las nosotros él ella ellos desde entre hasta sí teléfono ' +
    'monday tuesday wednesday thursday friday saturday sunday today tomorrow ' +
    'segunda terça quarta quinta sexta sábado domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira hoje amanhã ' +
    'lunes martes miércoles jueves viernes hoy mañana ' +
    'january february march april may june july august september october november december ' +
    'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro ' +
    'enero febrero marzo mayo junio julio septiembre octubre noviembre diciembre'
  ).split(' '),
);

/** The zone of a time has a city’s name in it. */
const ZONE = /\b(Africa|America|Antarctica|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)\/[\w/+-]+/g;
const NAME = /(?<![\p{L}\d])\p{Lu}[\p{L}’'-]*\p{Ll}[\p{L}’'-]*/gu;

const namesPerson = (statement: string): boolean =>
  [...statement.replace(ZONE, ' ').matchAll(NAME)].some(([word]) => !NOBODY.has(word.toLowerCase()));

const namesTime = (statement: string): boolean => TIME.test(statement) || AT_HOUR.test(statement);

/** What is missing in the statement. */
export const missingIn = (statement: string): 'person' | 'time' | 'both' | null => {
  const person = namesPerson(statement);
  const time = namesTime(statement);
  if (person && time) return null;
  return person ? 'time' : time ? 'person' : 'both';
};
