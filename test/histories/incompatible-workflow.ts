/** A deliberately incompatible copy: it begins with a child that no recorded history has. Replaying onto it must fail. */
import { executeChild } from '@temporalio/workflow';
import type { MigrationInput, MigrationResult } from '../../shared/messages';
import { NumberMigration as present } from '../../workflows';

export async function NumberMigration(input: MigrationInput): Promise<MigrationResult> {
  await executeChild('NobodyKnows', { args: [] });
  return present(input);
}
