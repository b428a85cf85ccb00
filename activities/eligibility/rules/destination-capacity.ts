/** Room at the destination: the app's subscription, templates (R6), numbers (meta §1.1). */
import { findingText } from '../../../shared/texts';
import { DAYS, HOURS, type Rule } from '../rule';

export const APP_NOT_SUBSCRIBED: Rule = {
  code: 'APP_NOT_SUBSCRIBED',
  requirement: 'meta §1.1',
  scopes: ['preflight', 'destination', 'last_look'],
  severity: 'info',
  party: 'system',
  holds: 'the partner app hears the webhooks of the destination account',
  about: 'destination',
  freshnessMs: 6 * HOURS,
  applies: ({ destination, scope }) => {
    if (destination?.waba?.appSubscribed !== false) return null;
    const late = scope === 'last_look';
    return {
      severity: late ? 'blocker' : 'info',
      party: late ? 'operator' : 'system',
      message: 'The partner app is not subscribed to the destination account.',
      remedy: late
        ? 'Somebody has removed the subscription: retry the destination step, which subscribes the app again.'
        : 'Nothing to do: the destination step subscribes it.',
      evidence: { appSubscribed: false },
    };
  },
};

export const TEMPLATE_CAPACITY: Rule = {
  code: 'TEMPLATE_CAPACITY_TOO_SMALL',
  requirement: 'R6',
  scopes: ['preflight', 'destination'],
  severity: 'warning',
  party: 'client',
  holds: 'the destination has room for the templates of the source',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ request, source, destination }) => {
    const wanted = source.waba?.templateCount ?? null;
    const there = destination?.waba ?? null;
    if (!request.templates.copy || wanted === null || there === null) return null;
    if (there.templateLimit === null || there.templateCount === null) return null;
    const free = Math.max(0, there.templateLimit - there.templateCount);
    if (wanted <= free) return null;
    return {
      severity: free < request.templates.required.length ? 'blocker' : 'warning',
      ...findingText('TEMPLATE_CAPACITY_TOO_SMALL', { wanted, free }),
      evidence: { sourceTemplates: wanted, free, limit: there.templateLimit },
    };
  },
};

export const NUMBER_CAP: Rule = {
  code: 'NUMBER_CAP_REACHED',
  requirement: 'meta §1.1',
  scopes: ['preflight', 'destination'],
  severity: 'warning',
  party: 'client',
  holds: 'the portfolio of the destination may have another number',
  about: 'destination',
  freshnessMs: DAYS,
  applies: ({ source, destination }) => {
    const cap = destination?.portfolioNumberCap ?? null;
    const seen = destination?.portfolioNumberCount ?? null;
    if (cap === null || seen === null) return null;
    // More registered ones than are usual, this one among them, prove that Meta allows more; how many it does not show.
    if (seen + 1 > cap) {
      return {
        severity: 'info',
        ...findingText('NUMBER_CAP_REACHED.raised', { registered: seen + 1, cap }),
        evidence: { otherNumbers: seen, cap },
      };
    }
    // The destination's token may not see the source account, which is of the same portfolio (R4).
    const atSource = Math.max(0, (source.waba?.numberCount ?? 1) - 1);
    const others = Math.max(seen, atSource + (destination?.waba?.numberCount ?? 0));
    // The portfolio holds this number already (R4): what may fail is that Meta counts one on the move at both ends, and what
    // an account lists may not be registered. No more than a doubt, and a refused announcement leaves the number as it was.
    if (others + 2 <= cap) return null;
    return {
      ...findingText('NUMBER_CAP_REACHED', { others, cap }),
      evidence: { otherNumbers: others, cap },
    };
  },
};
