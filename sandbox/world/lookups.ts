import type { Flow } from './flow-schema';
import { otherRegionalForm, sameNumber } from './number-formats';
import type { Allocation, App, Business, NumberRecord, Subscriber, Token, Waba, World } from './schema';
import type { Configuration, Intent, Person, Solution } from './partner-schema';
import type { Template } from './template-schema';

/** Reading a world. Each function gives null when there is nothing of that id. */
export const wabaOf = (world: World, id: string): Waba | null =>
  world.wabas.find((waba) => waba.id === id) ?? null;

export const businessOf = (world: World, id: string): Business | null =>
  world.businesses.find((business) => business.id === id) ?? null;

export const appOf = (world: World, id: string): App | null =>
  world.apps.find((app) => app.id === id) ?? null;

export const tokenOf = (world: World, value: string): Token | null =>
  world.tokens.find((token) => token.value === value) ?? null;

export const allocationOf = (world: World, id: string): Allocation | null =>
  world.allocations.find((allocation) => allocation.id === id) ?? null;

export const personOf = (world: World, id: string): Person | null =>
  world.people.find((person) => person.id === id) ?? null;

export const solutionOf = (world: World, id: string): Solution | null =>
  world.solutions.find((solution) => solution.id === id) ?? null;

export const intentOf = (world: World, id: string): Intent | null =>
  world.intents.find((intent) => intent.id === id) ?? null;

/** Whether the owner has accepted that numbers of one account go to the other (meta §2.3). */
export const movesByIntent = (world: World, sourceWabaId: string, destinationWabaId: string): boolean =>
  world.intents.some(
    (intent) =>
      intent.status === 'ACCEPTED' &&
      intent.sourceWabaId === sourceWabaId &&
      intent.destinationWabaId === destinationWabaId,
  );

export const configurationOf = (app: App, id: string): Configuration | null =>
  app.configurations.find((configuration) => configuration.id === id) ?? null;

export const ownerOfLine = (world: World, creditLineId: string): Business | null =>
  world.businesses.find((business) => business.creditLines.some((line) => line.id === creditLineId)) ?? null;

export const recordsOf = (world: World, subscriberId: string): NumberRecord[] =>
  world.records.filter((record) => record.subscriberId === subscriberId);

export const liveRecordOf = (world: World, subscriberId: string): NumberRecord | null =>
  world.records.find((record) => record.subscriberId === subscriberId && record.live) ?? null;

/** The records a WABA lists: neither vanished nor deleted. */
export const listedRecords = (world: World, wabaId: string): NumberRecord[] =>
  world.records.filter((record) => record.wabaId === wabaId && !record.vanished);

export function subscriberOf(world: World, record: NumberRecord): Subscriber {
  const found = world.subscribers.find((subscriber) => subscriber.id === record.subscriberId);
  if (!found) throw new Error(`record ${record.id} has no subscriber`);
  return found;
}

export function wabaOfRecord(world: World, record: NumberRecord): Waba {
  const found = wabaOf(world, record.wabaId);
  if (!found) throw new Error(`record ${record.id} has no WABA`);
  return found;
}

export function ownerOf(world: World, waba: Waba): Business {
  const found = businessOf(world, waba.businessId);
  if (!found) throw new Error(`WABA ${waba.id} has no owner`);
  return found;
}

/** The subscriber Meta records under exactly these digits (R31: digit by digit). */
export const subscriberByDigits = (world: World, digits: string): Subscriber | null =>
  world.subscribers.find((subscriber) => subscriber.digits === digits) ?? null;

/** The subscriber a person means, whichever regional form they wrote. */
export const subscriberByAnyForm = (world: World, digits: string): Subscriber | null =>
  subscriberByDigits(world, digits) ??
  world.subscribers.find((subscriber) => sameNumber(subscriber.digits, digits)) ??
  null;

export const templateOf = (world: World, id: string): { waba: Waba; template: Template } | null => {
  for (const waba of world.wabas) {
    const template = waba.templates.find((candidate) => candidate.id === id);
    if (template) return { waba, template };
  }
  return null;
};

export const flowOf = (world: World, id: string): { waba: Waba; flow: Flow } | null => {
  for (const waba of world.wabas) {
    const flow = waba.flows.find((candidate) => candidate.id === id);
    if (flow) return { waba, flow };
  }
  return null;
};

/** Digits a record shows: Meta's own form, or the other regional one for a moved number (meta §12.5). */
export function digitsShown(world: World, record: NumberRecord): string {
  const { digits } = subscriberOf(world, record);
  if (world.knobs.regionalForm === 'as_recorded' || record.origin !== 'migration') return digits;
  return otherRegionalForm(digits) ?? digits;
}

/** Templates count one per language; an unverified portfolio holds 250, others 6,000 (meta §4.3). */
export function templateCapacity(world: World, waba: Waba): number {
  if (waba.templateLimit !== null) return waba.templateLimit;
  const owner = ownerOf(world, waba);
  if (owner.verificationStatus !== 'verified') return 250;
  const hasApprovedName = world.records.some(
    (record) =>
      !record.vanished &&
      wabaOfRecord(world, record).businessId === owner.id &&
      subscriberOf(world, record).displayName.status === 'APPROVED',
  );
  return hasApprovedName ? 6_000 : 250;
}
