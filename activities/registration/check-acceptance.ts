/**
 * `checkAcceptance`: compares the number at the destination with what it was and with the request (R5, R8).
 *
 * Does: reads; confirms the two-step PIN where the registration could not, because the database was away, and doubts it
 * where somebody else has set or switched off one since.
 * Safe to repeat, nothing to undo; a lost reply is repeated.
 */
import type { GraphClient } from '../../platforms/meta';
import { readProfile } from '../../platforms/meta/number-assets';
import { listPhoneNumbers } from '../../platforms/meta/phone-numbers';
import { readStorageRegion } from '../../platforms/meta/storage-region';
import { listSubscriptions, readWaba } from '../../platforms/meta/wabas';
import { failedMessagesSettings, type FailedMessagesSettings } from '../../shared/failed-messages';
import type { PhoneNumberId, WabaId } from '../../shared/ids';
import type { ObservedTraffic } from '../../shared/migration';
import { StoreUnavailableError } from '../../store';
import type { ActivityDeps } from '../context';
import type { AcceptanceLook, RegistrationActivities, Subject } from '../contract';
import { ifAllowed } from '../eligibility/observe';
import { inTime } from '../in-time';
import { listByKey, type Existing } from '../templates/destination';
import { recheckChecks, recheckTemplates } from '../templates/recheck';
import { acceptanceChecks, type Arrived } from './acceptance';
import { storageRegionCheck, type StorageSeen } from './acceptance-storage-region';
import { readCalls } from './call-record';

const ABSENT = {
  phoneNumberId: null,
  displayPhoneNumber: '',
  status: null,
  platformType: null,
  verifiedName: null,
  qualityRating: null,
  messagingLimit: null,
  throughput: null,
  isOfficialBusinessAccount: null,
  isPinEnabled: null,
  health: null,
};

/**
 * Through the WABA's list, which proves the place as well as the state. Four calls at the destination and the pages of
 * its numbers; what its token may not see stays unseen.
 */
const readArrived = async (
  { logger, appId }: ActivityDeps,
  graph: GraphClient,
  wabaId: WabaId,
  phoneNumberId: PhoneNumberId,
): Promise<Omit<Arrived, 'pinIsOurs'>> => {
  const [numbers, waba, subscriptions, profile] = await Promise.all([
    listPhoneNumbers(graph, wabaId),
    readWaba(graph, wabaId),
    ifAllowed(logger, 'subscribed apps', () => listSubscriptions(graph, wabaId)),
    ifAllowed(logger, 'profile', () => readProfile(graph, phoneNumberId)),
  ]);
  const number = numbers.find((one) => one.phoneNumberId === phoneNumberId);
  const ours = subscriptions?.find((one) => one.appId === appId);
  const shownAddresses = number?.webhookAddresses ?? null;
  return {
    ...(number ?? ABSENT),
    listedInWaba: number !== undefined,
    ownerBusinessId: waba.ownerBusinessId,
    primaryFundingId: waba.primaryFundingId,
    appSubscribed: subscriptions === null || appId === null ? null : ours !== undefined,
    messageAddresses: {
      app: shownAddresses?.app ?? null,
      account: ours?.overrideUri ?? shownAddresses?.account ?? null,
      number: shownAddresses?.number ?? null,
    },
    profile,
  };
};

/** Null where the request asks for no country: then nothing is read. */
const storageSeen = async (
  { logger }: ActivityDeps,
  graph: GraphClient,
  { request: { destination } }: Subject,
  phoneNumberId: PhoneNumberId,
): Promise<StorageSeen | null> => {
  const { dataLocalizationRegion: asked } = destination;
  if (asked === undefined) return null;
  const read = async () => ({ region: await readStorageRegion(graph, phoneNumberId) });
  return { asked, kept: await ifAllowed(logger, 'storage region', read) };
};

/** A number that was found registered has a PIN that nobody here knows (meta §1.5). */
const isPinOurs = async ({ store }: ActivityDeps, subject: Subject): Promise<boolean> => {
  const { tenant, migrationId, attempt } = subject;
  const pin = await store.secrets.getTwoStepPin(tenant, migrationId, attempt);
  return pin !== null && pin.state !== 'unknown';
};

const confirmPin = async ({ store }: ActivityDeps, subject: Subject): Promise<void> => {
  const { tenant, migrationId, attempt } = subject;
  const { everUnanswered } = await readCalls(store, subject);
  if (!everUnanswered) return;
  const pin = await store.secrets.getTwoStepPin(tenant, migrationId, attempt);
  if (pin?.state === 'pending') await store.secrets.confirmTwoStepPin(tenant, migrationId, attempt);
};

/** Whoever sets or switches off a PIN after us makes the one we know worthless; it is kept, as one in doubt. */
const doubtPin = ({ store }: ActivityDeps, { tenant, migrationId, attempt }: Subject): Promise<void> =>
  store.secrets.doubtTwoStepPin(tenant, migrationId, attempt);

/** Acceptance does not wait for the database: what is written late is written, and the next look knows it. */
const ifStored = async <T>(read: Promise<T>): Promise<T | undefined> => {
  try {
    return await inTime(read);
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
};

/** Where none is required, the copies are looked at if that is allowed: nothing of the acceptance hangs on them. Null: not. */
const templatesThere = async (
  { logger }: ActivityDeps,
  graph: GraphClient,
  { request: { templates } }: Subject,
  wabaId: WabaId,
): Promise<ReadonlyMap<string, Existing> | null> => {
  const list = () => listByKey(graph, wabaId);
  if (templates.required.length > 0) return list();
  return templates.copy ? ifAllowed(logger, 'templates', list) : null;
};

/** What was heard of both sides, and what became of what the moved number sent; of nothing sent nothing is said. */
const readTraffic = async (
  { store }: ActivityDeps,
  { migrationId }: Subject,
  now: Date,
  { per }: FailedMessagesSettings,
): Promise<ObservedTraffic> => {
  const since = new Date(now.getTime() - per).toISOString();
  const [traffic, sent, watch] = await Promise.all([
    store.traffic.read(migrationId),
    store.sentMessages.read(migrationId, since),
    store.sentMessages.readWatch(migrationId),
  ]);
  if (watch === null && sent.messages === 0) return traffic;
  return { ...traffic, sentAtDestination: { ...sent, ...(watch === null ? {} : { watch }) } };
};

type Looked = Awaited<ReturnType<RegistrationActivities['checkAcceptance']>>;

/** `isAccepted`: some time after the registration, so that a PIN that is off now was switched off by somebody. */
export const lookAtArrived =
  (deps: ActivityDeps, { isAccepted }: { isAccepted: boolean }) =>
  async (input: AcceptanceLook): Promise<Looked> => {
    const { subject, wabaId, phoneNumberId, baseline, connectedAt = null, needs = [], campaignsNeed } = input;
    const { failedMessages = failedMessagesSettings.parse({}) } = input;
    const { request } = subject;
    const graph = await deps.graphFor(subject.tenant, request.destination.credential, wabaId);
    const arrived = await readArrived(deps, graph, wabaId, phoneNumberId);
    const { required } = request.templates;
    const templates = await templatesThere(deps, graph, subject, wabaId);
    const storage = await storageSeen(deps, graph, subject, phoneNumberId);
    if (arrived.status === 'CONNECTED') await ifStored(confirmPin(deps, subject));
    const isOff = isAccepted && arrived.isPinEnabled === false;
    if (isOff || input.pinDoubted === true) await ifStored(doubtPin(deps, subject));
    const now = deps.clock();
    const observed = await ifStored(readTraffic(deps, subject, now, failedMessages));
    const pinIsOurs = (await ifStored(isPinOurs(deps, subject))) ?? null;
    const checks = acceptanceChecks(
      { ...arrived, pinIsOurs },
      {
        ...{ phoneNumber: request.phoneNumber, businessId: request.destination.businessId, baseline },
        ...{ requiredTemplates: required, connectedAt, needs, now: now.toISOString() },
        templateStatus: new Map([...(templates ?? [])].map(([key, { status }]) => [key, status])),
        observed: observed ?? null,
        partnerPays: request.funding?.payer === 'partner_credit',
        failedMessages,
        webhookHosts: input.webhookHosts,
      },
    );
    if (storage !== null) checks.push(storageRegionCheck(storage, { connectedAt, now: now.toISOString() }));
    if (templates !== null)
      checks.push(...recheckChecks(await recheckTemplates(deps, subject, templates, campaignsNeed)));
    return { checks, ...(observed === undefined ? {} : { observed }) };
  };

export const checkAcceptance = (deps: ActivityDeps): RegistrationActivities['checkAcceptance'] =>
  lookAtArrived(deps, { isAccepted: false });
