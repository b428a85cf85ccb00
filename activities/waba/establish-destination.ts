/**
 * A WABA for the number to go to. No API creates one (meta §3.1): adopt the one that is named, or the one the signup
 * popup returned, or find the new one as the difference of lists; a popup that ended with "already connected to an
 * existing WABA" has usually made it all the same (E1). Reads only, but for a note; safe to repeat; nothing to undo.
 */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { readWaba } from '../../platforms/meta/wabas';
import type { WabaId } from '../../shared/ids';
import type { ActivityDeps } from '../context';
import type { Establishment, Subject, WabaActivities } from '../contract';
import { reasonNotToAdopt, sourceAsDestination } from './adopt-waba';
import { newWabaAmong, wabasOfBusiness } from './find-waba';

/** Brand, provider and date make a name that nobody confuses (R43); the first one proposed stands. */
export const proposedNameFor = async (deps: ActivityDeps, subject: Subject): Promise<string> => {
  const { business, destination } = subject.request;
  if (destination.wabaName !== undefined) return destination.wabaName;
  const today = deps.clock().toISOString().slice(0, 10);
  const proposal = `${business?.name ?? 'WhatsApp'} ${destination.provider} ${today}`;
  return String(await deps.store.notes.noteOnce(subject.migrationId, 'destination/proposed-name', proposal));
};

const adopt = async (client: GraphClient, subject: Subject, wabaId: WabaId): Promise<Establishment> => {
  const itself = sourceAsDestination(wabaId, subject.request);
  if (itself !== null) throw new PlatformError(itself);
  const waba = await readWaba(client, wabaId);
  const problem = reasonNotToAdopt(waba, subject.request);
  if (problem !== null) throw new PlatformError(problem);
  return {
    kind: 'established',
    wabaId,
    ownerBusinessId: waba.ownerBusinessId ?? subject.request.destination.businessId,
    createdAt: waba.creationTime,
    currency: waba.currency,
  };
};

export const establishDestination =
  (deps: ActivityDeps): WabaActivities['establishDestination'] =>
  async ({ subject, known, signupWabaId }) => {
    const { destination, source } = subject.request;
    const named = destination.wabaId ?? signupWabaId;
    const client = await deps.graphFor(subject.tenant, destination.credential, named ?? undefined);
    if (named !== null) return adopt(client, subject, named);

    const proposedName = await proposedNameFor(deps, subject);
    const listed = await wabasOfBusiness(client, destination.businessId);
    if (known === null) return { kind: 'awaiting', known: listed.map(({ id }) => id), proposedName };
    const found = newWabaAmong(listed, { known, source: source.wabaId, proposedName });
    if (found.kind === 'one') return adopt(client, subject, found.wabaId);
    if (found.kind === 'several') return { kind: 'ambiguous', candidates: found.candidates };
    return { kind: 'awaiting', known, proposedName };
  };
