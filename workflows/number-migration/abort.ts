/** The winding up of an aborted migration: what is freed, what stays, and who can remove it (product, promise 5). */
import { leftoverText } from '../../shared/texts';
import type { AddressedLeftover } from '../../shared/texts/addressed';
import type { MigrationState } from './state';

const announced = ({ migration }: MigrationState): AddressedLeftover[] => {
  const common = { kind: 'announced_number', party: 'client' } as const;
  if (migration.cutover.announcedAt !== null) {
    const phoneNumberId = migration.destination.phoneNumberId ?? '';
    return [{ ...common, ...leftoverText('left.announced_number', { phoneNumberId }) }];
  }
  const announcing = migration.steps.find((step) => step.name === 'announcement');
  return announcing?.error?.code === 'OUTCOME_UNKNOWN'
    ? [{ ...common, ...leftoverText('left.announced_number.uncertain', {}) }]
    : [];
};

const copiedTemplates = ({ migration, templates }: MigrationState): AddressedLeftover[] => {
  const common = { kind: 'copied_templates', party: 'client' } as const;
  if (migration.templates === null) {
    return templates.pagesCopied > 0
      ? [{ ...common, ...leftoverText('left.copied_templates.uncounted', {}) }]
      : [];
  }
  const { copied, recreated = 0 } = migration.templates;
  return copied > 0 ? [{ ...common, ...leftoverText('left.copied_templates', { copied, recreated }) }] : [];
};

/**
 * Nothing at the platform is undone: Meta documents no way to cancel an announcement, deleting copied templates would
 * lock their names for 30 days, and revoking credit would hit the client's other accounts. The claim is freed by the
 * closing projection. Each is told to whom it is left to: what lies in the client's accounts to the client.
 */
export const leftInPlace = (state: MigrationState): AddressedLeftover[] => {
  const { migration, made, request, signup, intent } = state;
  const leftovers = [...announced(state), ...copiedTemplates(state)];
  if (made.funding !== null) {
    const key = request.funding?.payer === 'partner_credit' ? 'left.credit_line' : 'left.payment';
    leftovers.push({ kind: 'credit_line', party: 'client', ...leftoverText(key, {}) });
  }
  if (made.subscription) {
    leftovers.push({ kind: 'subscribed_app', party: 'operator', ...leftoverText('left.subscribed_app', {}) });
  }
  const token = signup.credential ?? null;
  if (token !== null) {
    leftovers.push({
      ...{ kind: 'client_token', party: 'operator' },
      ...leftoverText('left.client_token', { token }),
    });
  }
  if (intent !== undefined && intent.id !== null) {
    leftovers.push({
      ...{ kind: 'migration_intent', party: 'client' },
      ...leftoverText('left.migration_intent', { intent: intent.id, status: intent.status }),
    });
  }
  if (made.waba) {
    const wabaId = migration.destination.wabaId ?? '';
    leftovers.push({
      ...{ kind: 'destination_waba', party: 'client' },
      ...leftoverText('left.destination_waba', { wabaId }),
    });
  }
  return leftovers;
};
