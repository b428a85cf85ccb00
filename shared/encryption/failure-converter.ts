import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stack traces go through the codec too: a platform's error text may quote what it was given. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
