/** Every kind of task there is; a task that stands for a finding bears the finding's code in small letters. */
import { z } from 'zod';
import { ANNOUNCED_NUMBER_WAITS } from '../../shared/announced-number';
import { FOLLOW_UP_KINDS, PREPARATION_KINDS } from '../../shared/preparation';

export const TASK_KINDS = [
  ...PREPARATION_KINDS,
  ...FOLLOW_UP_KINDS,
  ANNOUNCED_NUMBER_WAITS,
  'accept_solution_request',
  'add_payment_method',
  'approve_cutover',
  'cancel_source_subscription',
  'choose_destination_waba',
  'complete_signup',
  'correct_data_region',
  'create_destination_waba',
  'decide_after_deadline',
  'decide_limited_health',
  'decide_template_collisions',
  'decide_webhook_override',
  'escalate_to_meta',
  'make_room_for_templates',
  'provide_required_templates',
  'repair_acceptance',
  'repair_required_templates',
  'repoint_flow_buttons',
  'request_verification_code',
  'resolve_problem',
  'restore_badge',
  'restore_business_profile',
  'set_two_step_pin',
  'settle_source_invoice',
  'submit_verification_code',
  'switch_two_step_on',
] as const;

export const findingTaskSchema = z.string().brand('FindingTask');
export type TaskKind = (typeof TASK_KINDS)[number] | z.infer<typeof findingTaskSchema>;
