/**
 * Words and clauses that stand inside a text as `{name|term}`, by their English form: what a rule asks whether, places,
 * kinds of lines, what is wrong with a web site. A term that is not listed stands as it is (a status of Meta, an address).
 */
import { both, PHRASES, type OtherForms } from './phrases';

/** What must be true, for rules that the client answers for. */
const CLAUSES = {
  'the destination account is reviewed, approved and live': both(
    'a conta de destino foi analisada, está aprovada e ativa',
    'la cuenta de destino está revisada, aprobada y activa',
  ),
  'nothing keeps the destination account from sending': both(
    'nada impede a conta de destino de enviar mensagens',
    'nada impide que la cuenta de destino envíe mensajes',
  ),
  'the number sends without limits of its own at the source': both(
    'o número envia sem limites próprios na origem',
    'el número envía sin límites propios en el origen',
  ),
  'the business is verified by Meta': both(
    'a empresa está verificada pela Meta',
    'el negocio está verificado por Meta',
  ),
  'no "Messaging for" request of the destination is open': both(
    'nenhum pedido "Mensagens para" do destino está em aberto',
    'no hay ninguna solicitud «Mensajes para» abierta en el destino',
  ),
  'the platform serves the country of the number and of the business': both(
    'a plataforma atende o país do número e da empresa',
    'la plataforma atiende el país del número y del negocio',
  ),
  'Meta has approved the government body': both(
    'a Meta aprovou o órgão público',
    'Meta ha aprobado el organismo público',
  ),
  'the destination has room for the templates of the source': both(
    'o destino tem espaço para os modelos da origem',
    'el destino tiene espacio para las plantillas del origen',
  ),
  'the portfolio of the destination may have another number': both(
    'o portfólio do destino pode ter mais um número',
    'el portfolio del destino puede tener otro número',
  ),
  'the display name is approved at the source': both(
    'o nome de exibição está aprovado na origem',
    'el nombre para mostrar está aprobado en el origen',
  ),
  'no change of the display name is pending': both(
    'não há alteração do nome de exibição pendente',
    'no hay ningún cambio del nombre para mostrar pendiente',
  ),
  'the number is given in the form its WhatsApp profile shows': both(
    'o número foi informado na forma que o perfil do WhatsApp mostra',
    'el número está indicado en la forma que muestra su perfil de WhatsApp',
  ),
  'the number is not on the same platform under another partner': both(
    'o número não está na mesma plataforma com outro parceiro',
    'el número no está en la misma plataforma con otro socio',
  ),
  'the payment attached to the destination account works': both(
    'o pagamento vinculado à conta de destino funciona',
    'el pago vinculado a la cuenta de destino funciona',
  ),
  'an admin of the owning portfolio takes part': both(
    'um administrador do portfólio dono do número participa',
    'participa un administrador del portfolio dueño del número',
  ),
  'a named person can take the code at this phone at a named time': both(
    'uma pessoa indicada pode receber o código neste telefone em horário combinado',
    'una persona indicada puede recibir el código en este teléfono a una hora acordada',
  ),
  'the code can reach this kind of line the way that was asked for': both(
    'o código chega a este tipo de linha pelo meio escolhido',
    'el código llega a este tipo de línea por el medio elegido',
  ),
  'the number is registered on the API at the source': both(
    'o número está registrado na API na origem',
    'el número está registrado en la API en el origen',
  ),
  'the number has not moved to another account meanwhile': both(
    'o número não foi para outra conta nesse meio-tempo',
    'el número no se ha trasladado entretanto a otra cuenta',
  ),
  'the number is not used in the WhatsApp Business app as well': both(
    'o número não é usado também no aplicativo WhatsApp Business',
    'el número no se usa también en la aplicación WhatsApp Business',
  ),
  'the number is not a test number of Meta': both(
    'o número não é um número de teste da Meta',
    'el número no es un número de prueba de Meta',
  ),
  'source and destination belong to the same business portfolio': both(
    'origem e destino pertencem ao mesmo portfólio empresarial',
    'origen y destino pertenecen al mismo portfolio comercial',
  ),
  'the quality rating of the number is high': both(
    'a classificação de qualidade do número é alta',
    'la calificación de calidad del número es alta',
  ),
  'it is known whether the number has an official badge': both(
    'se sabe se o número tem selo oficial',
    'se sabe si el número tiene una insignia oficial',
  ),
  'the destination account is young enough for its provider': both(
    'a conta de destino é recente o bastante para o provedor',
    'la cuenta de destino es lo bastante reciente para su proveedor',
  ),
  'the web site of the business is live, and its own': both(
    'o site da empresa está no ar e é dela',
    'el sitio web del negocio está en línea y es suyo',
  ),
  'nothing of worth stays behind at the source': both(
    'nada de valor fica na origem',
    'nada de valor se queda en el origen',
  ),
  'no catalogue hangs on the source account': both(
    'nenhum catálogo está vinculado à conta de origem',
    'no hay ningún catálogo vinculado a la cuenta de origen',
  ),
  'no uploaded media is needed after the move': both(
    'nenhuma mídia enviada é necessária depois da migração',
    'no hace falta ningún archivo subido después del traslado',
  ),
  'the source account has no flows': both(
    'a conta de origem não tem flows',
    'la cuenta de origen no tiene flujos',
  ),
  'the number has no QR codes or short links': both(
    'o número não tem códigos QR nem links curtos',
    'el número no tiene códigos QR ni enlaces cortos',
  ),
  'the number has no ice breakers, commands or welcome message': both(
    'o número não tem quebra-gelos, comandos nem mensagem de boas-vindas',
    'el número no tiene iniciadores de conversación, comandos ni mensaje de bienvenida',
  ),
  'the destination account has a payment method, or the request names a line of credit that can be attached':
    both(
      'a conta de destino tem forma de pagamento, ou o pedido indica uma linha de crédito que pode ser vinculada',
      'la cuenta de destino tiene método de pago, o la solicitud indica una línea de crédito que se puede vincular',
    ),
  'the business profile is empty': both('o perfil comercial está vazio', 'el perfil de empresa está vacío'),
} as const satisfies Readonly<Record<string, OtherForms>>;

/** A clause that stands in the text of a client's finding. */
export type Clause = keyof typeof CLAUSES;

const WORDS: Readonly<Record<string, OtherForms>> = {
  'the choice of the business portfolio': both(
    'escolha do portfólio empresarial',
    'elección del portfolio comercial',
  ),
  'the choice of the WhatsApp Business Account': both(
    'escolha da conta do WhatsApp Business',
    'elección de la cuenta de WhatsApp Business',
  ),
  'the business profile': both('perfil comercial', 'perfil de empresa'),
  'the entry of the phone number': both('informar o número de telefone', 'introducir el número de teléfono'),
  'the code by SMS or call': both('código por SMS ou ligação', 'código por SMS o llamada'),
  'the permissions': both('permissões', 'permisos'),
  'not known': PHRASES['not known'],
  yes: PHRASES.yes,
  no: PHRASES.no,
  new: PHRASES.new,
  'the same': PHRASES['the same'],
  'Meta does not tell': both('a Meta não informa', 'Meta no lo dice'),
  Crimea: both('Crimeia', 'Crimea'),
  Cuba: both('Cuba', 'Cuba'),
  Iran: both('Irã', 'Irán'),
  'North Korea': both('Coreia do Norte', 'Corea del Norte'),
  Syria: both('Síria', 'Siria'),
  Donetsk: both('Donetsk', 'Donetsk'),
  Luhansk: both('Luhansk', 'Lugansk'),
  'Donetsk or Luhansk': both('Donetsk ou Luhansk', 'Donetsk o Lugansk'),
  SMS: both('SMS', 'SMS'),
  'a call': both('ligação', 'llamada'),
  'fixed line': both('linha fixa', 'línea fija'),
  'toll free': both('ligação gratuita', 'llamada gratuita'),
  'premium rate': both('tarifa especial', 'tarificación adicional'),
  'shared cost': both('custo compartilhado', 'costo compartido'),
  uan: both('número único de empresa', 'número universal de empresa'),
  voicemail: both('caixa postal', 'buzón de voz'),
  'personal number': both('número pessoal', 'número personal'),
  pager: both('pager', 'buscapersonas'),
  'its name is not known to the internet’s name service': both(
    'o nome não existe no DNS da internet',
    'su nombre no existe en el DNS de internet',
  ),
  'its name leads to an address inside a private network, where nobody from outside can go': both(
    'o nome leva a um endereço de rede privada, inacessível de fora',
    'su nombre lleva a una dirección de una red privada, inaccesible desde fuera',
  ),
  'its server does not answer': both('o servidor não responde', 'su servidor no responde'),
  'its TLS certificate is not valid': both(
    'o certificado TLS não é válido',
    'su certificado TLS no es válido',
  ),
  'it leads to something that is no ordinary web address': both(
    'ele leva a algo que não é um endereço web comum',
    'lleva a algo que no es una dirección web corriente',
  ),
  'it leads from page to page without end': both(
    'ele redireciona de página em página sem fim',
    'redirige de página en página sin fin',
  ),
  'it answers with an error': both('ele responde com um erro', 'responde con un error'),
  'what it answers is no page': both('a resposta não é uma página', 'lo que responde no es una página'),
  'it did not answer in time': both('ele não respondeu a tempo', 'no respondió a tiempo'),
  'it does not let programs in': both('ele não deixa programas entrarem', 'no deja entrar a programas'),
  'the name service did not answer': both('o serviço DNS não respondeu', 'el servicio DNS no respondió'),
};

/** For the tests that hold the lists to what uses them. */
export const TERMS: Readonly<Record<string, OtherForms>> = { ...CLAUSES, ...WORDS };

export const termIn = (locale: 'en' | 'pt-BR' | 'es', term: string): string =>
  locale === 'en' ? term : (TERMS[term]?.[locale] ?? term);
