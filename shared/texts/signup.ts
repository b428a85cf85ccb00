/** What a client is asked for in Meta’s popup, by how the last one ended (R39 to R46, E1 to E7, P-3, P-17). */
import type { Texts } from './wording';

export const SIGNUP_TEXTS = {
  complete_signup: {
    en: {
      what: 'Move the number in the window of WhatsApp',
      how: 'Open the link as an admin of the business portfolio {businessId} and choose that portfolio; create a new WhatsApp Business Account; enter the number and confirm that it moves; type in the code that comes by SMS or call. From its end on the number may be silent for some minutes. {parts}',
    },
    'pt-BR': {
      what: 'Migre o número na janela do WhatsApp',
      how: 'Abra o link como administrador do portfólio empresarial {businessId} e escolha esse portfólio; crie uma nova conta do WhatsApp Business; informe o número e confirme que ele será migrado; digite o código que chega por SMS ou ligação. Quando a janela terminar, o número pode ficar mudo por alguns minutos. {parts}',
    },
    es: {
      what: 'Traslade el número en la ventana de WhatsApp',
      how: 'Abra el enlace como administrador del portfolio comercial {businessId} y elija ese portfolio; cree una cuenta nueva de WhatsApp Business; introduzca el número y confirme que se traslada; escriba el código que llega por SMS o llamada. Cuando termine la ventana, el número puede quedar en silencio unos minutos. {parts}',
    },
  },
  'complete_signup.named': {
    en: {
      what: 'Move the number in the window of WhatsApp',
      how: 'Open the link as an admin of the business portfolio {businessId} and choose that portfolio; create a new WhatsApp Business Account named "{name}"; enter the number and confirm that it moves; type in the code that comes by SMS or call. From its end on the number may be silent for some minutes. {parts}',
    },
    'pt-BR': {
      what: 'Migre o número na janela do WhatsApp',
      how: 'Abra o link como administrador do portfólio empresarial {businessId} e escolha esse portfólio; crie uma nova conta do WhatsApp Business com o nome "{name}"; informe o número e confirme que ele será migrado; digite o código que chega por SMS ou ligação. Quando a janela terminar, o número pode ficar mudo por alguns minutos. {parts}',
    },
    es: {
      what: 'Traslade el número en la ventana de WhatsApp',
      how: 'Abra el enlace como administrador del portfolio comercial {businessId} y elija ese portfolio; cree una cuenta nueva de WhatsApp Business con el nombre «{name}»; introduzca el número y confirme que se traslada; escriba el código que llega por SMS o llamada. Cuando termine la ventana, el número puede quedar en silencio unos minutos. {parts}',
    },
  },
  'complete_signup.chosen': {
    en: {
      what: 'Move the number in the window of WhatsApp',
      how: 'Open the link as an admin of the business portfolio {businessId} and choose that portfolio; choose the WhatsApp Business Account {wabaId}; enter the number and confirm that it moves; type in the code that comes by SMS or call. From its end on the number may be silent for some minutes. {parts}',
    },
    'pt-BR': {
      what: 'Migre o número na janela do WhatsApp',
      how: 'Abra o link como administrador do portfólio empresarial {businessId} e escolha esse portfólio; escolha a conta do WhatsApp Business {wabaId}; informe o número e confirme que ele será migrado; digite o código que chega por SMS ou ligação. Quando a janela terminar, o número pode ficar mudo por alguns minutos. {parts}',
    },
    es: {
      what: 'Traslade el número en la ventana de WhatsApp',
      how: 'Abra el enlace como administrador del portfolio comercial {businessId} y elija ese portfolio; elija la cuenta de WhatsApp Business {wabaId}; introduzca el número y confirme que se traslada; escriba el código que llega por SMS o llamada. Cuando termine la ventana, el número puede quedar en silencio unos minutos. {parts}',
    },
  },
  'complete_signup.others': {
    en: {
      what: 'There are accounts already',
      how: 'There already are, and are not meant: {accounts}.',
    },
    'pt-BR': {
      what: 'Já existem contas',
      how: 'Já existem, e não devem ser escolhidas: {accounts}.',
    },
    es: {
      what: 'Ya hay cuentas',
      how: 'Ya existen, y no deben elegirse: {accounts}.',
    },
  },
  'complete_signup.profile': {
    en: {
      what: 'The business profile as it is',
      how: 'Where the window asks for the business profile, give it what customers see today – {profile}.',
    },
    'pt-BR': {
      what: 'O perfil comercial como está',
      how: 'Onde a janela pedir o perfil comercial, informe o que os clientes veem hoje – {profile}.',
    },
    es: {
      what: 'El perfil de empresa tal como está',
      how: 'Donde la ventana pida el perfil de empresa, indique lo que ven hoy los clientes – {profile}.',
    },
  },
  'complete_signup.card': {
    en: {
      what: 'A card is needed',
      how: 'Have a card ready and add it to the new account at once: without a payment method the number stays silent.',
    },
    'pt-BR': {
      what: 'É preciso um cartão',
      how: 'Tenha um cartão à mão e adicione-o logo à nova conta: sem forma de pagamento o número fica mudo.',
    },
    es: {
      what: 'Hace falta una tarjeta',
      how: 'Tenga una tarjeta a mano y agréguela enseguida a la cuenta nueva: sin método de pago el número queda en silencio.',
    },
  },
  'complete_signup.E1': {
    en: {
      what: 'The window says that the number is already connected to an account',
      how: 'The new account is usually made all the same. Open the link and go through the window again: choose the account just made, and enter the number again. If it stays stuck, finish the window with a spare number of yours or none, never with the one that moves, and tell support: it then moves the number to that account by code.',
    },
    'pt-BR': {
      what: 'A janela diz que o número já está conectado a uma conta',
      how: 'Em geral a nova conta é criada mesmo assim. Abra o link e siga de novo os passos da janela: escolha a conta recém-criada e informe o número outra vez. Se continuar travando, conclua a janela com outro número seu ou sem número, nunca com o que será migrado, e avise o suporte: ele migra então o número para essa conta por código.',
    },
    es: {
      what: 'La ventana dice que el número ya está conectado a una cuenta',
      how: 'Normalmente la cuenta nueva se crea de todos modos. Abra el enlace y siga otra vez los pasos de la ventana: elija la cuenta recién creada e introduzca el número otra vez. Si sigue atascada, termine la ventana con otro número suyo o sin número, nunca con el que se traslada, y avise al equipo de soporte: entonces traslada el número a esa cuenta por código.',
    },
  },
  'complete_signup.E2': {
    en: {
      what: 'The window says that two-step verification is still on',
      how: 'Switch it off: WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification → Turn off, then the link in the mail; or have the present provider do it. It takes some minutes to spread. Open the link and go through the window again then.',
    },
    'pt-BR': {
      what: 'A janela diz que a confirmação em duas etapas ainda está ativada',
      how: 'Desative-a: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Confirmação em duas etapas → Desativar, depois o link do e-mail; ou peça ao provedor atual. Leva alguns minutos para valer. Depois abra o link e siga de novo os passos da janela.',
    },
    es: {
      what: 'La ventana dice que la verificación en dos pasos sigue activada',
      how: 'Desactívela: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Verificación en dos pasos → Desactivar, después el enlace del correo; o pídaselo al proveedor actual. Tarda unos minutos en surtir efecto. Después abra el enlace y siga otra vez los pasos de la ventana.',
    },
  },
  'complete_signup.E3': {
    en: {
      what: 'The window says that the number needs no migration',
      how: 'The number is not registered on the API any more. Do not delete anything; support looks at it: it may have to be added as a new number.',
    },
    'pt-BR': {
      what: 'A janela diz que o número não precisa ser migrado',
      how: 'O número não está mais registrado na API. Não exclua nada; o suporte vai verificar: talvez ele tenha de ser adicionado como número novo.',
    },
    es: {
      what: 'La ventana dice que el número no necesita traslado',
      how: 'El número ya no está registrado en la API. No elimine nada; el equipo de soporte lo revisa: quizá haya que agregarlo como número nuevo.',
    },
  },
  'complete_signup.E4': {
    en: {
      what: 'The window says that the number has been moved already',
      how: 'Nothing to do in the window. If nothing happens within minutes, tell support the account id.',
    },
    'pt-BR': {
      what: 'A janela diz que o número já foi migrado',
      how: 'Não há nada a fazer na janela. Se nada acontecer em alguns minutos, informe ao suporte o ID da conta.',
    },
    es: {
      what: 'La ventana dice que el número ya se ha trasladado',
      how: 'No hay nada que hacer en la ventana. Si no pasa nada en unos minutos, indique al equipo de soporte el identificador de la cuenta.',
    },
  },
  'complete_signup.E5': {
    en: {
      what: 'The window says that the accounts belong to different businesses: choose the portfolio {businessId}',
      how: 'Find the portfolio with the id {businessId} in Business settings → Business info. Open the link and go through the window again and choose that one; the account in the other portfolio is of no use.',
    },
    'pt-BR': {
      what: 'A janela diz que as contas pertencem a empresas diferentes: escolha o portfólio {businessId}',
      how: 'Encontre o portfólio com o ID {businessId} em Configurações do negócio → Informações do negócio. Abra o link e siga de novo os passos da janela e escolha esse portfólio; a conta do outro portfólio não serve.',
    },
    es: {
      what: 'La ventana dice que las cuentas pertenecen a negocios distintos: elija el portfolio {businessId}',
      how: 'Busque el portfolio con el identificador {businessId} en Configuración del negocio → Información del negocio. Abra el enlace y siga otra vez los pasos de la ventana y elija ese; la cuenta del otro portfolio no sirve.',
    },
  },
  'complete_signup.E6': {
    en: {
      what: 'The window says that something went wrong',
      how: 'Open the link and go through the window again in an hour. If it says so a third time, tell support: Meta must look at it.',
    },
    'pt-BR': {
      what: 'A janela diz que algo deu errado',
      how: 'Abra o link e siga de novo os passos da janela daqui a uma hora. Se acontecer pela terceira vez, avise o suporte: a Meta precisa verificar.',
    },
    es: {
      what: 'La ventana dice que algo salió mal',
      how: 'Abra el enlace y siga otra vez los pasos de la ventana dentro de una hora. Si ocurre por tercera vez, avise al equipo de soporte: Meta debe revisarlo.',
    },
  },
  'complete_signup.E7': {
    en: {
      what: 'The window says that the display name is not approved',
      how: 'The name must be approved at the present provider first (where it stands: WhatsApp Manager → Account tools → Phone numbers → the number → Profile → Display name). Open the link and go through the window again when it is.',
    },
    'pt-BR': {
      what: 'A janela diz que o nome de exibição não está aprovado',
      how: 'O nome precisa antes ser aprovado no provedor atual (onde ver: Gerenciador do WhatsApp → Ferramentas da conta → Números de telefone → o número → Perfil → Nome de exibição). Quando estiver, abra o link e siga de novo os passos da janela.',
    },
    es: {
      what: 'La ventana dice que el nombre para mostrar no está aprobado',
      how: 'El nombre debe aprobarse antes con el proveedor actual (dónde verlo: Administrador de WhatsApp → Herramientas de la cuenta → Números de teléfono → el número → Perfil → Nombre para mostrar). Cuando lo esté, abra el enlace y siga otra vez los pasos de la ventana.',
    },
  },
  'complete_signup.wrong_portfolio': {
    en: {
      what: 'Choose the business portfolio {businessId}: the one chosen, {chosen}, does not own the number',
      how: 'Open the link and go through the window again. On the first screen choose the existing portfolio with the id {businessId}, not a new one. The account made in the other portfolio is of no use: a WhatsApp account never changes its portfolio.',
    },
    'pt-BR': {
      what: 'Escolha o portfólio empresarial {businessId}: o escolhido, {chosen}, não é dono do número',
      how: 'Abra o link e siga de novo os passos da janela. Na primeira tela escolha o portfólio existente com o ID {businessId}, não um novo. A conta criada no outro portfólio não serve: uma conta do WhatsApp nunca muda de portfólio.',
    },
    es: {
      what: 'Elija el portfolio comercial {businessId}: el elegido, {chosen}, no es dueño del número',
      how: 'Abra el enlace y siga otra vez los pasos de la ventana. En la primera pantalla elija el portfolio existente con el identificador {businessId}, no uno nuevo. La cuenta creada en el otro portfolio no sirve: una cuenta de WhatsApp nunca cambia de portfolio.',
    },
  },
  'complete_signup.app': {
    en: {
      what: 'The window connected the WhatsApp Business app instead of moving the number',
      how: 'In the app: Settings → Account → Business platform → disconnect. Open the link and go through the window again and do not choose "Connect a WhatsApp Business app".',
    },
    'pt-BR': {
      what: 'A janela conectou o aplicativo WhatsApp Business em vez de migrar o número',
      how: 'No aplicativo: Configurações → Conta → Plataforma comercial → desconectar. Abra o link e siga de novo os passos da janela e não escolha "Conectar um aplicativo WhatsApp Business".',
    },
    es: {
      what: 'La ventana conectó la aplicación WhatsApp Business en lugar de trasladar el número',
      how: 'En la aplicación: Ajustes → Cuenta → Plataforma de empresa → desconectar. Abra el enlace y siga otra vez los pasos de la ventana y no elija «Conectar una aplicación WhatsApp Business».',
    },
  },
  'complete_signup.no_number': {
    en: {
      what: 'The account is made, but the number is not in it yet',
      how: 'Open the link and go through the window again: choose the account just made, and enter the number.',
    },
    'pt-BR': {
      what: 'A conta foi criada, mas o número ainda não está nela',
      how: 'Abra o link e siga de novo os passos da janela: escolha a conta recém-criada e informe o número.',
    },
    es: {
      what: 'La cuenta está creada, pero el número aún no está en ella',
      how: 'Abra el enlace y siga otra vez los pasos de la ventana: elija la cuenta recién creada e introduzca el número.',
    },
  },
  'complete_signup.not_proven': {
    en: {
      what: 'The number is entered, but not confirmed by its code: until then it may be silent',
      how: 'Open the link and go through the window again at once: choose the account just made, enter the number, and type in the code that comes by SMS or call, instead of confirming it later. If no code comes, tell your contact with us: the number can be confirmed with a code of ours.',
    },
    'pt-BR': {
      what: 'O número foi informado, mas não confirmado pelo código: até lá ele pode ficar mudo',
      how: 'Abra o link e siga de novo os passos da janela agora: escolha a conta recém-criada, informe o número e digite o código que chega por SMS ou ligação, em vez de confirmá-lo mais tarde. Se nenhum código chegar, avise o seu contato conosco: o número pode ser confirmado com um código nosso.',
    },
    es: {
      what: 'El número está introducido, pero no confirmado con su código: hasta entonces puede quedar en silencio',
      how: 'Abra el enlace y siga otra vez los pasos de la ventana ahora: elija la cuenta recién creada, introduzca el número y escriba el código que llega por SMS o llamada, en lugar de confirmarlo más tarde. Si no llega ningún código, avise a su contacto con nosotros: el número se puede confirmar con un código nuestro.',
    },
  },
  'complete_signup.not_found': {
    en: {
      what: 'The window was finished, but its account is not to be found',
      how: 'Open the link and go through the window again: choose the account made in it, if it is offered, and enter the number.',
    },
    'pt-BR': {
      what: 'A janela foi concluída, mas a conta dela não foi encontrada',
      how: 'Abra o link e passe pela janela de novo: escolha a conta criada nela, se for oferecida, e informe o número.',
    },
    es: {
      what: 'La ventana se completó, pero su cuenta no aparece',
      how: 'Abra el enlace y recorra la ventana de nuevo: elija la cuenta creada en ella, si se ofrece, e introduzca el número.',
    },
  },
  'complete_signup.closed_at': {
    en: {
      what: 'The window was closed at {screen|term}',
      how: 'Open the link and go through the window again; nothing is lost, it can be repeated.',
    },
    'pt-BR': {
      what: 'A janela foi fechada nesta etapa: {screen|term}',
      how: 'Abra o link e siga de novo os passos da janela; nada se perdeu, pode repetir.',
    },
    es: {
      what: 'La ventana se cerró en este paso: {screen|term}',
      how: 'Abra el enlace y siga otra vez los pasos de la ventana; no se ha perdido nada, se puede repetir.',
    },
  },
  'complete_signup.ended': {
    en: {
      what: 'The window ended before the number was moved',
      how: 'Open the link and go through the window again; it can be repeated.',
    },
    'pt-BR': {
      what: 'A janela terminou antes de o número ser migrado',
      how: 'Abra o link e siga de novo os passos da janela; pode repetir.',
    },
    es: {
      what: 'La ventana terminó antes de trasladar el número',
      how: 'Abra el enlace y siga otra vez los pasos de la ventana; se puede repetir.',
    },
  },
  'complete_signup.ended_saying': {
    en: {
      what: 'The window ended before the number was moved',
      how: 'Open the link and go through the window again; it can be repeated. It said: "{words}"',
    },
    'pt-BR': {
      what: 'A janela terminou antes de o número ser migrado',
      how: 'Abra o link e siga de novo os passos da janela; pode repetir. Ela disse: "{words}"',
    },
    es: {
      what: 'La ventana terminó antes de trasladar el número',
      how: 'Abra el enlace y siga otra vez los pasos de la ventana; se puede repetir. Decía: «{words}»',
    },
  },
  choose_destination_waba: {
    en: {
      what: 'Several new accounts appeared: {accounts}',
      how: 'Find out which one the client made for this number and set destination.wabaId.',
    },
    'pt-BR': {
      what: 'Apareceram várias contas novas: {accounts}',
      how: 'Descubra qual delas o cliente criou para este número e informe destination.wabaId.',
    },
    es: {
      what: 'Aparecieron varias cuentas nuevas: {accounts}',
      how: 'Averigüe cuál creó el cliente para este número e indique destination.wabaId.',
    },
  },
} as const satisfies Texts;
