/**
 * Every id of the product, built and parsed side by side. Ids are opaque, carry their kind as a prefix and never
 * contain a phone number, because ids stand unencrypted in Temporal, logs and URLs.
 */
import { z } from 'zod';

const typeId = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{1,40}$`), `an id of the form ${prefix}_…`);

export const migrationIdSchema = typeId('mig').brand<'MigrationId'>();
export type MigrationId = z.infer<typeof migrationIdSchema>;

export const taskIdSchema = typeId('tsk').brand<'TaskId'>();
export type TaskId = z.infer<typeof taskIdSchema>;

export const linkIdSchema = typeId('lnk').brand<'LinkId'>();
export type LinkId = z.infer<typeof linkIdSchema>;

/** Meta's ids are decimal strings (meta, "Conventions"). */
export const metaIdSchema = z.string().regex(/^[0-9]{1,32}$/, 'an id of decimal digits, as Meta shows it');

export const wabaIdSchema = metaIdSchema.brand<'WabaId'>();
export type WabaId = z.infer<typeof wabaIdSchema>;

export const businessIdSchema = metaIdSchema.brand<'BusinessId'>();
export type BusinessId = z.infer<typeof businessIdSchema>;

export const phoneNumberIdSchema = metaIdSchema.brand<'PhoneNumberId'>();
export type PhoneNumberId = z.infer<typeof phoneNumberIdSchema>;

export const creditLineIdSchema = metaIdSchema.brand<'CreditLineId'>();
export type CreditLineId = z.infer<typeof creditLineIdSchema>;

/** A migration is one workflow execution chain; the chain's workflow id is the migration id itself. */
export const workflowIdOf = (id: MigrationId): string => id;

/** Tasks are numbered inside their migration, so that a workflow can name them without randomness. */
export const taskIdOf = (id: MigrationId, ordinal: number): TaskId =>
  taskIdSchema.parse(`tsk_${id.slice('mig_'.length)}${ordinal.toString(36).padStart(2, '0')}`);
