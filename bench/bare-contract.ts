/** What the bare worker and those who use it agree on. */
export const BARE_QUEUE = 'bench-bare';
/** The line the worker prints once it takes tasks. */
export const READY = 'ready';

export interface BareActivities {
  nothing(): Promise<void>;
}
