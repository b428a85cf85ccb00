import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { liveRecordOf } from './lookups';
import { worldSchema, type World, type WorldInput } from './schema';

const DAY = 86_400_000;

/** A world that is not usable: every fault at once, each with the place it was found. */
export class WorldError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`this world cannot be used:\n- ${faults.join('\n- ')}`);
    this.name = 'WorldError';
  }
}

/**
 * Checks a world, fills in defaults and gives objects without a birthday one 90 days before `now` (epoch ms).
 *
 * @throws WorldError with all faults: wrong fields, ids used twice, references to nothing.
 */
export function loadWorld(input: unknown, now: number): World {
  const parsed = worldSchema.safeParse(input);
  if (!parsed.success) {
    throw new WorldError(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || '/'}: ${issue.message}`),
    );
  }
  const world = parsed.data;
  const faults = [...duplicateIds(world), ...danglingReferences(world)];
  if (faults.length > 0) throw new WorldError(faults);
  fillTimes(world, now);
  return world;
}

/** Reads a world from a JSON file. Errors: WorldError, and the file system's own. */
export function readWorld(path: string): WorldInput {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
}

function duplicateIds(world: World): string[] {
  const seen = new Map<string, string>();
  const faults: string[] = [];
  const take = (id: string, what: string): void => {
    const earlier = seen.get(id);
    if (earlier !== undefined) faults.push(`id ${id} is used by ${earlier} and by ${what}`);
    seen.set(id, what);
  };
  for (const app of world.apps) {
    take(app.id, `app "${app.name}"`);
    for (const { id, name } of app.configurations) take(id, `configuration "${name}"`);
  }
  for (const person of world.people) take(person.id, `person "${person.name}"`);
  for (const solution of world.solutions) take(solution.id, `solution "${solution.name}"`);
  for (const intent of world.intents) take(intent.id, 'an intent');
  for (const business of world.businesses) {
    take(business.id, `business "${business.name}"`);
    for (const line of business.creditLines) take(line.id, `credit line "${line.legalEntityName}"`);
  }
  for (const waba of world.wabas) {
    take(waba.id, `WABA "${waba.name}"`);
    for (const template of waba.templates) take(template.id, `template "${template.name}"`);
    for (const flow of waba.flows) take(flow.id, `flow "${flow.name}"`);
  }
  for (const media of world.media) take(media.id, 'a media file');
  for (const allocation of world.allocations) take(allocation.id, 'an allocation');
  for (const subscriber of world.subscribers) take(subscriber.id, `number "${subscriber.title}"`);
  for (const token of world.tokens) take(`token value of ${token.value}`, `token "${token.name}"`);
  return faults;
}

function danglingReferences(world: World): string[] {
  const businesses = new Set(world.businesses.map((business) => business.id));
  const apps = new Set(world.apps.map((app) => app.id));
  const wabas = new Set(world.wabas.map((waba) => waba.id));
  const subscribers = new Set(world.subscribers.map((subscriber) => subscriber.id));
  const solutions = new Set(world.solutions.map((solution) => solution.id));
  const faults: string[] = [];
  const need = (set: Set<string>, id: string, where: string): void => {
    if (!set.has(id)) faults.push(`${where} refers to ${id}, which does not exist`);
  };
  for (const app of world.apps)
    if (app.businessId !== null) need(businesses, app.businessId, `app ${app.id}`);
  for (const person of world.people) {
    for (const { businessId } of person.roles) need(businesses, businessId, `person "${person.name}"`);
  }
  for (const { id, ownerAppId, partnerAppIds } of world.solutions) {
    for (const appId of [ownerAppId, ...partnerAppIds]) need(apps, appId, `solution ${id}`);
  }
  for (const { id, sourceWabaId, destinationWabaId, target } of world.intents) {
    need(wabas, sourceWabaId, `intent ${id}`);
    if (destinationWabaId !== null) need(wabas, destinationWabaId, `intent ${id}`);
    if (target.kind === 'solution') need(solutions, target.solutionId, `intent ${id}`);
    else need(apps, target.appId, `intent ${id}`);
  }
  for (const waba of world.wabas) {
    need(businesses, waba.businessId, `WABA ${waba.id}`);
    if (waba.solutionId !== null) need(solutions, waba.solutionId, `WABA ${waba.id}`);
    for (const id of waba.sharedWith) need(businesses, id, `WABA ${waba.id} (shared with)`);
    for (const subscription of waba.subscribedApps) need(apps, subscription.appId, `WABA ${waba.id} (apps)`);
  }
  for (const record of world.records) {
    need(wabas, record.wabaId, `number record ${record.id}`);
    need(subscribers, record.subscriberId, `number record ${record.id}`);
  }
  for (const token of world.tokens) {
    need(apps, token.appId, `token "${token.name}"`);
    need(businesses, token.businessId, `token "${token.name}"`);
  }
  if (world.partnerAppId !== null) need(apps, world.partnerAppId, 'partnerAppId');
  return faults;
}

function fillTimes(world: World, now: number): void {
  const past = now - 90 * DAY;
  for (const waba of world.wabas) {
    waba.createdAt ??= past;
    for (const template of waba.templates) template.createdAt ??= past;
  }
  for (const record of world.records) {
    record.onboardedAt ??= past;
    if (record.verification === 'VERIFIED') record.verifiedAt ??= record.everRegistered ? past : now;
  }
  for (const token of world.tokens) token.issuedAt ??= past;
  for (const intent of world.intents) intent.createdAt ??= past;
  for (const subscriber of world.subscribers) {
    if (subscriber.twoStep.on)
      subscriber.twoStep.holderWabaId ??= liveRecordOf(world, subscriber.id)?.wabaId ?? null;
  }
}
