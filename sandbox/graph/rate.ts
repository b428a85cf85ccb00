import type { Platform } from '../platform/platform';
import type { Waba } from '../world/schema';
import { GraphError, tooManyCalls } from './errors';

const HOUR_MS = 3_600_000;
const CREDIT_CALLS_PER_HOUR = 5_000;
const TEMPLATES_PER_HOUR = 100;

/** How much of an hour's budget is used, as the usage headers tell it (meta §7). */
export interface Usage {
  readonly businessId: string;
  readonly calls: number;
  readonly limit: number;
  /** Minutes until a call is possible again; 0 while calls are possible. */
  readonly regainMinutes: number;
}

/** 200 calls an hour for each app and WABA; 5,000 once the WABA has a connected number (meta §7). */
export function callLimit(platform: Platform, waba: Waba): number {
  const { world } = platform;
  const active = world.records.some(
    (record) => record.wabaId === waba.id && !record.vanished && record.status === 'CONNECTED',
  );
  return active ? world.knobs.callsPerHourLarge : world.knobs.callsPerHourSmall;
}

/** Counts a call on a WABA's edges. @throws RateError (80008 or 80007) when the rolling hour is full. */
export function countWabaCall(platform: Platform, appId: string, waba: Waba): Usage {
  const limit = callLimit(platform, waba);
  return count(platform, `waba:${appId}:${waba.id}`, limit, waba.businessId);
}

export function countCreditCall(platform: Platform, appId: string, businessId: string): Usage {
  return count(platform, `credit:${appId}`, CREDIT_CALLS_PER_HOUR, businessId);
}

/** A throttled answer, with the usage its headers must show. */
export class RateError extends GraphError {
  constructor(
    code: 80007 | 80008,
    readonly usage: Usage,
  ) {
    super(tooManyCalls(code).parts);
  }
}

function count(platform: Platform, key: string, limit: number, businessId: string): Usage {
  const now = platform.now();
  const calls = (platform.state.calls[key] ?? []).filter((at) => at > now - HOUR_MS);
  platform.state.calls[key] = calls;
  if (calls.length >= limit) {
    const freed = calls[calls.length - limit] ?? now;
    const regainMinutes = Math.max(1, Math.ceil((freed + HOUR_MS - now) / 60_000));
    throw new RateError(platform.world.knobs.rateCode, {
      businessId,
      calls: calls.length,
      limit,
      regainMinutes,
    });
  }
  calls.push(now);
  return { businessId, calls: calls.length, limit, regainMinutes: 0 };
}

/** 100 templates per WABA and hour (meta §4.3). */
export function countTemplateCreation(platform: Platform, waba: Waba): void {
  const now = platform.now();
  waba.templateCreations = waba.templateCreations.filter((at) => at > now - HOUR_MS);
  if (waba.templateCreations.length >= TEMPLATES_PER_HOUR) throw tooManyCalls(platform.world.knobs.rateCode);
  waba.templateCreations.push(now);
}

/** `X-App-Usage` and `X-Business-Use-Case-Usage`. */
export function usageHeaders(usage: Usage): Record<string, string> {
  const percent = Math.min(100, Math.floor((usage.calls / usage.limit) * 100));
  const figures = {
    call_count: percent,
    total_cputime: Math.floor(percent / 4),
    total_time: Math.floor(percent / 3),
  };
  const businessUse = {
    [usage.businessId]: [
      { type: 'whatsapp', ...figures, estimated_time_to_regain_access: usage.regainMinutes },
    ],
  };
  return {
    'x-app-usage': JSON.stringify({ ...figures, call_count: Math.floor(percent / 10) }),
    'x-business-use-case-usage': JSON.stringify(businessUse),
  };
}
