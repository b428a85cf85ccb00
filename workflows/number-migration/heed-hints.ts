/**
 * Hints from the platform's webhooks: each makes the step that waits for its kind look once more, many at once one look.
 * A hint carries no trust: what is believed is what the look reads. One that nothing waits for leaves no trace.
 */
import { defineSignal, patched, setHandler } from '@temporalio/workflow';
import { SIGNALS } from '../../shared/messages';
import type { Actor } from '../../shared/migration';
import {
  isOthersPin,
  isPinAtSource,
  platformHintSchema,
  reactionTo,
  type PlatformHint,
} from '../../shared/platform-hints';
import { makesTwoStepDoubted } from './known-pin';
import type { MigrationRun } from './migration-run';
import { withSeenMessage } from './state-edits';

const PLATFORM: Actor = { kind: 'system', name: 'platform webhook' };

/** Before the source's PIN was heeded while ownership is proven, or the last look waits, it had no effect there. */
const isUnheardOf = ({ state }: MigrationRun, hint: PlatformHint): boolean =>
  isPinAtSource(state.migration, hint) && !patched('pin-set-at-source');

export const heedHints = (run: MigrationRun): void => {
  setHandler(
    defineSignal<[unknown]>(SIGNALS.platformHint),
    (given: unknown) => {
      const hint = platformHintSchema.safeParse(given);
      if (!hint.success) {
        run.hear('message_dropped', { kind: SIGNALS.platformHint, why: 'malformed' });
        return;
      }
      const { kind, event, at, receiptId } = hint.data;
      if (run.state.seenMessages.includes(receiptId)) {
        run.hearInVain();
        return;
      }
      run.state = withSeenMessage(run.state, receiptId);
      const reaction = reactionTo(run.state.migration, hint.data);
      // The look that was asked for answers this one too; that a PIN was set, no look can see, or no look that is asked for.
      const isNews = isOthersPin(run.state.migration, hint.data) || makesTwoStepDoubted(run.state, hint.data);
      const isSeen = run.state.recheckAsked && !isNews;
      if (reaction === null || (reaction.kind === 'look' && isSeen) || isUnheardOf(run, hint.data)) {
        run.hearInVain();
        return;
      }
      const { step } = reaction;
      run.hear('platform_hinted', { step, kind, event, at, receiptId, reaction: reaction.kind }, PLATFORM);
      if (reaction.kind === 'look_at_whole') {
        run.hear('steps_reopened', { steps: ['eligibility'], because: kind }, PLATFORM);
      }
      if (reaction.kind === 'retry') {
        run.hear('step_decided', { step, verb: 'retry', reason: `the platform told of ${kind}` }, PLATFORM);
      }
    },
    { description: 'Something may have changed at the platform: look again' },
  );
};
