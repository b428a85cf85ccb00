/** The winding up of an aborted migration: what is freed, what stays, and who can remove it (product, promise 5). */
import { leftAnnounced } from '../../shared/announced-number';
import { leftTemplates } from '../../shared/left-templates';
import type { StepName } from '../../shared/steps';
import { leftoverText } from '../../shared/texts';
import type { AddressedLeftover } from '../../shared/texts/addressed';
import type { MigrationState } from './state';

const copiedTemplates = ({ migration, templates }: MigrationState): AddressedLeftover[] =>
  migration.templates === null && templates.pagesCopied > 0
    ? [
        {
          ...{ kind: 'copied_templates', party: 'client' },
          ...leftoverText('left.copied_templates.uncounted', {}),
        },
      ]
    : leftTemplates(migration);

/** Its call was made, and nobody has read since whether it had its effect. */
const isInDoubt = ({ migration }: MigrationState, name: StepName): boolean =>
  migration.steps.some((step) => step.name === name && step.error?.effect === 'unknown');

const payment = (state: MigrationState): AddressedLeftover[] => {
  const common = { kind: 'credit_line', party: 'client' } as const;
  const isLine = state.request.funding?.payer === 'partner_credit';
  if (state.made.funding !== null) {
    return [{ ...common, ...leftoverText(isLine ? 'left.credit_line' : 'left.payment', {}) }];
  }
  const mayBe = isLine && isInDoubt(state, 'funding');
  return mayBe ? [{ ...common, ...leftoverText('left.credit_line.uncertain', {}) }] : [];
};

/** The subscription is the destination step's last call; before the account is known it cannot have been made. */
const subscription = (state: MigrationState): AddressedLeftover[] => {
  const common = { kind: 'subscribed_app', party: 'operator' } as const;
  if (state.made.subscription) return [{ ...common, ...leftoverText('left.subscribed_app', {}) }];
  const mayBe = state.migration.destination.wabaId !== null && isInDoubt(state, 'destination');
  return mayBe ? [{ ...common, ...leftoverText('left.subscribed_app.uncertain', {}) }] : [];
};

/**
 * Nothing at the platform is undone: Meta documents no way to cancel an announcement, deleting copied templates would
 * lock their names for 30 days, and revoking credit would hit the client's other accounts. The claim is freed by the
 * closing projection. Each is told to whom it is left to: what lies in the client's accounts to the client.
 */
export const leftInPlace = (state: MigrationState): AddressedLeftover[] => {
  const { migration, signup, intent } = state;
  const leftovers = [
    ...leftAnnounced(migration, { told: signup.toldNumber }),
    ...copiedTemplates(state),
    ...payment(state),
    ...subscription(state),
  ];
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
  const wabaId = madeAccount(state);
  if (wabaId !== null) {
    leftovers.push({
      ...{ kind: 'destination_waba', party: 'client' },
      ...leftoverText('left.destination_waba', { wabaId }),
    });
  }
  return leftovers;
};

/** The account that came of this migration; a popup's that has not proven the number is one too. */
const madeAccount = ({ migration, made, signup, request }: MigrationState): string | null => {
  if (made.waba) return migration.destination.wabaId;
  const seen = signup.seen?.wabaId ?? null;
  const isNew = seen !== null && !(signup.known ?? []).includes(seen) && seen !== request.destination.wabaId;
  return isNew && migration.destination.wabaId === null ? seen : null;
};
