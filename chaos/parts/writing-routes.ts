/** Every writing route of the HTTP API: where a migration must stand for it, what is asked, and what is there once then. */
import { MongoClient } from 'mongodb';
import type { CarryoverClient, Migration, StartRequestBody } from '../../client';
import type { Family, FamilyOptions } from '../../sandbox/world/families';
import { insistently } from '../insistently';
import { describe, isClosed, requestOf, type Played } from '../player';
import { finishPopup, openPopup, type PopupResult } from '../popup';
import { DAY, entriesOnce, from } from '../saying';
import type { Site } from '../site';
import { bySignup, NO_ACCOUNT } from './ways';

/** Where a migration is brought to before anything is asked. */
export interface Stage {
  readonly family?: FamilyOptions;
  readonly patch?: (of: Family) => Partial<StartRequestBody>;
  /** It is there; the players leave it alone then. */
  readonly isThere: (migration: Migration) => boolean;
  /** A call that the platform refuses until it is there. */
  readonly refused?: string;
}

export interface Asking {
  readonly site: Site;
  readonly backend: CarryoverClient;
  readonly support: CarryoverClient;
  readonly family: Family;
  /** Null where no migration is asked about. */
  readonly played: Played | null;
  /** Of this request only. */
  readonly key: string;
}

/** Made before the asking, such as the code that is handed in. */
type Prepared = string | PopupResult;

export interface WritingRoute {
  /** As `openapi.json` has it. */
  readonly operationId: string;
  /** Null: it is about no migration that has begun. */
  readonly stage: Stage | null;
  readonly prepare?: (asking: Asking) => Promise<Prepared>;
  readonly ask: (asking: Asking, prepared: Prepared) => Promise<unknown>;
  /** How often what was asked for is there; looked for past the server. */
  readonly happened: (asking: Asking, prepared: Prepared) => Promise<number>;
  /** The migration that came of it. */
  readonly begun?: (asking: Asking) => Promise<Played | null>;
  /** It begins a workflow or tells one: the server may die between what it stores and that. */
  readonly begins: boolean;
  /** Done again it is told again, because it is told before, or apart from, what is done (server/audit.ts). */
  readonly isToldAgain?: true;
  /** When everything was asked again. */
  readonly afterwards?: (asking: Asking) => Promise<unknown>;
  /** A sentence when it did not end as it should; by default it is migrated. */
  readonly ending?: (migration: Migration) => string | null;
}

const idOf = ({ played }: Asking): string => {
  if (played === null) throw new Error('this route is about a migration');
  return played.id;
};
const textOf = (prepared: Prepared): string => {
  if (typeof prepared !== 'string') throw new Error('a text was to be prepared');
  return prepared;
};

const hasOpen =
  (kind: string) =>
  (migration: Migration): boolean =>
    !isClosed(migration) && migration.tasks.some((task) => task.kind === kind && task.status === 'open');

const approval: Stage = {
  patch: () => ({ cutover: { approval: 'manual' } }),
  isThere: hasOpen('approve_cutover'),
};
const code: Stage = { isThere: ({ waitingFor }) => waitingFor?.kind === 'submit_verification_code' };
const twoStep: Stage = { family: { twoStepOn: true }, isThere: hasOpen('two_step_verification_enabled') };
const parked: Stage = {
  isThere: ({ state, step }) => state === 'blocked' && step === 'announcement',
  refused: '/{waba}/phone_numbers',
};
const popup: Stage = { family: NO_ACCOUNT, patch: bySignup, isThere: hasOpen('complete_signup') };
const aftercare: Stage = {
  patch: () => ({ aftercare: { hours: 24 } }),
  isThere: ({ steps }) => steps.some(({ name, status }) => name === 'aftercare' && status === 'waiting'),
};
const moved: Stage = { isThere: isClosed };

const WORDS = 'asked while the server dies';

type Data = Readonly<Record<string, unknown>>;

/** Entries of the trail that tell of this request. */
const told =
  (type: string, isOf: (data: Data) => boolean = () => true) =>
  async ({ site, played }: Asking): Promise<number> =>
    played === null ? 0 : (await entriesOnce(site, played, type)).filter(({ data }) => isOf(data)).length;
const saysSo = (data: Data): boolean => [data['reason'], data['statement']].includes(WORDS);

const linksOf = async (asking: Asking): Promise<number> => {
  const client = new MongoClient(asking.site.databaseUri);
  try {
    return await client
      .db()
      .collection('links')
      .countDocuments({ migrationId: idOf(asking) });
  } finally {
    await client.close();
  }
};

const startedOf = async ({ site, family: { phoneNumber } }: Asking): Promise<Migration[]> =>
  (await site.store.migrations.search(site.tenant, { phoneNumber }, { limit: 5 })).items;

const isStored = async ({ site, family }: Asking): Promise<number> =>
  (await site.store.secrets.get(site.tenant, credentialOf(family))) === null ? 0 : 1;
const credentialOf = ({ name }: Family): string => `${name}-new`;

const taskOf =
  (kind: string) =>
  async (asking: Asking): Promise<string> => {
    const { tasks } = await insistently(() => asking.backend.getMigration(idOf(asking)));
    return tasks.find((task) => task.kind === kind)?.id ?? '';
  };

const abortAndWait = async (asking: Asking): Promise<string> => {
  const id = idOf(asking);
  await insistently(() => asking.support.abort(id, 'to be replayed', { idempotencyKey: `${id}/before` }));
  await asking.support.waitFor(id, isClosed, { signal: AbortSignal.timeout(60_000) });
  await asking.site.temporalClient.workflow.getHandle(id).result();
  return '';
};

const aborted = (migration: Migration): string | null =>
  migration.state === 'aborted' ? null : `was to be aborted: ${describe(migration)}`;
const replayed = (migration: Migration): string | null =>
  migration.attempt === 2 ? aborted(migration) : `was to be in its second attempt: ${describe(migration)}`;

const keyed = ({ key }: Asking) => ({ idempotencyKey: key });
const begins = { begins: true } as const;
const ends = { begins: false } as const;

export const WRITING_ROUTES: readonly WritingRoute[] = [
  {
    ...{ operationId: 'startMigration', stage: null, ...begins },
    ask: (asking) => asking.backend.startMigration(requestOf(asking.family), keyed(asking)),
    happened: async (asking) => (await startedOf(asking)).length,
    begun: async (asking) => {
      const [migration] = await startedOf(asking);
      const { family, key } = asking;
      return migration === undefined ? null : { family, id: migration.id, key, body: requestOf(family) };
    },
  },
  {
    ...{ operationId: 'submitVerificationCode', stage: code, ...begins },
    prepare: async ({ site, family }) => {
      const [message] = await site.platform.messages(family.phoneNumber);
      return (message?.text ?? '').replace(/\D/g, '');
    },
    ask: (asking, digits) =>
      asking.backend.submitVerificationCode(idOf(asking), textOf(digits), keyed(asking)),
    happened: told('ownership_verified'),
  },
  {
    ...{ operationId: 'requestVerificationCode', stage: code, ...begins },
    // A person without a message wants another one; the platform's account tells whether anybody did.
    prepare: async ({ site, family: { subscriberId } }) => {
      await site.platform.act('ask-for-new-code', { number: subscriberId });
      return '';
    },
    ask: (asking) => asking.backend.requestVerificationCode(idOf(asking), {}, keyed(asking)),
    happened: told('code_wanted', ({ byPerson }) => byPerson === true),
  },
  {
    ...{ operationId: 'completeTask', stage: twoStep, ...begins },
    prepare: taskOf('two_step_verification_enabled'),
    ask: (asking, taskId) =>
      asking.backend.completeTask(idOf(asking), textOf(taskId), { statement: WORDS }, keyed(asking)),
    happened: told('task_closed', saysSo),
  },
  {
    ...{ operationId: 'recheck', stage: approval, ...begins },
    ask: (asking) => asking.support.recheck(idOf(asking), keyed(asking)),
    happened: told('recheck_asked'),
  },
  {
    ...{ operationId: 'retryStep', stage: parked, ...begins },
    ask: (asking) => asking.support.retryStep(idOf(asking), { reason: WORDS }, keyed(asking)),
    happened: told('step_decided', saysSo),
  },
  {
    ...{ operationId: 'skipStep', stage: aftercare, ...begins },
    ask: (asking) =>
      asking.support.skipStep(idOf(asking), { step: 'aftercare', reason: WORDS }, keyed(asking)),
    happened: told('step_decided', saysSo),
  },
  {
    ...{ operationId: 'approveCutover', stage: approval, ...begins },
    ask: (asking) => asking.support.approveCutover(idOf(asking), WORDS, keyed(asking)),
    happened: told('cutover_approved', saysSo),
  },
  {
    ...{ operationId: 'reschedule', stage: approval, ...begins },
    // The same words each time.
    prepare: () => Promise.resolve(from(0)),
    ask: (asking, notBefore) => {
      const notAfter = new Date(Date.parse(textOf(notBefore)) + DAY).toISOString();
      const window = { notBefore: textOf(notBefore), notAfter, reason: WORDS };
      return asking.support.reschedule(idOf(asking), window, keyed(asking));
    },
    happened: told('rescheduled', saysSo),
  },
  {
    ...{ operationId: 'amendMigration', stage: approval, ...begins },
    ask: (asking) =>
      asking.support.amendMigration(idOf(asking), { verification: { language: 'en_US' } }, keyed(asking)),
    happened: told('amended'),
  },
  {
    ...{ operationId: 'abort', stage: approval, ...begins, ending: aborted },
    ask: (asking) => asking.support.abort(idOf(asking), WORDS, keyed(asking)),
    happened: told('abort_requested', saysSo),
  },
  {
    ...{ operationId: 'replay', stage: approval, ...begins, ending: replayed },
    prepare: abortAndWait,
    ask: (asking) => asking.support.replay(idOf(asking), { reason: WORDS }, keyed(asking)),
    happened: told('replay_requested', saysSo),
    // Its turn comes minutes later, when everything is counted.
    afterwards: (asking) => insistently(() => asking.support.abort(idOf(asking), 'not this time')),
  },
  {
    ...{ operationId: 'settleLeftNumber', stage: code, ...ends, ending: aborted },
    prepare: abortAndWait,
    ask: (asking) => asking.support.settleLeftNumber(idOf(asking), WORDS, keyed(asking)),
    happened: told('left_number_settled', saysSo),
  },
  {
    ...{ operationId: 'submitSignupResult', stage: popup, ...begins },
    prepare: ({ site, backend, ...asking }) =>
      openPopup(site.platform, backend, idOf({ site, backend, ...asking }), asking.family),
    ask: (asking, result) => {
      if (typeof result === 'string') throw new Error('a popup was to be opened');
      return finishPopup(asking.backend, idOf(asking), result, keyed(asking));
    },
    happened: told('signup_result'),
  },
  {
    ...{ operationId: 'makeLink', stage: popup, ...ends, isToldAgain: true },
    ask: (asking) => asking.backend.makeLink(idOf(asking), { purpose: 'signup' }, keyed(asking)),
    happened: linksOf,
  },
  {
    ...{ operationId: 'openSignupSession', stage: popup, ...ends, isToldAgain: true },
    ask: (asking) => asking.backend.openSignupSession(idOf(asking), keyed(asking)),
    happened: linksOf,
  },
  {
    ...{ operationId: 'revokeLink', stage: popup, ...ends, isToldAgain: true },
    prepare: async (asking) => (await asking.backend.makeLink(idOf(asking), { purpose: 'signup' })).linkId,
    ask: (asking, linkId) => asking.backend.revokeLink(idOf(asking), textOf(linkId), keyed(asking)),
    happened: async (asking) => 1 - (await linksOf(asking)),
  },
  {
    ...{ operationId: 'reveal', stage: moved, ...ends, isToldAgain: true },
    ask: (asking) => asking.backend.revealTwoStepPin(idOf(asking), WORDS, keyed(asking)),
    happened: told('secret_revealed'),
  },
  {
    ...{ operationId: 'putCredential', stage: null, ...ends },
    ask: (asking) =>
      asking.backend.putCredential(credentialOf(asking.family), `EAA-${asking.key}`, keyed(asking)),
    happened: isStored,
  },
  {
    ...{ operationId: 'deleteCredential', stage: null, ...ends },
    prepare: async ({ site, family }) => {
      await site.store.secrets.put(site.tenant, credentialOf(family), { accessToken: `EAA-${family.name}` });
      return '';
    },
    ask: (asking) => asking.backend.deleteCredential(credentialOf(asking.family), keyed(asking)),
    happened: async (asking) => 1 - (await isStored(asking)),
  },
];
