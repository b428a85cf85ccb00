/**
 * What a run tells the read model. Transitions append to an outbox in the state; only here is it handed on, at fixed
 * points, so that a new event in the code does not change the command sequence.
 */
import {
  allHandlersFinished,
  condition,
  patched,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Changes } from './changes';
import { changingAttributes } from './details';
import { effects, quickly } from './effects';
import { problemOf } from './parking';
import { seenFromOutside } from './plan';
import { toldAnew } from './retelling';
import type { MigrationState } from './state';

/** The trail holds another entry under the key of one that is told now. */
const EVENT_CONFLICT = 'EVENT_CONFLICT';

/** The run whose state is told. */
interface Told {
  state: MigrationState;
  record(type: 'events_retold', data: Changes['events_retold']): void;
}

export class Projection {
  private catchingUp: Promise<void> | null = null;
  private hasHeard = false;
  private shownAttributes: string;

  constructor(private readonly run: Told) {
    // The start set them, and continue-as-new carries them over.
    this.shownAttributes = shownBy(run.state);
  }

  /** Something is to be told, and nobody is telling it. */
  get isBehind(): boolean {
    return this.run.state.outbox.length > 0 && this.catchingUp === null;
  }

  /**
   * A message has brought what is told next. The patch is asked for where the message stands in the history: after a local
   * activity, which a replay may take for ended a workflow task earlier, its marker would not be known yet.
   */
  hear(): void {
    this.hasHeard ||= patched('messages-told-by-activity');
  }

  /**
   * Hands the outbox to the read model: one quick try, then an ordinary activity in the background until it has caught
   * up. With MongoDB away the cut-over goes on and events follow. What messages bring gets no quick try: the message
   * stands in the history only when its workflow task is over, and until then nothing of it is true.
   */
  async flush(): Promise<void> {
    if (this.hasHeard) {
      this.followUp();
      return;
    }
    this.showAttributes();
    if (this.catchingUp !== null || this.run.state.outbox.length === 0) return;
    try {
      await this.send(quickly.project);
      this.hasHeard = false;
    } catch {
      this.catchingUp = this.catchUp();
    }
  }

  /**
   * By an ordinary activity, as what comes up while a step waits: a quick try holds the workflow task of messages open,
   * and one that the next message makes the server drop is run again, with another outcome.
   */
  followUp(): void {
    this.showAttributes();
    this.catchingUp ??= this.catchUp();
  }

  private async catchUp(): Promise<void> {
    try {
      while (this.run.state.outbox.length > 0)
        await this.send(effects.project).catch(this.retellIfInConflict);
      this.hasHeard = false;
    } finally {
      this.catchingUp = null;
    }
  }

  /**
   * A workflow task that is lost after its quick try – its worker died, or the server wanted new messages looked at
   * first – is run again, and may come to something else. The trail then holds what was told first, for ever; what
   * became true follows under fresh numbers, and at a revision above the one that stands.
   */
  private readonly retellIfInConflict = (error: unknown): void => {
    const conflict = problemOf(error);
    if (conflict.code !== EVENT_CONFLICT) throw error;
    const { state, replaced } = toldAnew(this.run.state, conflict);
    this.run.state = state;
    this.run.record('events_retold', replaced);
  };

  private async send(project: (typeof effects)['project']): Promise<void> {
    const { tenant, outbox: events } = this.run.state;
    const migration = seenFromOutside(this.run.state);
    const resume: MigrationState = { ...this.run.state, outbox: [] };
    await project({
      tenant,
      migrationId: migration.id,
      runId: workflowInfo().runId,
      events,
      migration,
      resume,
    });
    const sent = events.at(-1)?.sequence ?? 0;
    this.run.state = {
      ...this.run.state,
      outbox: this.run.state.outbox.filter((event) => event.sequence > sent),
    };
  }

  /**
   * Until every message is answered and every event is in the read model, or it is called off; checked again without an
   * await between.
   */
  async drain(calledOff: () => boolean = () => false): Promise<void> {
    do {
      await condition(() => allHandlersFinished() || calledOff());
      await this.flush();
      await condition(() => this.catchingUp === null || calledOff());
    } while (!calledOff() && (!allHandlersFinished() || this.run.state.outbox.length > 0));
  }

  private showAttributes(): void {
    const shown = shownBy(this.run.state);
    if (shown === this.shownAttributes) return;
    this.shownAttributes = shown;
    upsertSearchAttributes(changingAttributes(this.run.state));
  }
}

const shownBy = (state: MigrationState): string =>
  changingAttributes(state)
    .map(({ value }) => value)
    .join(' ');
