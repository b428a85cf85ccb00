/**
 * What no recording shows yet, although it should. The list only ever gets shorter: a test fails when something else is
 * missing, and when one of these has a recording.
 */
export const GAPS: readonly string[] = [];
