/**
 * What no recording shows yet, although it should. The list only ever gets shorter: a test fails when something else is
 * missing, and when one of these has a recording.
 */
export const GAPS: readonly string[] = [
  'embedded_signup: remaining_templates done',
  'change templates_put_off',
  'parked in remaining_templates',
];
