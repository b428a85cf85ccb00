/** What a client is answered at once: a statement that is not whole, and what stands in the way of whoever opened a link. */
import type { Texts } from './wording';

export const ANSWER_TEXTS = {
  'statement_incomplete.person': {
    en: {
      what: 'the statement names no person who takes the code',
      how: 'the person’s name first, then day, hours by the clock and time zone, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”',
    },
    'pt-BR': {
      what: 'a declaração não traz o nome de quem recebe o código',
      how: 'primeiro o nome da pessoa, depois o dia, o horário com horas e o fuso, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”',
    },
    es: {
      what: 'la declaración no nombra a la persona que recibe el código',
      how: 'primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz»',
    },
  },
  'statement_incomplete.time': {
    en: {
      what: 'the statement names no hour by the clock; a part of the day is not enough, because the code expires within minutes',
      how: 'the person’s name first, then day, hours by the clock and time zone, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”',
    },
    'pt-BR': {
      what: 'a declaração não traz a hora; “à tarde” não basta, porque o código expira em poucos minutos',
      how: 'primeiro o nome da pessoa, depois o dia, o horário com horas e o fuso, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”',
    },
    es: {
      what: 'la declaración no indica la hora; «por la tarde» no basta, porque el código caduca en pocos minutos',
      how: 'primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz»',
    },
  },
  'statement_incomplete.both': {
    en: {
      what: 'the statement names neither a person who takes the code nor an hour by the clock',
      how: 'the person’s name first, then day, hours by the clock and time zone, such as “Ana Souza, Monday 23 November, 20:00–22:00 America/Sao_Paulo; in reserve João Lima”',
    },
    'pt-BR': {
      what: 'a declaração não traz nem o nome de quem recebe o código nem a hora',
      how: 'primeiro o nome da pessoa, depois o dia, o horário com horas e o fuso, por exemplo “Ana Souza, segunda 23/11, das 20h às 22h, horário de Brasília; reserva: João Lima”',
    },
    es: {
      what: 'la declaración no nombra a la persona que recibe el código ni indica la hora',
      how: 'primero el nombre de la persona, después el día, las horas de reloj y la zona horaria, por ejemplo «Ana López, lunes 23/11, de 20:00 a 22:00, hora de Ciudad de México; de reserva: Juan Ruiz»',
    },
  },
  'link.over': {
    en: {
      what: 'This link is not valid: it has expired, or was not copied whole',
      how: 'A link lasts two hours at most. Open it in full, to its last character; otherwise ask whoever sent it for a new one.',
    },
    'pt-BR': {
      what: 'Este link não é válido: expirou ou não foi copiado por inteiro',
      how: 'Um link vale no máximo duas horas. Abra-o por inteiro, até o último caractere; senão, peça um novo a quem o enviou.',
    },
    es: {
      what: 'Este enlace no es válido: ha caducado o no se copió completo',
      how: 'Un enlace vale dos horas como máximo. Ábralo completo, hasta el último carácter; si no, pida uno nuevo a quien se lo envió.',
    },
  },
  'link.not_found': {
    en: {
      what: 'This link is for something else',
      how: 'Another link was opened in this browser. Open the last one you were sent, or ask for a new one.',
    },
    'pt-BR': {
      what: 'Este link é para outra coisa',
      how: 'Outro link foi aberto neste navegador. Abra o último que recebeu ou peça um novo.',
    },
    es: {
      what: 'Este enlace es para otra cosa',
      how: 'En este navegador se abrió otro enlace. Abra el último que recibió, o pida uno nuevo.',
    },
  },
  'link.nothing_to_do': {
    en: {
      what: 'There is nothing to do here any more',
      how: 'What this link was for is done, or is not asked of you now. If you expected otherwise, ask whoever sent it.',
    },
    'pt-BR': {
      what: 'Não há mais nada a fazer aqui',
      how: 'Aquilo para que este link servia já foi feito, ou não é pedido a você agora. Se esperava outra coisa, fale com quem o enviou.',
    },
    es: {
      what: 'Ya no hay nada que hacer aquí',
      how: 'Aquello para lo que servía este enlace ya está hecho, o ahora no se le pide. Si esperaba otra cosa, hable con quien se lo envió.',
    },
  },
  'link.later': {
    en: {
      what: 'This cannot be answered right now',
      how: 'Wait a minute and try again; nothing is lost.',
    },
    'pt-BR': {
      what: 'Não é possível responder agora',
      how: 'Espere um minuto e tente de novo; nada se perdeu.',
    },
    es: {
      what: 'Ahora mismo no se puede responder',
      how: 'Espere un minuto e inténtelo de nuevo; no se ha perdido nada.',
    },
  },
  'link.failed': {
    en: {
      what: 'This did not work',
      how: 'Reload the page and try again. If it fails again, tell whoever sent the link, with the code {code}.',
    },
    'pt-BR': {
      what: 'Isso não funcionou',
      how: 'Recarregue a página e tente de novo. Se falhar outra vez, avise quem enviou o link, com o código {code}.',
    },
    es: {
      what: 'Esto no ha funcionado',
      how: 'Vuelva a cargar la página e inténtelo de nuevo. Si falla otra vez, avise a quien envió el enlace, con el código {code}.',
    },
  },
} as const satisfies Texts;
