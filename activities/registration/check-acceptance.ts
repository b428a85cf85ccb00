/**
 * `checkAcceptance`: compares the number at the destination with what it was and with the request (R5, R8).
 *
 * Does: reads; confirms the two-step PIN where the registration could not, because the database was away.
 * Safe to repeat, nothing to undo; a lost reply is repeated.
 */
import type { GraphClient } from '../../platforms/meta';
import type { Health } from '../../platforms/meta/health';
import { listPhoneNumbers, readHealth } from '../../platforms/meta/phone-numbers';
import type { PhoneNumberId, WabaId } from '../../shared/ids';
import type { ObservedTraffic } from '../../shared/migration';
import { StoreUnavailableError } from '../../store';
import type { ActivityDeps } from '../context';
import type { RegistrationActivities, Subject } from '../contract';
import { inTime } from '../in-time';
import { listByKey, type Existing } from '../templates/destination';
import { recheckChecks, recheckTemplates } from '../templates/recheck';
import { acceptanceChecks, type Arrived } from './acceptance';
import { readCalls } from './call-record';

const ABSENT: Omit<Arrived, 'canSendMessage' | 'healthErrors'> = {
  listedInWaba: false,
  displayPhoneNumber: '',
  status: null,
  platformType: null,
  verifiedName: null,
  qualityRating: null,
  messagingLimit: null,
  isOfficialBusinessAccount: null,
  isPinEnabled: null,
};

/** Each complaint as Meta words it, with the kind of entity it is about. */
const complaintsOf = (health: Health): string[] =>
  health.entities.flatMap(({ type, errors }) =>
    errors.map(({ code, description }) => `${type} ${String(code)}: ${description}`),
  );

/** Through the WABA's list, which proves the place as well as the state. */
const readArrived = async (
  graph: GraphClient,
  wabaId: WabaId,
  phoneNumberId: PhoneNumberId,
): Promise<Arrived> => {
  const numbers = await listPhoneNumbers(graph, wabaId);
  const number = numbers.find((one) => one.phoneNumberId === phoneNumberId);
  const health = await readHealth(graph, phoneNumberId);
  return {
    ...ABSENT,
    ...number,
    listedInWaba: number !== undefined,
    canSendMessage: health.canSend,
    healthErrors: complaintsOf(health),
  };
};

const confirmPin = async ({ store }: ActivityDeps, subject: Subject): Promise<void> => {
  const { tenant, migrationId, attempt } = subject;
  const { everUnanswered } = await readCalls(store, subject);
  if (!everUnanswered) return;
  const pin = await store.secrets.getTwoStepPin(tenant, migrationId, attempt);
  if (pin?.state === 'pending') await store.secrets.confirmTwoStepPin(tenant, migrationId, attempt);
};

/** Acceptance does not wait for the database: the next look knows it. */
const trafficOf = async ({ store }: ActivityDeps, subject: Subject): Promise<ObservedTraffic | undefined> => {
  try {
    return await inTime(store.traffic.read(subject.migrationId));
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
};

export const checkAcceptance =
  (deps: ActivityDeps): RegistrationActivities['checkAcceptance'] =>
  async ({ subject, wabaId, phoneNumberId, baseline }) => {
    const { request } = subject;
    const graph = await deps.graphFor(subject.tenant, request.destination.credential, wabaId);
    const arrived = await readArrived(graph, wabaId, phoneNumberId);
    const { required, copy } = request.templates;
    const wanted = copy || required.length > 0;
    const templates = wanted ? await listByKey(graph, wabaId) : new Map<string, Existing>();
    const checks = acceptanceChecks(arrived, {
      phoneNumber: request.phoneNumber,
      baseline,
      requiredTemplates: required,
      templateStatus: new Map([...templates].map(([key, { status }]) => [key, status])),
    });
    if (arrived.status === 'CONNECTED') await confirmPin(deps, subject);
    const observed = await trafficOf(deps, subject);
    checks.push(...recheckChecks(await recheckTemplates(deps, subject, templates)));
    return { checks, ...(observed === undefined ? {} : { observed }) };
  };
