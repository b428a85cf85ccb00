/**
 * Words and short sentences that stand as `expected` or `observed` in a check, by their English form; what Meta writes (a
 * status, a rating), an id, a figure or a name is none of these and stands as it is. `{name}` is a parameter,
 * `{name|term}` a term.
 */
export type OtherForms = Readonly<Record<'pt-BR' | 'es', string>>;

export const both = (ptBR: string, es: string): OtherForms => ({ 'pt-BR': ptBR, es });

export const PHRASES = {
  yes: both('sim', 'sí'),
  no: both('não', 'no'),
  'not known': both('não informado', 'desconocido'),
  'set by a person': both('definido por uma pessoa', 'definido por una persona'),
  new: both('novo', 'nuevo'),
  'the same': both('o mesmo', 'el mismo'),
  'new, or the same': both('novo ou o mesmo', 'nuevo o el mismo'),
  'yes, to {host}': both('sim, para {host}', 'sí, a {host}'),
  '{rating|term}; it returns within 24 hours ({at})': both(
    '{rating|term}; volta em até 24 horas ({at})',
    '{rating|term}; vuelve en un máximo de 24 horas ({at})',
  ),
  empty: both('vazio', 'vacío'),
  'all there': both('está completo', 'está completo'),
  'not as it was: {fields}': both('diferente de antes: {fields}', 'distinto de antes: {fields}'),
  attached: both('vinculada', 'vinculado'),
  none: both('nenhuma', 'ninguno'),
  observed: both('observada', 'observado'),
  'told when observed': both('informada quando for observada', 'se informa cuando se observa'),
  'not observed yet': both('ainda não observada', 'todavía no observado'),
  'less than {percent} %': both('menos de {percent} %', 'menos de {percent} %'),
  '{failed} of about {messages} ({codes})': both(
    '{failed} de cerca de {messages} ({codes})',
    '{failed} de unos {messages} ({codes})',
  ),
  '{failed} of about {messages} ({codes}); since the move about {total}: {taken} sent, {delivered} delivered, {read} read, {failures} failed':
    both(
      '{failed} de cerca de {messages} ({codes}); desde a migração cerca de {total}: {taken} enviadas, {delivered} entregues, {read} lidas, {failures} com falha',
      '{failed} de unos {messages} ({codes}); desde la migración unos {total}: {taken} enviados, {delivered} entregados, {read} leídos, {failures} fallidos',
    ),
  'none; since the move about {total} messages: {taken} sent, {delivered} delivered, {read} read, {failures} failed':
    both(
      'nenhuma; desde a migração cerca de {total} mensagens: {taken} enviadas, {delivered} entregues, {read} lidas, {failures} com falha',
      'ninguno; desde la migración unos {total} mensajes: {taken} enviados, {delivered} entregados, {read} leídos, {failures} fallidos',
    ),
  missing: both('ausente', 'ausente'),
  'none turned down': both('nenhum recusado', 'ninguna rechazada'),
  'turned down: {names}': both('recusados: {names}', 'rechazadas: {names}'),
  'as at the source': both('como na origem', 'como en el origen'),
  '{count} of {arrived} have another category, which is priced differently': both(
    '{count} de {arrived} têm outra categoria, com outro preço',
    '{count} de {arrived} tienen otra categoría, con otro precio',
  ),
  'all that were approved at the source': both(
    'todos os que estavam aprovados na origem',
    'todas las que estaban aprobadas en el origen',
  ),
  'the required ones': both('os obrigatórios', 'las obligatorias'),
  approved: both('aprovados', 'aprobadas'),
  'not approved: {count} ({templates})': both(
    'não aprovados: {count} ({templates})',
    'no aprobadas: {count} ({templates})',
  ),
  'where Meta keeps it by default': both('no local padrão da Meta', 'en el lugar predeterminado de Meta'),
  live: both('no ar', 'en línea'),
  'live, without TLS (https)': both('no ar, sem TLS (https)', 'en línea, sin TLS (https)'),
  'not in use ({detail})': both('não está em uso ({detail})', 'no está en uso ({detail})'),
  'not to be opened ({detail})': both('não abre ({detail})', 'no se puede abrir ({detail})'),
  'not to be seen by a program ({detail})': both(
    'não pode ser visto por um programa ({detail})',
    'un programa no puede verlo ({detail})',
  ),
} as const satisfies Readonly<Record<string, OtherForms>>;

export type Phrase = keyof typeof PHRASES;
