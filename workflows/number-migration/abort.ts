/** The winding up of an aborted migration: what is freed, what stays, and who can remove it (product, promise 5). */
import type { Leftover } from '../../shared/migration';
import type { MigrationState } from './state';

const alsoMade = ({ templates }: MigrationState['migration']): string => {
  const recreated = templates?.recreated ?? 0;
  return recreated === 0 ? '' : `, ${recreated} were created there`;
};

/**
 * Nothing at the platform is undone: Meta documents no way to cancel an announcement, deleting copied templates would
 * lock their names for 30 days, and revoking credit would hit the client's other accounts. The claim is freed by the
 * closing projection.
 */
export const leftInPlace = ({
  migration,
  made,
  request,
  templates,
  signup,
  intent,
}: MigrationState): Leftover[] => {
  const announcing = migration.steps.find((step) => step.name === 'announcement');
  const leftovers: Leftover[] = [];
  if (migration.cutover.announcedAt !== null) {
    leftovers.push({
      kind: 'announced_number',
      detail: `number ${migration.destination.phoneNumberId ?? ''} is pending at the destination account`,
      removableBy: 'an admin of the business portfolio, by hand in WhatsApp Manager',
    });
  } else if (announcing?.error?.code === 'OUTCOME_UNKNOWN') {
    leftovers.push({
      kind: 'announced_number',
      detail: 'the number may be pending at the destination account: the reply to the announcement was lost',
      removableBy: 'an admin of the business portfolio, by hand in WhatsApp Manager',
    });
  }
  const copied = migration.templates?.copied ?? null;
  if (copied === null ? templates.pagesCopied > 0 : copied > 0) {
    leftovers.push({
      kind: 'copied_templates',
      detail: `${copied ?? 'some'} templates were copied to the destination account${alsoMade(migration)}`,
      removableBy: 'nobody without locking their names for 30 days',
    });
  }
  if (made.funding !== null) {
    leftovers.push({
      kind: 'credit_line',
      detail: `the ${request.funding?.payer === 'partner_credit' ? 'credit line' : 'payment'} attached to the destination account`,
      removableBy: 'nobody: an attached line is for ever; use another account',
    });
  }
  if (made.subscription) {
    leftovers.push({
      kind: 'subscribed_app',
      detail: 'our app is subscribed at the destination account',
      removableBy: 'our operator, by DELETE subscribed_apps',
    });
  }
  const token = signup.credential ?? null;
  if (token !== null) {
    leftovers.push({
      kind: 'client_token',
      detail: `the client's token, stored as credential ${token}, and our app's access to the client's account`,
      removableBy: 'us, by DELETE /v1/credentials; the client, in Business settings → Integrations',
    });
  }
  if (intent !== undefined && intent.id !== null) {
    leftovers.push({
      kind: 'migration_intent',
      detail: `the request ${intent.id} to move the account (${intent.status})`,
      removableBy: 'an admin of the business portfolio, by declining it in Business settings → Requests',
    });
  }
  if (made.waba) {
    leftovers.push({
      kind: 'destination_waba',
      detail: `account ${migration.destination.wabaId ?? ''}, made for this migration`,
      removableBy: 'an admin of the business portfolio, by hand',
    });
  }
  return leftovers;
};
