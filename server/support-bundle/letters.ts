/**
 * Words to send when a source stalls (R23): to its provider in a language it reads, and to the platform that is to act on
 * it. They state facts and dates; whoever sends them signs.
 */
import type { Migration } from '../../shared/migration';
import type { SupportBundle } from '../../shared/support-bundle';
import { renderedIn } from '../../shared/texts';
import type { Locale } from '../../shared/texts/wording';

type Facts = Pick<SupportBundle, 'phoneNumber' | 'source' | 'destination' | 'cutover' | 'sourceRequests'>;
type Request = NonNullable<SupportBundle['sourceRequests']>[number];

const utc = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

const PROVIDER_LETTER: Readonly<Record<Locale, (facts: Facts, open: readonly string[]) => string[]>> = {
  en: ({ phoneNumber, source }, open) => [
    `To ${source.provider}: move of the WhatsApp number ${phoneNumber} (WABA ${source.wabaId}, business ${source.businessId})`,
    '',
    'We, the owner of this number, are moving it to another account of ours. We asked you for the following, and it is still open:',
    ...open,
    '',
    'Please switch two-step verification of this number off (WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification → Turn off), do not set it again, and do not delete or disconnect the number or its account. Please confirm in writing, with the time, also if invoices are open in your books, and which.',
    'WhatsApp’s rules for providers do not allow a provider to delay or hinder the removal of two-step verification or the move. If it is not done within one working day, we will hand this correspondence to Meta.',
  ],
  'pt-BR': ({ phoneNumber, source }, open) => [
    `A ${source.provider}: migração do número de WhatsApp ${phoneNumber} (WABA ${source.wabaId}, portfólio ${source.businessId})`,
    '',
    'Nós, titulares deste número, estamos migrando-o para outra conta nossa. Solicitamos o que segue, ainda pendente:',
    ...open,
    '',
    'Pedimos que desativem a confirmação em duas etapas deste número (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Confirmação em duas etapas → Desativar), que não a ativem de novo e que não excluam nem desconectem o número ou a conta. Confirmem por escrito, com o horário, e informem se constam faturas em aberto, e quais.',
    'As regras do WhatsApp para provedores não permitem atrasar nem dificultar a desativação da confirmação em duas etapas ou a migração. Se isso não for feito em um dia útil, encaminharemos esta correspondência à Meta.',
  ],
  es: ({ phoneNumber, source }, open) => [
    `A ${source.provider}: traslado del número de WhatsApp ${phoneNumber} (WABA ${source.wabaId}, portfolio ${source.businessId})`,
    '',
    'Como titulares de este número, lo estamos trasladando a otra cuenta nuestra. Les solicitamos lo siguiente, que sigue pendiente:',
    ...open,
    '',
    'Les pedimos que desactiven la verificación en dos pasos de este número (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Verificación en dos pasos → Desactivar), que no vuelvan a activarla y que no eliminen ni desconecten el número ni la cuenta. Confírmenlo por escrito, con la hora, e indiquen si constan facturas pendientes y cuáles.',
    'Las reglas de WhatsApp para proveedores no permiten retrasar ni obstaculizar la desactivación de la verificación en dos pasos ni el traslado. Si no se hace en un día hábil, remitiremos esta correspondencia a Meta.',
  ],
};

const remindedIn: Readonly<Record<Locale, (times: number) => string>> = {
  en: (times) => `reminders sent: ${String(times)}`,
  'pt-BR': (times) => `lembretes enviados: ${String(times)}`,
  es: (times) => `recordatorios enviados: ${String(times)}`,
};

const openRequests = ({ sourceRequests = [] }: Facts): Request[] =>
  sourceRequests.filter(({ status }) => status === 'open');

/** As the reader's language says it, where it is translated. */
const titleIn = ({ tasks }: Migration, locale: Locale, { taskId, title }: Request): string => {
  const text = tasks.find(({ id }) => id === taskId)?.text;
  return (text && renderedIn(locale, text)?.what) ?? title;
};

const line =
  (migration: Migration, locale: Locale) =>
  (request: Request): string => {
    const { askedAt, remindedAt } = request;
    return `- ${titleIn(migration, locale, request)} (${utc(askedAt)}; ${remindedIn[locale](remindedAt.length)})`;
  };

const platformLetter = (facts: Facts): string[] => {
  const { phoneNumber, source, destination, cutover, sourceRequests = [] } = facts;
  return [
    `A provider hinders a number migration: ${phoneNumber}`,
    '',
    `Source: ${source.provider}, WABA ${source.wabaId}, business ${source.businessId}, phone number id ${source.phoneNumberId ?? 'not known'}.`,
    `Destination: ${destination.provider}, WABA ${destination.wabaId ?? 'not made yet'}, business ${destination.businessId}.`,
    ...(cutover.notBefore === null ? [] : [`Agreed window: from ${utc(cutover.notBefore)}.`]),
    '',
    'The owner of the number asked its present provider for what only it can do:',
    ...sourceRequests.map(
      ({ title, askedAt, remindedAt, statements, status }) =>
        `- ${title}: asked ${utc(askedAt)}; reminded ${remindedAt.length === 0 ? 'not yet' : remindedAt.map(utc).join(', ')}; ${status}` +
        statements.map(({ at, by, statement }) => `; ${utc(at)} ${by}: “${statement}”`).join(''),
    ),
    '',
    'A provider must neither delay nor hinder the removal of two-step verification or the migration. Please have the provider act, or switch two-step verification off for the owner, whose admin will confirm the request.',
  ];
};

export const lettersOf = (
  migration: Migration,
  facts: Facts,
  locale: Locale,
): NonNullable<SupportBundle['letters']> => ({
  toProvider: PROVIDER_LETTER[locale](facts, openRequests(facts).map(line(migration, locale))).join('\n'),
  toPlatform: platformLetter(facts).join('\n'),
});
