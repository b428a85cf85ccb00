/**
 * What does not move with a number, as far as it can be seen, so that nobody misses it afterwards (R10–R12, meta §1.6). What is
 * to be made again `becomes` a task of that kind.
 */
import type { WhatStays } from '../../../shared/preparation';
import { findingText } from '../../../shared/texts';
import type { Finding } from '../../../shared/migration';
import { DAYS, type ClientsRule, type Facts, type Fault, type Rule } from '../rule';

const isMovable = ({ source }: Facts): boolean => source.number !== null || source.whyUnseen !== null;

const SEEN = { scopes: ['preflight'], about: 'source', freshnessMs: 7 * DAYS } as const;

interface Stays extends Pick<ClientsRule, 'code' | 'requirement' | 'holds'> {
  severity?: Finding['severity'];
  applies: (facts: Facts) => Fault<'client'> | null;
}

const stays = ({ severity = 'info', applies, ...rule }: Stays): ClientsRule => ({
  ...SEEN,
  ...rule,
  severity,
  party: 'client',
  applies: (facts) => (isMovable(facts) ? applies(facts) : null),
});

export const HISTORY_STAYS = stays({
  code: 'HISTORY_DOES_NOT_MOVE',
  requirement: 'R10',
  holds: 'nothing of worth stays behind at the source',
  applies: ({ source }) => ({
    ...findingText('HISTORY_DOES_NOT_MOVE', {}),
    evidence: {
      stays: ['chat history', 'open conversations', 'block list'],
      notSeen: source.whyUnseen === null ? [] : ['catalogue', 'flows', 'QR codes', 'profile', 'greeting'],
    },
  }),
});

export const CATALOGUE_STAYS = stays({
  code: 'CATALOGUE_DOES_NOT_MOVE',
  requirement: 'R11',
  holds: 'no catalogue hangs on the source account',
  severity: 'warning',
  applies: ({ source }) => {
    const commerceAccountId = source.waba?.commerceAccountId ?? null;
    return commerceAccountId === null
      ? null
      : {
          ...findingText('CATALOGUE_DOES_NOT_MOVE', {}),
          evidence: { stays: ['catalogue'], commerceAccountId },
        };
  },
});

export const MEDIA_STAYS = stays({
  code: 'MEDIA_MAY_NOT_MOVE',
  requirement: 'R12',
  holds: 'no uploaded media is needed after the move',
  applies: ({ source }) => {
    const lost = source.number?.platformType === 'ON_PREMISE';
    return {
      severity: lost ? 'warning' : 'info',
      ...findingText(lost ? 'MEDIA_MAY_NOT_MOVE.on_premise' : 'MEDIA_MAY_NOT_MOVE', {}),
      evidence: { stays: ['uploaded media'] },
    };
  },
});

export const FLOWS_STAY = stays({
  code: 'FLOWS_DO_NOT_MOVE',
  requirement: 'meta §1.6',
  holds: 'the source account has no flows',
  applies: ({ source }) => {
    const { flows = null, flowCount: count = flows?.length ?? 0 } = source.assets ?? {};
    return count === 0
      ? null
      : {
          ...findingText('FLOWS_DO_NOT_MOVE', { count }),
          evidence: { stays: flows ?? [], count, becomes: 'rebuild_flows' satisfies WhatStays },
        };
  },
});

export const QR_CODES_STAY = stays({
  code: 'QR_CODES_DO_NOT_MOVE',
  requirement: 'meta §1.6',
  holds: 'the number has no QR codes or short links',
  severity: 'warning',
  applies: ({ source }) => {
    const codes = source.assets?.qrCodes ?? [];
    return codes.length === 0
      ? null
      : {
          ...findingText('QR_CODES_DO_NOT_MOVE', { count: codes.length }),
          evidence: { stays: codes, becomes: 'remake_qr_codes' satisfies WhatStays },
        };
  },
});

export const GREETING_STAYS = stays({
  code: 'CONVERSATIONAL_COMPONENTS_DO_NOT_MOVE',
  requirement: 'meta §1.6',
  holds: 'the number has no ice breakers, commands or welcome message',
  applies: ({ source }) => {
    const components = source.number?.conversationalComponents ?? [];
    return components.length === 0
      ? null
      : {
          ...findingText('CONVERSATIONAL_COMPONENTS_DO_NOT_MOVE', { components: components.join(', ') }),
          evidence: { stays: components, becomes: 'set_up_automations' satisfies WhatStays },
        };
  },
});

export const PROFILE_STAYS = stays({
  code: 'PROFILE_MAY_NOT_MOVE',
  requirement: 'meta §1.6',
  holds: 'the business profile is empty',
  applies: ({ source }) => {
    const fields = source.assets?.profileFields ?? [];
    return fields.length === 0
      ? null
      : {
          ...findingText('PROFILE_MAY_NOT_MOVE', { fields: fields.join(', ') }),
          evidence: { stays: fields },
        };
  },
});

export const WEBHOOK_OVERRIDE_STAYS: Rule = {
  ...SEEN,
  code: 'WEBHOOK_OVERRIDE_DOES_NOT_MOVE',
  requirement: 'meta §1.6',
  severity: 'info',
  party: 'operator',
  holds: 'the number has no callback address of its own',
  applies: (facts) =>
    isMovable(facts) && facts.source.number?.webhookOverridden === true
      ? {
          message: 'The number has a callback address of its own at the source. It does not move.',
          remedy:
            'Decide where messages go at the destination: the app’s callback, or an override on the new number.',
          evidence: {
            stays: ['callback address of the number'],
            becomes: 'set_number_webhook' satisfies WhatStays,
          },
        }
      : null,
};
