import type { Triage } from '../../activities/contract';
import type { Outcome } from '../../shared/migration';

/** Triage outcomes for which nothing of the rest of the route applies. */
export const ENDS_AS: Readonly<Partial<Record<Triage, Outcome>>> = {
  not_on_platform: 'new_registration_needed',
  partner_change: 'partner_change_needed',
  coexistence: 'coexistence_refused',
  test_number: 'test_number_refused',
  moved_elsewhere: 'moved_elsewhere',
};
