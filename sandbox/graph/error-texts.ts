export type Locale = 'en_US' | 'pt_BR' | 'es_LA';

interface Text {
  readonly title: string;
  readonly message: string;
}

export interface MigrationErrorText extends Readonly<Record<Locale, Text>> {
  readonly subcode: number;
  readonly transient?: boolean;
}

const cannotMigrate = {
  en_US: 'Cannot Migrate Phone Number',
  pt_BR: 'Não é possível migrar o número de telefone',
  es_LA: 'No se puede migrar el número de teléfono',
} as const;

const cannotCertify = {
  en_US: 'Cannot Create Certificate',
  pt_BR: 'Não é possível criar o certificado',
  es_LA: 'No se puede crear el certificado',
} as const;

type Titles = Readonly<Record<Locale, string>>;

const texts = (subcode: number, titles: Titles, en: string, pt: string, es: string): MigrationErrorText => ({
  subcode,
  en_US: { title: titles.en_US, message: en },
  pt_BR: { title: titles.pt_BR, message: pt },
  es_LA: { title: titles.es_LA, message: es },
});

/** One sub-code, many meanings: only these texts, in the reader's language, tell them apart (meta §6.4). */
export const migrationTexts = {
  confirm_ownership: texts(
    2388001,
    cannotCertify,
    'Before you can register this phone number you must confirm your ownership of it.',
    'Antes de registrar este número de telefone, confirme que ele pertence a você.',
    'Antes de registrar este número de teléfono, debes confirmar que es tuyo.',
  ),
  two_step_on: texts(
    2388001,
    cannotCertify,
    'Two-step verification must be disabled for this phone number before it can be migrated.',
    'A confirmação em duas etapas deve ser desativada para este número de telefone antes da migração.',
    'La verificación en dos pasos debe estar desactivada para este número de teléfono antes de migrarlo.',
  ),
  registered_elsewhere: texts(
    2388001,
    cannotCertify,
    'This phone number is registered to an existing WhatsApp account.',
    'Este número de telefone está registrado em uma conta existente do WhatsApp.',
    'Este número de teléfono está registrado en una cuenta de WhatsApp existente.',
  ),
  already_in_list: texts(
    2388012,
    {
      en_US: 'Phone Number Already Added',
      pt_BR: 'Número de telefone já adicionado',
      es_LA: 'Número de teléfono ya agregado',
    },
    'This phone number is already in your list of phone numbers.',
    'Este número de telefone já está na sua lista de números.',
    'Este número de teléfono ya está en tu lista de números.',
  ),
  cannot_receive_code: texts(
    2388091,
    {
      en_US: 'Cannot Request Code',
      pt_BR: 'Não é possível solicitar o código',
      es_LA: 'No se puede solicitar el código',
    },
    'This phone number is not being migrated, so it cannot receive a code here. Use the normal registration.',
    'Este número não está sendo migrado e não pode receber um código aqui. Use o registro normal.',
    'Este número no se está migrando, por lo que no puede recibir un código aquí. Usa el registro normal.',
  ),
  cannot_verify_code: texts(
    2388093,
    {
      en_US: 'Cannot Verify Code',
      pt_BR: 'Não é possível verificar o código',
      es_LA: 'No se puede verificar el código',
    },
    'This phone number is not being migrated, so its code cannot be verified here. Use the normal registration.',
    'Este número não está sendo migrado e seu código não pode ser verificado aqui. Use o registro normal.',
    'Este número no se está migrando, por lo que su código no puede verificarse aquí. Usa el registro normal.',
  ),
  webhooks_missing: texts(
    2388103,
    cannotMigrate,
    'The destination WhatsApp Business account has not set up webhooks: subscribe an app to it first.',
    'A conta do WhatsApp Business de destino não configurou webhooks: assine um aplicativo primeiro.',
    'La cuenta de WhatsApp Business de destino no configuró webhooks: suscribe primero una aplicación.',
  ),
  add_directly: texts(
    2388103,
    cannotMigrate,
    'This phone number is eligible to be added directly, and does not need to be migrated.',
    'Este número de telefone pode ser adicionado diretamente e não precisa ser migrado.',
    'Este número de teléfono se puede agregar directamente y no necesita migrarse.',
  ),
  name_not_approved: texts(
    2388103,
    cannotMigrate,
    'The registered name of the phone number should be present and approved before it can be migrated.',
    'O nome registrado do número de telefone deve existir e estar aprovado antes da migração.',
    'El nombre registrado del número de teléfono debe existir y estar aprobado antes de migrarlo.',
  ),
  source_not_set_up: texts(
    2388103,
    cannotMigrate,
    'The source WhatsApp Business account is not set up correctly. Contact support.',
    'A conta do WhatsApp Business de origem não está configurada corretamente. Fale com o suporte.',
    'La cuenta de WhatsApp Business de origen no está configurada correctamente. Comunícate con soporte.',
  ),
  no_payment: texts(
    2388103,
    cannotMigrate,
    'The destination WhatsApp Business account has no payment account or credit line attached.',
    'A conta do WhatsApp Business de destino não tem forma de pagamento nem linha de crédito vinculada.',
    'La cuenta de WhatsApp Business de destino no tiene una cuenta de pago ni línea de crédito vinculada.',
  ),
  generic: {
    ...texts(
      2388103,
      cannotMigrate,
      'Something went wrong when trying to migrate this phone number. Please try again later.',
      'Algo deu errado ao tentar migrar este número de telefone. Tente novamente mais tarde.',
      'Se produjo un error al intentar migrar este número de teléfono. Vuelve a intentarlo más tarde.',
    ),
    transient: true,
  },
  different_business: texts(
    2388103,
    cannotMigrate,
    'This phone number belongs to a different Business Manager. The source and destination WhatsApp Business accounts ' +
      'need to represent the same business.',
    'Este número pertence a outro Gerenciador de Negócios. As contas de origem e destino precisam representar a ' +
      'mesma empresa.',
    'Este número pertenece a otro administrador comercial. Las cuentas de origen y destino deben representar a la ' +
      'misma empresa.',
  ),
  destination_not_approved: texts(
    2388103,
    cannotMigrate,
    'The destination WhatsApp Business account must be approved before a phone number can be migrated to it.',
    'A conta do WhatsApp Business de destino deve ser aprovada antes de receber um número.',
    'La cuenta de WhatsApp Business de destino debe estar aprobada antes de recibir un número.',
  ),
  messaging_for_pending: texts(
    2388103,
    cannotMigrate,
    'The "Messaging for" request of the destination WhatsApp Business account must be approved.',
    'A solicitação "Mensagens para" da conta do WhatsApp Business de destino deve ser aprovada.',
    'La solicitud "Mensajes para" de la cuenta de WhatsApp Business de destino debe aprobarse.',
  ),
  coexistence: texts(
    2388103,
    cannotMigrate,
    'Phone numbers in use with the WhatsApp Business app cannot be migrated.',
    'Números em uso com o app WhatsApp Business não podem ser migrados.',
    'Los números en uso con la app de WhatsApp Business no se pueden migrar.',
  ),
  test_number: texts(
    2388103,
    cannotMigrate,
    'Test phone numbers cannot be migrated.',
    'Números de teste não podem ser migrados.',
    'Los números de prueba no se pueden migrar.',
  ),
  marked_already: texts(
    2593079,
    {
      en_US: 'WhatsApp Business account already marked for migration',
      pt_BR: 'Conta do WhatsApp Business já marcada para migração',
      es_LA: 'La cuenta de WhatsApp Business ya está marcada para migrar',
    },
    'This WhatsApp Business account is already marked for migration to another solution.',
    'Esta conta do WhatsApp Business já está marcada para migração para outra solução.',
    'Esta cuenta de WhatsApp Business ya está marcada para migrar a otra solución.',
  ),
  not_mobile: texts(
    2593085,
    {
      en_US: 'WhatsApp Business account not eligible',
      pt_BR: 'Conta do WhatsApp Business não qualificada',
      es_LA: 'La cuenta de WhatsApp Business no reúne los requisitos',
    },
    'This WhatsApp Business account is not eligible for mobility.',
    'Esta conta do WhatsApp Business não está qualificada para mobilidade.',
    'Esta cuenta de WhatsApp Business no reúne los requisitos de movilidad.',
  ),
} as const satisfies Record<string, MigrationErrorText>;

export type MigrationErrorName = keyof typeof migrationTexts;
