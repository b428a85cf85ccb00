/** The entry of the workflow bundle: every export is a workflow type. */
export { NumberMigration } from './number-migration/workflow';
export { Reconcile } from './reconcile/workflow';
