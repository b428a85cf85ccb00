/** What eligibility finds of the number, of people and of what stays behind; keys as in `findings.ts`. */
import type { Texts } from './wording';

export const NUMBER_FINDING_TEXTS = {
  TWO_STEP_VERIFICATION_ENABLED: {
    en: {
      what: 'Two-step verification of the number is still on.',
      how: 'WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification → Turn off, then follow the link in the mail to that portfolio (look among the spam, too). The portfolio that owns the account or the present provider can do it; without the button or the mail, another administrator with full control tries, then Meta’s support. Do not delete the number.',
    },
    'pt-BR': {
      what: 'A confirmação em duas etapas do número ainda está ativada.',
      how: 'Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Confirmação em duas etapas → Desativar; depois siga o link do e-mail enviado a esse portfólio (veja também o spam). Pode fazê-lo o portfólio dono da conta ou o provedor atual; sem o botão ou sem o e-mail, tente outro administrador com controle total e, por fim, o suporte da Meta. Não exclua o número.',
    },
    es: {
      what: 'La verificación en dos pasos del número sigue activada.',
      how: 'Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Verificación en dos pasos → Desactivar; después siga el enlace del correo enviado a ese portfolio (mire también el correo no deseado). Puede hacerlo el portfolio dueño de la cuenta o el proveedor actual; sin el botón o sin el correo, pruebe otro administrador con control total y, por último, el soporte de Meta. No elimine el número.',
    },
  },
  NO_MIGRATION_NEEDED: {
    en: {
      what: 'The source account does not hold this number as a registered one, so there is nothing to migrate.',
      how: 'Check the id of the source account. If it is right, the number was never there or has been deleted: add it to the destination as a new one, without the migration. What was built up is lost: display name (to be reviewed again), quality rating, messaging limit, badge and the automatic copy of templates.',
    },
    'pt-BR': {
      what: 'A conta de origem não tem este número registrado, portanto não há o que migrar.',
      how: 'Confira o ID da conta de origem. Se estiver certo, o número nunca esteve lá ou foi excluído: adicione-o ao destino como número novo, sem migração. Perde-se o que foi construído: nome de exibição (será analisado de novo), classificação de qualidade, limite de mensagens, selo e a cópia automática dos modelos.',
    },
    es: {
      what: 'La cuenta de origen no tiene este número registrado, así que no hay nada que trasladar.',
      how: 'Compruebe el identificador de la cuenta de origen. Si es correcto, el número nunca estuvo allí o fue eliminado: agréguelo al destino como número nuevo, sin traslado. Se pierde lo construido: nombre para mostrar (se revisará de nuevo), calificación de calidad, límite de mensajes, insignia y la copia automática de plantillas.',
    },
  },
  'NO_MIGRATION_NEEDED.deleted': {
    en: {
      what: 'The number was deleted at the source, where only two-step verification should have been switched off: there is nothing left to migrate.',
      how: 'Check the id of the source account. If it is right, add the number to the destination as a new one, without the migration. What was built up is lost: display name (to be reviewed again), quality rating, messaging limit, badge and the automatic copy of templates.',
    },
    'pt-BR': {
      what: 'O número foi excluído na origem, onde só a confirmação em duas etapas deveria ter sido desativada: não resta o que migrar.',
      how: 'Confira o ID da conta de origem. Se estiver certo, adicione o número ao destino como número novo, sem migração. Perde-se o que foi construído: nome de exibição (será analisado de novo), classificação de qualidade, limite de mensagens, selo e a cópia automática dos modelos.',
    },
    es: {
      what: 'El número fue eliminado en el origen, donde solo debía desactivarse la verificación en dos pasos: no queda nada que trasladar.',
      how: 'Compruebe el identificador de la cuenta de origen. Si es correcto, agregue el número al destino como número nuevo, sin traslado. Se pierde lo construido: nombre para mostrar (se revisará de nuevo), calificación de calidad, límite de mensajes, insignia y la copia automática de plantillas.',
    },
  },
  NUMBER_MOVED_ELSEWHERE: {
    en: {
      what: 'The number has already moved from the source to another account.',
      how: 'Find out which account has it now, and start a migration from there.',
    },
    'pt-BR': {
      what: 'O número já migrou da origem para outra conta.',
      how: 'Descubra em que conta ele está e inicie a migração a partir dela.',
    },
    es: {
      what: 'El número ya se trasladó del origen a otra cuenta.',
      how: 'Averigüe qué cuenta lo tiene ahora e inicie el traslado desde ella.',
    },
  },
  NUMBER_IN_COEXISTENCE: {
    en: {
      what: 'The number is also used in the WhatsApp Business app; such numbers cannot be migrated.',
      how: 'Disconnect it in the app (Settings → Account → Business Platform), then start again.',
    },
    'pt-BR': {
      what: 'O número também é usado no aplicativo WhatsApp Business; números assim não podem ser migrados.',
      how: 'Desconecte-o no aplicativo (Configurações → Conta → Plataforma comercial) e comece de novo.',
    },
    es: {
      what: 'El número también se usa en la aplicación WhatsApp Business; esos números no se pueden trasladar.',
      how: 'Desconéctelo en la aplicación (Ajustes → Cuenta → Plataforma de empresa) y empiece de nuevo.',
    },
  },
  'NUMBER_IN_COEXISTENCE.unseen': {
    en: {
      what: 'It could not be seen whether the number is used in the WhatsApp Business app as well; such numbers cannot be migrated.',
      how: 'Whoever has the phone opens the WhatsApp Business app: if it shows this number, it is disconnected first (Settings → Account → Business Platform). If no app shows it, state that for P-17.',
    },
    'pt-BR': {
      what: 'Não foi possível ver se o número também é usado no aplicativo WhatsApp Business; números assim não podem ser migrados.',
      how: 'Quem está com o telefone abre o aplicativo WhatsApp Business: se ele mostrar este número, primeiro desconecte-o (Configurações → Conta → Plataforma comercial). Se nenhum aplicativo o mostrar, declare isso em P-17.',
    },
    es: {
      what: 'No se pudo ver si el número también se usa en la aplicación WhatsApp Business; esos números no se pueden trasladar.',
      how: 'Quien tiene el teléfono abre la aplicación WhatsApp Business: si muestra este número, primero se desconecta (Ajustes → Cuenta → Plataforma de empresa). Si ninguna aplicación lo muestra, declárelo para P-17.',
    },
  },
  TEST_NUMBER: {
    en: {
      what: 'This is a test number of Meta; such numbers cannot be migrated.',
      how: 'Name the real number of the business.',
    },
    'pt-BR': {
      what: 'Este é um número de teste da Meta; números assim não podem ser migrados.',
      how: 'Informe o número real da empresa.',
    },
    es: {
      what: 'Es un número de prueba de Meta; esos números no se pueden trasladar.',
      how: 'Indique el número real del negocio.',
    },
  },
  TEMPLATE_CAPACITY_TOO_SMALL: {
    en: {
      what: 'The source has {wanted} templates, the destination has room for {free}.',
      how: 'Delete unused templates at either side (WhatsApp Manager → Message templates), or verify the business (Business settings → Security Centre; 6,000 templates instead of 250). Copying stops when the destination is full.',
    },
    'pt-BR': {
      what: 'A origem tem {wanted} modelos, o destino comporta {free}.',
      how: 'Exclua modelos sem uso em um dos lados (Gerenciador do WhatsApp → Modelos de mensagem) ou verifique a empresa (Configurações do negócio → Central de Segurança; 6.000 modelos em vez de 250). A cópia para quando o destino está cheio.',
    },
    es: {
      what: 'El origen tiene {wanted} plantillas, el destino admite {free}.',
      how: 'Elimine plantillas sin uso en cualquiera de los lados (Administrador de WhatsApp → Plantillas de mensajes) o verifique el negocio (Configuración del negocio → Centro de seguridad; 6.000 plantillas en lugar de 250). La copia se detiene cuando el destino está lleno.',
    },
  },
  NUMBER_CAP_REACHED: {
    en: {
      what: 'The portfolio may be at its limit: {others} other numbers are registered, {cap} are usual, and a number on the move may count at both ends.',
      how: 'Remove an unused number, never the one that moves (WhatsApp Manager → Account tools → Phone numbers), or raise the cap: business verification or a messaging limit of 2,000 allows 20.',
    },
    'pt-BR': {
      what: 'O portfólio pode estar no limite: há {others} outros números registrados, o usual são {cap}, e um número em migração pode contar nos dois lados.',
      how: 'Remova um número sem uso, nunca o que será migrado (Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone), ou aumente o limite: a verificação da empresa ou um limite de 2.000 mensagens permite 20.',
    },
    es: {
      what: 'El portfolio puede estar en su tope: hay {others} números más registrados, lo usual son {cap}, y un número en traslado puede contar en ambos lados.',
      how: 'Quite un número sin uso, nunca el que se traslada (Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono), o aumente el tope: la verificación del negocio o un límite de 2.000 mensajes permite 20.',
    },
  },
  'NUMBER_CAP_REACHED.raised': {
    en: {
      what: 'The portfolio has {registered} registered numbers, this one among them, where {cap} are usual: Meta allows it more, and does not show how many.',
      how: 'Nothing to do unless the portfolio is at its limit: a number on the move may count at both ends. Whoever knows the limit that Meta has granted (webhook business_capability_update, or the answer of Meta’s support) makes sure that there is room for one more.',
    },
    'pt-BR': {
      what: 'O portfólio tem {registered} números registrados, contando este, onde o usual são {cap}: a Meta permite mais a ele e não mostra quantos.',
      how: 'Nada a fazer, a não ser que o portfólio esteja no limite: um número em migração pode contar nos dois lados. Quem conhece o limite concedido pela Meta (webhook business_capability_update ou resposta do suporte da Meta) confirma que há lugar para mais um.',
    },
    es: {
      what: 'El portfolio tiene {registered} números registrados, contando este, donde lo usual son {cap}: Meta le permite más y no muestra cuántos.',
      how: 'Nada que hacer, salvo que el portfolio esté en su tope: un número en traslado puede contar en ambos lados. Quien conozca el tope concedido por Meta (webhook business_capability_update o respuesta del soporte de Meta) comprueba que queda lugar para uno más.',
    },
  },
  GOVERNMENT_APPROVAL_NOT_STATED: {
    en: {
      what: 'The business profile names a government body, and nobody has stated that Meta has approved it.',
      how: 'Government bodies need Meta’s approval before they use the platform, also with a new provider. Whoever has it states for 360dialog §7.3 when it was given and in which ticket; whoever has not asks Meta’s support for it before the move.',
    },
    'pt-BR': {
      what: 'O perfil comercial indica um órgão público, e ninguém declarou que a Meta o aprovou.',
      how: 'Órgãos públicos precisam da aprovação da Meta antes de usar a plataforma, também com um novo provedor. Quem a tem declara em 360dialog §7.3 quando foi dada e em qual chamado; quem não a tem pede-a ao suporte da Meta antes da migração.',
    },
    es: {
      what: 'El perfil de empresa nombra un organismo público, y nadie ha declarado que Meta lo haya aprobado.',
      how: 'Los organismos públicos necesitan la aprobación de Meta antes de usar la plataforma, también con un proveedor nuevo. Quien la tiene declara para 360dialog §7.3 cuándo se dio y en qué caso de soporte; quien no la tiene la pide al soporte de Meta antes del traslado.',
    },
  },
  ADMIN_ACCESS_NOT_STATED: {
    en: {
      what: 'Nobody has stated that an admin of the business portfolio that owns the number takes part.',
      how: 'Business settings → Users → People: the person shows "Full control". State for R24 who it is. An agency’s employee is not enough, and the mail that confirms switching two-step verification off goes to the portfolio’s address: check that somebody reads it, also its spam folder, and name a second admin.',
    },
    'pt-BR': {
      what: 'Ninguém declarou que um administrador do portfólio empresarial dono do número participa.',
      how: 'Configurações do negócio → Usuários → Pessoas: a pessoa aparece com "Controle total". Declare em R24 quem é. Um funcionário de agência não basta, e o e-mail que confirma a desativação da confirmação em duas etapas vai para o endereço do portfólio: garanta que alguém o leia, inclusive o spam, e indique um segundo administrador.',
    },
    es: {
      what: 'Nadie ha declarado que participa un administrador del portfolio comercial dueño del número.',
      how: 'Configuración del negocio → Usuarios → Personas: la persona aparece con «Control total». Declare para R24 quién es. Un empleado de una agencia no basta, y el correo que confirma la desactivación de la verificación en dos pasos va a la dirección del portfolio: compruebe que alguien lo lea, también el spam, y nombre un segundo administrador.',
    },
  },
  'ADMIN_ACCESS_NOT_STATED.none': {
    en: {
      what: '{assigned} people of the business are at the source account, and none of them may manage it.',
      how: 'An admin of the portfolio gives somebody full control: Business settings → Accounts → WhatsApp accounts → the account → Add people → Full control. Without it the button that switches two-step verification off is missing.',
    },
    'pt-BR': {
      what: 'Pessoas da empresa na conta de origem: {assigned}; nenhuma delas pode administrá-la.',
      how: 'Um administrador do portfólio dá controle total a alguém: Configurações do negócio → Contas → Contas do WhatsApp → a conta → Adicionar pessoas → Controle total. Sem isso o botão que desativa a confirmação em duas etapas não aparece.',
    },
    es: {
      what: 'Personas del negocio en la cuenta de origen: {assigned}; ninguna puede administrarla.',
      how: 'Un administrador del portfolio da control total a alguien: Configuración del negocio → Cuentas → Cuentas de WhatsApp → la cuenta → Agregar personas → Control total. Sin él no aparece el botón que desactiva la verificación en dos pasos.',
    },
  },
  'PHONE_ACCESS_NOT_STATED.sms': {
    en: {
      what: 'Nobody has stated who takes the verification code at this phone, and when.',
      how: 'State for R19 the person’s name first, then day, hours by the clock and time zone, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”, and that the phone takes an SMS from abroad. Switch an answering menu (IVR) or call queue off for that time: the call cannot press keys.',
    },
    'pt-BR': {
      what: 'Ninguém declarou quem recebe o código de verificação neste telefone, e quando.',
      how: 'Declare em R19 primeiro o nome da pessoa, depois o dia, as horas e o fuso, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”, e que o telefone recebe SMS do exterior. Desligue a URA ou a fila nesse período: a ligação não consegue digitar opções.',
    },
    es: {
      what: 'Nadie ha declarado quién recibe el código de verificación en este teléfono, y cuándo.',
      how: 'Declare para R19 primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz», y que el teléfono recibe SMS del extranjero. Desactive el menú de voz (IVR) o la cola durante ese tiempo: la llamada no puede pulsar teclas.',
    },
  },
  'PHONE_ACCESS_NOT_STATED.person': {
    en: {
      what: 'What was stated for this phone names no person who takes the verification code.',
      how: 'State for R19 again: the person’s name first, then day, hours by the clock and time zone, and a second person in reserve, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”. “In the afternoon” is not enough: the code expires within minutes.',
    },
    'pt-BR': {
      what: 'A declaração sobre este telefone não traz o nome da pessoa que recebe o código de verificação.',
      how: 'Declare de novo em R19: primeiro o nome da pessoa, depois o dia, as horas e o fuso, e uma segunda pessoa de reserva, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”. “À tarde” não basta: o código expira em poucos minutos.',
    },
    es: {
      what: 'La declaración sobre este teléfono no nombra a la persona que recibe el código de verificación.',
      how: 'Declare de nuevo para R19: primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, y una segunda persona de reserva, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz». «Por la tarde» no basta: el código caduca en pocos minutos.',
    },
  },
  'PHONE_ACCESS_NOT_STATED.time': {
    en: {
      what: 'What was stated for this phone names no time at which somebody takes the verification code.',
      how: 'State for R19 again: the person’s name first, then day, hours by the clock and time zone, and a second person in reserve, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”. “In the afternoon” is not enough: the code expires within minutes.',
    },
    'pt-BR': {
      what: 'A declaração sobre este telefone não traz o horário em que alguém recebe o código de verificação.',
      how: 'Declare de novo em R19: primeiro o nome da pessoa, depois o dia, as horas e o fuso, e uma segunda pessoa de reserva, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”. “À tarde” não basta: o código expira em poucos minutos.',
    },
    es: {
      what: 'La declaración sobre este teléfono no indica la hora a la que alguien recibe el código de verificación.',
      how: 'Declare de nuevo para R19: primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, y una segunda persona de reserva, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz». «Por la tarde» no basta: el código caduca en pocos minutos.',
    },
  },
  'PHONE_ACCESS_NOT_STATED.both': {
    en: {
      what: 'What was stated for this phone names neither a person who takes the verification code nor a time.',
      how: 'State for R19 again: the person’s name first, then day, hours by the clock and time zone, and a second person in reserve, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”. “In the afternoon” is not enough: the code expires within minutes.',
    },
    'pt-BR': {
      what: 'A declaração sobre este telefone não traz nem o nome de quem recebe o código de verificação nem o horário.',
      how: 'Declare de novo em R19: primeiro o nome da pessoa, depois o dia, as horas e o fuso, e uma segunda pessoa de reserva, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”. “À tarde” não basta: o código expira em poucos minutos.',
    },
    es: {
      what: 'La declaración sobre este teléfono no nombra a la persona que recibe el código de verificación ni indica la hora.',
      how: 'Declare de nuevo para R19: primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, y una segunda persona de reserva, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz». «Por la tarde» no basta: el código caduca en pocos minutos.',
    },
  },
  'PHONE_ACCESS_NOT_STATED.voice': {
    en: {
      what: 'Nobody has stated who takes the verification code at this phone, and when.',
      how: 'State for R19 the person’s name first, then day, hours by the clock and time zone, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”, and that the phone takes a call from abroad. Switch an answering menu (IVR) or call queue off for that time: the call cannot press keys.',
    },
    'pt-BR': {
      what: 'Ninguém declarou quem recebe o código de verificação neste telefone, e quando.',
      how: 'Declare em R19 primeiro o nome da pessoa, depois o dia, as horas e o fuso, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”, e que o telefone recebe ligações do exterior. Desligue a URA ou a fila nesse período: a ligação não consegue digitar opções.',
    },
    es: {
      what: 'Nadie ha declarado quién recibe el código de verificación en este teléfono, y cuándo.',
      how: 'Declare para R19 primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz», y que el teléfono recibe llamadas del extranjero. Desactive el menú de voz (IVR) o la cola durante ese tiempo: la llamada no puede pulsar teclas.',
    },
  },
  HISTORY_DOES_NOT_MOVE: {
    en: {
      what: 'Chat history, open conversations and the list of blocked people stay with the present provider.',
      how: 'Export the history and the block list at the present provider, and close or hand over open conversations, before the window opens.',
    },
    'pt-BR': {
      what: 'O histórico, as conversas em aberto e a lista de bloqueados ficam com o provedor atual.',
      how: 'Exporte o histórico e a lista de bloqueados do provedor atual e encerre ou transfira as conversas em aberto antes de a janela abrir.',
    },
    es: {
      what: 'El historial, las conversaciones abiertas y la lista de bloqueados se quedan con el proveedor actual.',
      how: 'Exporte el historial y la lista de bloqueados del proveedor actual y cierre o traspase las conversaciones abiertas antes de que se abra la ventana.',
    },
  },
  CATALOGUE_DOES_NOT_MOVE: {
    en: {
      what: 'A catalogue is linked to the source account. It does not move with the number.',
      how: 'After the move: Commerce Manager → the catalogue → Settings → Business assets, or WhatsApp Manager → Account tools → Catalogue: connect it to the destination account. Templates and flows that show products work only then.',
    },
    'pt-BR': {
      what: 'Há um catálogo vinculado à conta de origem. Ele não acompanha o número.',
      how: 'Depois da migração: Gerenciador de Comércio → o catálogo → Configurações → Ativos do negócio, ou Gerenciador do WhatsApp → Ferramentas da conta → Catálogo: conecte-o à conta de destino. Só então funcionam os modelos e flows que mostram produtos.',
    },
    es: {
      what: 'Hay un catálogo vinculado a la cuenta de origen. No se traslada con el número.',
      how: 'Después del traslado: Administrador de ventas → el catálogo → Configuración → Activos del negocio, o Administrador de WhatsApp → Herramientas de la cuenta → Catálogo: conéctelo a la cuenta de destino. Solo entonces funcionan las plantillas y flujos que muestran productos.',
    },
  },
} as const satisfies Texts;
