/** A straight world on a stage, and the short words with which journeys are told. */
import type { Migration, StartRequestBody } from '../../client';
import {
  straightWorld,
  type StraightWorld,
  type StraightWorldOptions,
} from '../../sandbox/world/straight-world';
import { openStage, until, type Stage, type StageOptions } from './stage';
import { rehearse, type Rehearsal } from './rehearsal';

export interface Journey {
  stage: Stage;
  /** The practice platform's people. */
  people: Rehearsal;
  straight: StraightWorld;
  /** Body of a start that goes straight through, for the n-th number of the world. */
  body: (patch?: Partial<StartRequestBody>, number?: number) => StartRequestBody;
  start: (patch?: Partial<StartRequestBody>, number?: number) => Promise<Migration>;
  until: (id: string, met: (migration: Migration) => boolean, withinMs?: number) => Promise<Migration>;
  /** Until it waits for the code, answering with the code that came to the phone. */
  codeFor: (id: string, number?: number) => Promise<string>;
  /** Asks for a new code, and answers with it when it has come. */
  newCodeFor: (id: string, number?: number) => Promise<string>;
  /** Hands the newest code in; fails unless Meta says that it is right. */
  handInCode: (id: string, number?: number) => Promise<void>;
}

export type JourneyOptions = StraightWorldOptions & {
  stage?: Partial<StageOptions>;
  /** A world of the test's own; the ids and tokens of the straight world are expected in it. */
  change?: (world: StraightWorld['world']) => StraightWorld['world'];
};

export const openJourney = async (options: JourneyOptions = {}): Promise<Journey> => {
  const straight = straightWorld(options);
  const { ids, tokens } = straight;
  const stage = await openStage({
    world: options.change === undefined ? straight.world : options.change(straight.world),
    credentials: {
      'meta-source': tokens.source,
      'meta-destination': tokens.destination,
      'meta-system': tokens.system,
    },
    ...options.stage,
  });
  const people = rehearse(stage.sandbox);
  const phoneOf = (number: number): string => {
    const found = straight.numbers[number];
    if (found === undefined) throw new Error(`the world has no number ${number}`);
    return found.phoneNumber;
  };
  const body = (patch: Partial<StartRequestBody> = {}, number = 0): StartRequestBody => ({
    phoneNumber: phoneOf(number),
    route: 'programmatic',
    source: {
      provider: 'acme-bsp',
      businessId: ids.businessId,
      wabaId: ids.sourceWabaId,
      credential: 'meta-source',
    },
    destination: {
      provider: 'meta',
      businessId: ids.businessId,
      wabaId: ids.destinationWabaId,
      credential: 'meta-destination',
    },
    funding: {
      payer: 'partner_credit',
      creditLineId: ids.creditLineId,
      currency: 'USD',
      credential: 'meta-system',
    },
    aftercare: { hours: 0 },
    ...patch,
  });
  const waits = (id: string, met: (migration: Migration) => boolean, withinMs?: number) =>
    until(stage, id, met, withinMs);
  const codeFor = async (id: string, number = 0): Promise<string> => {
    await waits(id, (migration) => migration.waitingFor?.kind === 'submit_verification_code');
    return people.newestCode(phoneOf(number));
  };
  return {
    stage,
    people,
    straight,
    body,
    start: (patch, number) => stage.client.startMigration(body(patch, number)),
    until: waits,
    codeFor,
    newCodeFor: async (id, number = 0) => {
      // Counted before it is asked for: the answer may be older or younger than the sending.
      const before = codeTasks(await stage.client.getMigration(id));
      await stage.client.requestVerificationCode(id);
      await waits(id, (migration) => codeTasks(migration) > before);
      return codeFor(id, number);
    },
    handInCode: async (id, number) => {
      const answer = await stage.client.submitVerificationCode(id, await codeFor(id, number));
      if (answer.outcome !== 'verified') throw new Error(`the code was not verified: ${answer.outcome}`);
    },
  };
};

const codeTasks = ({ tasks }: Migration): number =>
  tasks.filter(({ kind }) => kind === 'submit_verification_code').length;

export const isClosed = ({ state }: Migration): boolean => ['completed', 'aborted', 'failed'].includes(state);
