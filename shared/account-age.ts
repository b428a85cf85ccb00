/** Where a provider takes only young accounts (360dialog: 48 hours, R46, P-16): when the clock is told of, of the limit. */
export const ACCOUNT_AGE_MARKS = {
  /** 24 of 48 hours. */
  warning: 1 / 2,
  /** 40 of 48 hours. */
  urgent: 5 / 6,
  over: 1,
} as const;
