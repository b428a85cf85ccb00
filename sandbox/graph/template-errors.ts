import { GraphError } from './errors';

/** Sub-codes of template creation (meta §4.3). */
export const templateProblems = {
  duplicate: [2388024, 'Content in this language already exists'],
  language_being_deleted: [2388023, 'Message template language is being deleted'],
  name_locked: [2388023, 'Message template name is locked for 30 days after its deletion'],
  limit: [2388019, 'Message template limit exceeded'],
  status: [2388039, 'Message template status cannot be changed'],
  too_long: [2388040, 'Character limit exceeded'],
  header_format: [2388047, 'Message header format is incorrect'],
  body_format: [2388072, 'Message body format is incorrect'],
  footer_format: [2388073, 'Message footer format is incorrect'],
  too_many_parameters: [2388293, 'Too many parameters for the length of the message'],
  dangling_parameter: [2388299, 'Message cannot start or end with a parameter'],
  whatsapp_link: [2388081, 'Buttons cannot contain direct links to WhatsApp'],
  example_missing: [2388043, 'Message template is missing an example'],
} as const;

export type TemplateProblem = keyof typeof templateProblems;

export function templateError(problem: TemplateProblem): GraphError {
  const [subcode, text] = templateProblems[problem];
  return new GraphError({
    status: 400,
    code: 100,
    subcode,
    message: '(#100) Invalid parameter',
    details: text,
  });
}
