/** What the signup's page itself says, in every language the product speaks; the task's own words come with the view. */
import type { Locale } from '../../shared/texts/wording';

export interface PageWords {
  heading: string;
  button: string;
  needsScript: string;
  over: string;
  trouble: string;
  working: string;
  inWindow: string;
  checking: string;
  done: string;
  closed: string;
  notLoaded: string;
  windowBlocked: string;
}

export const SIGNUP_PAGE_WORDS: Readonly<Record<Locale, PageWords>> = {
  en: {
    heading: 'Move your WhatsApp number',
    button: 'Open the window of WhatsApp',
    needsScript: 'This page needs JavaScript.',
    over: 'This link is over or was opened elsewhere. Ask for a new one.',
    trouble: 'The connection is broken. The page tries again.',
    working: 'One moment …',
    inWindow: 'Go on in the window of WhatsApp that has just opened.',
    checking: 'Thank you. What you did is being looked at; this takes a moment.',
    done: 'Done. The number is on its way; you can close this page.',
    closed: 'There is nothing to do here any more.',
    notLoaded:
      'The window of WhatsApp could not be loaded. Switch off what blocks facebook.net, and reload this page.',
    windowBlocked:
      'Your browser has blocked the window of WhatsApp. Allow pop-up windows for this page, then press the button again.',
  },
  'pt-BR': {
    heading: 'Migre seu número do WhatsApp',
    button: 'Abrir a janela do WhatsApp',
    needsScript: 'Esta página precisa de JavaScript.',
    over: 'Este link expirou ou foi aberto em outro lugar. Peça um novo.',
    trouble: 'A conexão foi interrompida. A página está tentando de novo.',
    working: 'Um momento …',
    inWindow: 'Continue na janela do WhatsApp que acabou de abrir.',
    checking: 'Obrigado. Estamos verificando o que você fez; isso leva um instante.',
    done: 'Pronto. O número está sendo migrado; você pode fechar esta página.',
    closed: 'Não há mais nada a fazer aqui.',
    notLoaded:
      'Não foi possível carregar a janela do WhatsApp. Desative o que bloqueia facebook.net e recarregue esta página.',
    windowBlocked:
      'Seu navegador bloqueou a janela do WhatsApp. Permita pop-ups para esta página e pressione o botão de novo.',
  },
  es: {
    heading: 'Traslade su número de WhatsApp',
    button: 'Abrir la ventana de WhatsApp',
    needsScript: 'Esta página necesita JavaScript.',
    over: 'Este enlace ha caducado o se abrió en otro lugar. Pida uno nuevo.',
    trouble: 'La conexión se ha interrumpido. La página lo intenta de nuevo.',
    working: 'Un momento …',
    inWindow: 'Continúe en la ventana de WhatsApp que se acaba de abrir.',
    checking: 'Gracias. Estamos revisando lo que ha hecho; tarda un momento.',
    done: 'Listo. El número se está trasladando; puede cerrar esta página.',
    closed: 'Ya no hay nada que hacer aquí.',
    notLoaded:
      'No se pudo cargar la ventana de WhatsApp. Desactive lo que bloquea facebook.net y vuelva a cargar esta página.',
    windowBlocked:
      'Su navegador ha bloqueado la ventana de WhatsApp. Permita las ventanas emergentes para esta página y pulse el botón otra vez.',
  },
};
