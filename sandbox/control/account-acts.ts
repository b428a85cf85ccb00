import { z } from 'zod';
import { attach, revokeAllocation, revokeFunding, share } from '../behaviour/credit';
import { decideTemplate } from '../behaviour/templates';
import type { Platform } from '../platform/platform';
import { allocationOf, appOf, businessOf, ownerOfLine, templateOf } from '../world/lookups';
import type { Business, Token, Waba } from '../world/schema';
import { tellPartner, tellSubscribers, webhookFields } from '../webhooks/queue';
import { act, type Act, type ActResult } from './act';
import { ControlProblem } from './problem';
import { targetWaba } from './targets';

const wabaId = z.string();
const justWaba = z.strictObject({ wabaId });

function noteWaba(platform: Platform, name: string, waba: Waba): ActResult {
  platform.effect('act', { waba: waba.id }, { act: name });
  return { wabaId: waba.id };
}

function decideObo(status: 'ACCEPTED' | 'REJECTED', name: string): Act {
  return act(
    `the client answers the "Messaging for" request: ${status.toLowerCase()}`,
    justWaba,
    (platform, input) => {
      const waba = targetWaba(platform, input.wabaId);
      if (!waba.obo) throw new ControlProblem(409, 'this account has no "Messaging for" request');
      waba.obo.status = status;
      return noteWaba(platform, name, waba);
    },
  );
}

function tokenNamed(platform: Platform, name: string): Token {
  const token = platform.world.tokens.find((candidate) => candidate.name === name);
  if (!token) throw new ControlProblem(404, 'there is no token of this name');
  return token;
}

function businessWith(platform: Platform, id: string): Business {
  const business = businessOf(platform.world, id);
  if (!business) throw new ControlProblem(404, `there is no business ${id}`);
  return business;
}

/** Acts of the people around an account, a business, a token. */
export const accountActs: Readonly<Record<string, Act>> = {
  'review-decision': act(
    'Meta decides the review of an account',
    z.strictObject({ wabaId, decision: z.enum(['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED']) }),
    (platform, input) => {
      const waba = targetWaba(platform, input.wabaId);
      waba.reviewStatus = input.decision;
      tellSubscribers(platform, waba, 'account_review_update', { decision: input.decision });
      return noteWaba(platform, 'review-decision', waba);
    },
  ),
  'business-verification': act(
    'the verification of a business changes',
    z.strictObject({
      businessId: z.string(),
      status: z.enum(['verified', 'not_verified', 'pending', 'rejected', 'revoked']),
    }),
    (platform, input) => {
      const business = businessWith(platform, input.businessId);
      business.verificationStatus = input.status;
      platform.effect(
        'act',
        { business: business.id },
        { act: 'business-verification', status: input.status },
      );
      return { businessId: business.id };
    },
  ),
  'attach-card': act('the client adds a card in the billing pages', justWaba, (platform, input) => {
    const waba = targetWaba(platform, input.wabaId);
    if (waba.funding?.kind === 'credit_line') {
      throw new ControlProblem(409, 'a credit line is glued to this account: no card can be added');
    }
    waba.funding = { kind: 'card', id: platform.newId(), active: true };
    return noteWaba(platform, 'attach-card', waba);
  }),
  'remove-card': act('the client removes the card in the billing pages', justWaba, (platform, input) => {
    const waba = targetWaba(platform, input.wabaId);
    if (waba.funding?.kind !== 'card') throw new ControlProblem(409, 'no card is attached to this account');
    waba.funding = null;
    return noteWaba(platform, 'remove-card', waba);
  }),
  'attach-line': act(
    'a partner shares its line of credit with the owner of an account and attaches it, for ever',
    z.strictObject({ wabaId, creditLineId: z.string(), currency: z.string().default('USD') }),
    (platform, input) => {
      const waba = targetWaba(platform, input.wabaId);
      if (waba.funding?.kind === 'credit_line') {
        throw new ControlProblem(409, 'a credit line is glued to this account already');
      }
      if (!ownerOfLine(platform.world, input.creditLineId)) {
        throw new ControlProblem(404, `there is no credit line ${input.creditLineId}`);
      }
      const allocation = share(platform, input.creditLineId, waba.businessId);
      attach(platform, waba, allocation, input.currency);
      return noteWaba(platform, 'attach-line', waba);
    },
  ),
  'revoke-credit': act(
    'funding is revoked: of one account, or of a whole allocation',
    z.strictObject({ wabaId: wabaId.optional(), allocationId: z.string().optional() }),
    (platform, input) => {
      if (input.wabaId !== undefined) {
        const waba = targetWaba(platform, input.wabaId);
        revokeFunding(platform, waba);
        return noteWaba(platform, 'revoke-credit', waba);
      }
      const allocation = allocationOf(platform.world, input.allocationId ?? '');
      if (!allocation) throw new ControlProblem(404, 'give wabaId, or the id of an allocation');
      revokeAllocation(platform, allocation);
      return { allocationId: allocation.id };
    },
  ),
  'give-tasks': act(
    'an admin of the portfolio says what somebody may do at an account',
    z.strictObject({
      wabaId,
      userId: z.string().regex(/^\d+$/),
      name: z.string().min(1),
      businessId: z.string(),
      tasks: z.array(z.string()).min(1),
    }),
    (platform, { userId, ...input }) => {
      const waba = targetWaba(platform, input.wabaId);
      const { id: businessId } = businessWith(platform, input.businessId);
      waba.assignedUsers = [
        ...waba.assignedUsers.filter(({ id }) => id !== userId),
        { id: userId, name: input.name, businessId, tasks: input.tasks },
      ];
      return noteWaba(platform, 'give-tasks', waba);
    },
  ),
  'accept-obo': decideObo('ACCEPTED', 'accept-obo'),
  'reject-obo': decideObo('REJECTED', 'reject-obo'),
  'unsubscribe-app': act(
    'somebody unsubscribes an app (or all) from an account',
    z.strictObject({ wabaId, appId: z.string().optional() }),
    (platform, input) => {
      const waba = targetWaba(platform, input.wabaId);
      waba.subscribedApps = waba.subscribedApps.filter(
        ({ appId }) => input.appId !== undefined && appId !== input.appId,
      );
      return noteWaba(platform, 'unsubscribe-app', waba);
    },
  ),
  'partner-removed': act(
    'the client removes the partner: its app loses the account',
    z.strictObject({ wabaId, appId: z.string() }),
    (platform, input) => {
      const waba = targetWaba(platform, input.wabaId);
      const app = appOf(platform.world, input.appId);
      if (!app) throw new ControlProblem(404, `there is no app ${input.appId}`);
      for (const token of platform.world.tokens) {
        if (token.appId === app.id) token.targetIds = token.targetIds.filter((id) => id !== waba.id);
      }
      waba.subscribedApps = waba.subscribedApps.filter(({ appId }) => appId !== app.id);
      tellPartner(platform, app, waba.businessId, {
        event: 'PARTNER_REMOVED',
        waba_info: { waba_id: waba.id, owner_business_id: waba.businessId, partner_app_id: app.id },
      });
      return noteWaba(platform, 'partner-removed', waba);
    },
  ),
  'review-template': act(
    'Meta decides about a template',
    z.strictObject({
      templateId: z.string(),
      decision: z.enum(['APPROVED', 'REJECTED', 'PAUSED', 'DISABLED']),
      reason: z.string().default('INCORRECT_CATEGORY'),
    }),
    (platform, input) => {
      const found = templateOf(platform.world, input.templateId);
      if (!found) throw new ControlProblem(404, `there is no template ${input.templateId}`);
      decideTemplate(platform, found.waba, found.template, input.decision, input.reason);
      return noteWaba(platform, 'review-template', found.waba);
    },
  ),
  'account-notice': act(
    'Meta tells the apps of an account of something that this world does not keep',
    z.strictObject({
      wabaId,
      field: z.enum(webhookFields).exclude(['messages']),
      value: z.record(z.string(), z.unknown()).default({}),
    }),
    (platform, input) => {
      const waba = targetWaba(platform, input.wabaId);
      tellSubscribers(platform, waba, input.field, input.value);
      return noteWaba(platform, 'account-notice', waba);
    },
  ),
  'expire-token': act('a token reaches its end', z.strictObject({ token: z.string() }), (platform, input) => {
    tokenNamed(platform, input.token).expiresAt = platform.now();
    return { token: input.token };
  }),
  'revoke-token': act('a token is revoked', z.strictObject({ token: z.string() }), (platform, input) => {
    tokenNamed(platform, input.token).revoked = true;
    return { token: input.token };
  }),
};
