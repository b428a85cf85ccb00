/** The parts of a migration that only the program reads, sealed: what a workflow is started with, and its state. */
import { z } from 'zod';
import type { KeyRing } from '../../shared/encryption/key-ring';
import { migrationIdSchema } from '../../shared/ids';
import type { MigrationInput } from '../../shared/messages';
import { actorSchema } from '../../shared/migration';
import { policySchema } from '../../shared/policy';
import { startRequestSchema } from '../../shared/requests';
import { stepNameSchema } from '../../shared/steps';
import { StoredFormatError } from '../errors';
import { openValue, sealValue, type SealedValue } from '../sealing';

const inputSchema = z.object({
  schema: z.literal(1),
  tenant: z.string(),
  migrationId: migrationIdSchema,
  attempt: z.number().int().positive(),
  request: startRequestSchema,
  policy: policySchema,
  callingCode: z.string(),
  startedBy: actorSchema,
  createdAt: z.string(),
  resumeFrom: z.unknown().optional(),
  replay: z
    .object({
      fromStep: stepNameSchema.nullable(),
      reason: z.string(),
      notBefore: z.string(),
      messageId: z.string().optional(),
    })
    .optional(),
});

const inputContext = (migrationId: string): string => `input/${migrationId}`;
const resumeContext = (migrationId: string): string => `resume/${migrationId}`;

export const sealInput = (keys: KeyRing, input: MigrationInput): SealedValue =>
  sealValue(keys, inputContext(input.migrationId), input);

export const openInput = (keys: KeyRing, migrationId: string, sealed: SealedValue): MigrationInput => {
  const parsed = inputSchema.safeParse(openValue(keys, inputContext(migrationId), sealed));
  if (!parsed.success)
    throw new StoredFormatError(
      `the input of ${migrationId}`,
      parsed.error.issues.map((issue) => issue.path.join('.')),
    );
  const { resumeFrom, replay, ...always } = parsed.data;
  return {
    ...always,
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    ...(replay === undefined ? {} : { replay }),
  };
};

/** Null when it cannot be opened or read: its key is gone, or another version wrote it. */
export const readableInput = (
  keys: KeyRing,
  migrationId: string,
  sealed: SealedValue,
): MigrationInput | null => {
  try {
    return openInput(keys, migrationId, sealed);
  } catch {
    return null;
  }
};

export const sealResume = (keys: KeyRing, migrationId: string, resume: unknown): SealedValue =>
  sealValue(keys, resumeContext(migrationId), resume);

export const openResume = (keys: KeyRing, migrationId: string, sealed: SealedValue): unknown =>
  openValue(keys, resumeContext(migrationId), sealed);
