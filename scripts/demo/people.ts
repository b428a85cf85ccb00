/** What people do in the demonstration: the source provider at its switch, the client with the phone in hand. */
import { z } from 'zod';
import type { CarryoverClient, Migration } from '../../client';
import { SetUpError } from '../servers/set-up-error';
import { sandboxAct, sandboxPost } from './sandbox';

const phoneSchema = z.object({ messages: z.array(z.object({ channel: z.string(), text: z.string() })) });

export interface People {
  /** Does what the migration's open tasks ask of people; resolves when nothing is left to do for now. */
  answer(migration: Migration): Promise<void>;
}

export interface Stage {
  readonly client: CarryoverClient;
  readonly sandboxUrl: string;
  readonly phoneNumber: string;
  /** Told in one sentence what somebody has just done. */
  readonly tell: (sentence: string) => void;
}

/** @throws SetUpError when the migration asks for something nobody in the demonstration does. */
export function createPeople({ client, sandboxUrl, phoneNumber, tell }: Stage): People {
  const answered = new Set<string>();

  /** Nobody reports it: the migration hears of it by webhook, and looks. */
  const switchTwoStepOff = async (): Promise<void> => {
    await sandboxAct(sandboxUrl, 'two-step-off', { phoneNumber });
    tell('The source provider switched two-step verification off');
  };

  const handTheCodeIn = async (migration: Migration): Promise<void> => {
    const phone = phoneSchema.parse(await sandboxPost(sandboxUrl, '/phones/messages', { phoneNumber }));
    const code = phone.messages.map(({ text }) => /\b(\d{3})-?(\d{3})\b/.exec(text)).find(Boolean);
    if (code === undefined || code === null) throw new SetUpError('No code has arrived on the phone.');
    tell('The client read the code from the phone and handed it in');
    const verdict = await client.submitVerificationCode(migration.id, `${code[1] ?? ''}${code[2] ?? ''}`);
    if (verdict.outcome !== 'verified' && verdict.outcome !== 'pending')
      throw new SetUpError(`The code from the phone was refused: ${verdict.outcome}.`);
  };

  return {
    answer: async (migration) => {
      const open = migration.tasks.filter(
        ({ id, blocking, status }) => blocking && status === 'open' && !answered.has(id),
      );
      for (const task of open) {
        answered.add(task.id);
        if (task.kind === 'submit_verification_code') await handTheCodeIn(migration);
        else if (task.step === 'two_step_off' && task.requirement === 'R21') await switchTwoStepOff();
        else throw new SetUpError(`The migration waits for ${task.party}: ${task.title} ${task.howTo}`);
      }
    },
  };
}
