/** How a planned call is written down. */
import type { PlanFacts } from './facts';
import type { PlannedCall } from './schema';

interface ReadOptions {
  condition?: string;
  atMost?: string;
}

export const read = (path: string, purpose: string, options: ReadOptions = {}): PlannedCall => ({
  method: 'GET',
  path,
  purpose,
  effect: null,
  undo: null,
  reversible: true,
  condition: options.condition ?? null,
  atMost: options.atMost ?? 'once a look',
});

export const write = (
  path: string,
  call: Omit<PlannedCall, 'method' | 'path' | 'condition'> & { condition?: string },
): PlannedCall => ({ method: 'POST', path, ...call, condition: call.condition ?? null });

export const destinationOf = ({ destinationWabaId }: PlanFacts): string =>
  destinationWabaId ?? '{destination-waba}';
export const numberOf = ({ destinationPhoneNumberId }: PlanFacts): string =>
  destinationPhoneNumberId ?? '{destination-number}';
