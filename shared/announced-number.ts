/** Kind of the task that tells the operator of a number that is announced and not registered for too long (meta §1.7). */
export const ANNOUNCED_NUMBER_WAITS = 'announced_number_waits';
