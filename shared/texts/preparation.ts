/** What is prepared before the cut-over (360dialog §1, §8). */
import type { Texts } from './wording';

export const PREPARATION_TEXTS = {
  settle_open_invoices: {
    en: {
      what: 'Settle the open invoices of {provider}',
      how: 'Pay what is due at {provider} and have it confirmed in writing (“no invoice of ours is open”): a provider may leave requests of an account with open invoices unanswered, also that for switching two-step verification off. Report this task done with the date of the confirmation.',
    },
    'pt-BR': {
      what: 'Quite as faturas em aberto de {provider}',
      how: 'Pague o que deve a {provider} e peça a confirmação por escrito (“não há faturas em aberto em nosso nome”): o provedor pode não atender pedidos de uma conta com faturas em aberto, inclusive o de desativar a confirmação em duas etapas. Conclua esta tarefa informando a data da confirmação.',
    },
    es: {
      what: 'Pague las facturas pendientes de {provider}',
      how: 'Pague lo que deba a {provider} y pida la confirmación por escrito («no hay facturas pendientes a nuestro nombre»): un proveedor puede no atender las solicitudes de una cuenta con facturas pendientes, incluida la de desactivar la verificación en dos pasos. Dé la tarea por hecha indicando la fecha de la confirmación.',
    },
  },
  keep_source_subscription: {
    en: {
      what: 'Do not cancel anything at {provider} yet',
      how: 'Check that no cancellation is under way and that the contract does not end by itself before the move. Cancelled too early, the number may be lost; messages on their way are still delivered and billed there. A task tells you when to cancel. Never delete the number.',
    },
    'pt-BR': {
      what: 'Ainda não cancele nada em {provider}',
      how: 'Confira que não há cancelamento em andamento e que o contrato não termina sozinho antes da migração. Se cancelar cedo demais, pode perder o número; as mensagens a caminho ainda são entregues e cobradas lá. Uma tarefa avisará quando cancelar. Nunca exclua o número.',
    },
    es: {
      what: 'No cancele todavía nada en {provider}',
      how: 'Compruebe que no haya ninguna baja en curso y que el contrato no termine por sí solo antes del traslado. Si se cancela demasiado pronto, el número puede perderse; los mensajes en camino todavía se entregan y se cobran allí. Una tarea le avisará cuándo cancelar. Nunca elimine el número.',
    },
  },
  arrange_two_step_removal: {
    en: {
      what: 'Name who switches two-step verification off, and when',
      how: 'It is switched off inside the window, right before the move, by {provider} or by an admin of the portfolio: WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification → Turn off. Report this task done with the name of the person and the hour. The number must not be deleted or disconnected.',
    },
    'pt-BR': {
      what: 'Diga quem vai desativar a confirmação em duas etapas, e quando',
      how: 'Ela é desativada dentro da janela, logo antes da migração, por {provider} ou por um administrador do portfólio: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Confirmação em duas etapas → Desativar. Conclua esta tarefa com o nome da pessoa e o horário. O número não pode ser excluído nem desconectado.',
    },
    es: {
      what: 'Indique quién desactivará la verificación en dos pasos, y cuándo',
      how: 'Se desactiva dentro de la ventana, justo antes del traslado, por {provider} o por un administrador del portfolio: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Verificación en dos pasos → Desactivar. Dé la tarea por hecha con el nombre de la persona y la hora. El número no debe eliminarse ni desconectarse.',
    },
  },
  check_portfolio_mail: {
    en: {
      what: 'Check who reads the e-mail of the business portfolio',
      how: 'Switching two-step verification off is confirmed by a link that Meta mails to the address of the portfolio (Business settings → Business info). Make sure that somebody reads it during the window, spam folder included, and that this person and a second admin have full control (Business settings → Users → People); without it the button is missing.',
    },
    'pt-BR': {
      what: 'Confira quem lê o e-mail do portfólio empresarial',
      how: 'A desativação da confirmação em duas etapas é confirmada por um link que a Meta envia ao e-mail do portfólio (Configurações do negócio → Informações do negócio). Garanta que alguém o leia durante a janela, inclusive a caixa de spam, e que essa pessoa e um segundo administrador tenham controle total (Configurações do negócio → Usuários → Pessoas); sem ele o botão não aparece.',
    },
    es: {
      what: 'Compruebe quién lee el correo del portfolio comercial',
      how: 'La desactivación de la verificación en dos pasos se confirma con un enlace que Meta envía al correo del portfolio (Configuración del negocio → Información del negocio). Asegúrese de que alguien lo lea durante la ventana, también la carpeta de spam, y de que esa persona y un segundo administrador tengan control total (Configuración del negocio → Usuarios → Personas); sin él no aparece el botón.',
    },
  },
  'appoint_code_receiver.sms': {
    en: {
      what: 'Name who takes the verification code at this phone, and when',
      how: 'Six digits come by SMS when the number moves, and expire within minutes. Report this task done with the person’s name first, then day, hours by the clock and time zone, and a second person in reserve, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”. It stays open while the name or the hour is missing.',
    },
    'pt-BR': {
      what: 'Diga quem recebe o código de verificação neste telefone, e quando',
      how: 'Seis dígitos chegam por SMS na hora da migração e expiram em poucos minutos. Conclua esta tarefa informando primeiro o nome da pessoa, depois o dia, as horas e o fuso, e uma segunda pessoa de reserva, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”. Ela continua aberta enquanto faltar o nome ou a hora.',
    },
    es: {
      what: 'Indique quién recibe el código de verificación en este teléfono, y cuándo',
      how: 'En el momento del traslado llegan seis dígitos por SMS, que caducan en pocos minutos. Dé la tarea por hecha indicando primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, y una segunda persona de reserva, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz». Sigue abierta mientras falte el nombre o la hora.',
    },
  },
  'appoint_code_receiver.voice': {
    en: {
      what: 'Name who takes the verification code at this phone, and when',
      how: 'Six digits are dictated by a call when the number moves, and expire within minutes. Report this task done with the person’s name first, then day, hours by the clock and time zone, and a second person in reserve, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”. It stays open while the name or the hour is missing.',
    },
    'pt-BR': {
      what: 'Diga quem recebe o código de verificação neste telefone, e quando',
      how: 'Seis dígitos são ditados por uma ligação na hora da migração e expiram em poucos minutos. Conclua esta tarefa informando primeiro o nome da pessoa, depois o dia, as horas e o fuso, e uma segunda pessoa de reserva, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”. Ela continua aberta enquanto faltar o nome ou a hora.',
    },
    es: {
      what: 'Indique quién recibe el código de verificación en este teléfono, y cuándo',
      how: 'En el momento del traslado una llamada dicta seis dígitos, que caducan en pocos minutos. Dé la tarea por hecha indicando primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, y una segunda persona de reserva, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz». Sigue abierta mientras falte el nombre o la hora.',
    },
  },
  export_history: {
    en: {
      what: 'Export the chat history from {provider}',
      how: 'Messages and contacts do not move with the number. Export what you must keep, the block list too, while you still have access to {provider}.',
    },
    'pt-BR': {
      what: 'Exporte o histórico de conversas de {provider}',
      how: 'Mensagens e contatos não acompanham o número. Exporte o que precisa guardar, inclusive a lista de bloqueados, enquanto ainda tem acesso a {provider}.',
    },
    es: {
      what: 'Exporte el historial de conversaciones de {provider}',
      how: 'Los mensajes y contactos no se trasladan con el número. Exporte lo que deba conservar, también la lista de bloqueados, mientras aún tenga acceso a {provider}.',
    },
  },
  prepare_consumers: {
    en: {
      what: 'Make the new integration ready to receive',
      how: 'The phone-number id and the account id change with the move. Let the consumers of the new webhooks be on, idempotent by message id for the overlap, and switchable per number by a flag; test an inbound message with another number of the destination.',
    },
    'pt-BR': {
      what: 'Deixe a nova integração pronta para receber',
      how: 'O ID do número e o ID da conta mudam com a migração. Deixe ligados os consumidores dos novos webhooks, idempotentes pelo ID da mensagem durante a sobreposição e comutáveis por número com uma flag; teste uma mensagem recebida com outro número do destino.',
    },
    es: {
      what: 'Deje la nueva integración lista para recibir',
      how: 'El identificador del número y el de la cuenta cambian con el traslado. Tenga activos los consumidores de los nuevos webhooks, idempotentes por identificador de mensaje durante el solapamiento y conmutables por número con un indicador; pruebe un mensaje entrante con otro número del destino.',
    },
  },
  book_support: {
    en: {
      what: 'Book a supported move',
      how: 'Everything from R19 to R31 is green. Ask the support of the destination for a migration call in the window, and give it the bundle: GET {bundle}. Report this task done with the date of the call and the ticket.',
    },
    'pt-BR': {
      what: 'Agende uma migração assistida',
      how: 'Tudo de R19 a R31 está em ordem. Peça ao suporte do destino uma chamada de migração dentro da janela e entregue o dossiê: GET {bundle}. Conclua esta tarefa com a data da chamada e o número do chamado.',
    },
    es: {
      what: 'Reserve un traslado asistido',
      how: 'Todo de R19 a R31 está en orden. Pida al soporte del destino una llamada de migración dentro de la ventana y entréguele el expediente: GET {bundle}. Dé la tarea por hecha con la fecha de la llamada y el número de ticket.',
    },
  },
  freeze_campaigns: {
    en: {
      what: 'Stop campaigns, and count the messages not delivered yet',
      how: 'Start no campaign in the hours before the window. Then count in the portal of {provider} the messages that are sent and not delivered, and report this task done with that number and the time: they are delivered and billed by {provider}, also after the move. Campaigns stay stopped until the templates are at the destination.',
    },
    'pt-BR': {
      what: 'Pare as campanhas e conte as mensagens ainda não entregues',
      how: 'Não inicie campanhas nas horas antes da janela. Depois conte, no portal de {provider}, as mensagens enviadas e ainda não entregues e conclua esta tarefa com esse número e o horário: elas são entregues e cobradas por {provider}, mesmo depois da migração. As campanhas ficam paradas até os modelos estarem no destino.',
    },
    es: {
      what: 'Detenga las campañas y cuente los mensajes aún no entregados',
      how: 'No inicie ninguna campaña en las horas previas a la ventana. Después cuente en el portal de {provider} los mensajes enviados y no entregados, y dé la tarea por hecha con ese número y la hora: los entrega y cobra {provider}, también después del traslado. Las campañas siguen detenidas hasta que las plantillas estén en el destino.',
    },
  },
  'freeze_campaigns.templates': {
    en: {
      what: 'Keep campaigns stopped: templates not approved at the destination: {count} ({templates})',
      how: 'A campaign with one of these fails. The template report says of each what is missing and what to do: wait for the review, or submit it. This task closes by itself when all are approved; report it done to start campaigns without them.',
    },
    'pt-BR': {
      what: 'Mantenha as campanhas paradas: modelos não aprovados no destino: {count} ({templates})',
      how: 'Uma campanha com um deles falha. O relatório de modelos diz, para cada um, o que falta e o que fazer: aguardar a análise ou enviá-lo. Esta tarefa se encerra sozinha quando todos estiverem aprovados; conclua-a para iniciar campanhas sem eles.',
    },
    es: {
      what: 'Mantenga detenidas las campañas: plantillas no aprobadas en el destino: {count} ({templates})',
      how: 'Una campaña con una de ellas falla. El informe de plantillas dice, de cada una, qué falta y qué hacer: esperar la revisión o enviarla. Esta tarea se cierra sola cuando todas estén aprobadas; dela por hecha para iniciar campañas sin ellas.',
    },
  },
  drain_inbox: {
    en: {
      what: 'Answer or hand over the open conversations',
      how: 'Open conversations stay at {provider} when the number moves, and nobody sees them at the destination. Close them, or hand them over with the customer’s number and the last words, before the window opens.',
    },
    'pt-BR': {
      what: 'Responda ou transfira as conversas em aberto',
      how: 'As conversas em aberto ficam em {provider} quando o número migra, e ninguém as vê no destino. Encerre-as, ou transfira-as com o número do cliente e as últimas mensagens, antes de a janela abrir.',
    },
    es: {
      what: 'Responda o traspase las conversaciones abiertas',
      how: 'Las conversaciones abiertas se quedan en {provider} cuando el número se traslada, y nadie las ve en el destino. Ciérrelas, o traspáselas con el número del cliente y los últimos mensajes, antes de que se abra la ventana.',
    },
  },
  open_phone_line: {
    en: {
      what: 'Let the code come through to a person',
      how: 'Switch the answering menu (IVR), call queue and call filters of this number off for the window, and allow SMS and calls from abroad; the call cannot press keys. Test it with a call from another country.',
    },
    'pt-BR': {
      what: 'Deixe o código chegar a uma pessoa',
      how: 'Desligue durante a janela a URA, a fila de atendimento e os filtros de chamadas deste número, e permita SMS e ligações internacionais; a ligação não consegue digitar opções. Teste com uma ligação de outro país.',
    },
    es: {
      what: 'Deje que el código llegue a una persona',
      how: 'Desactive durante la ventana el menú de voz (IVR), la cola y los filtros de llamadas de este número, y permita SMS y llamadas del extranjero; la llamada no puede pulsar teclas. Pruébelo con una llamada desde otro país.',
    },
  },
} as const satisfies Texts;
