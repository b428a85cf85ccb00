import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Platform } from '../../platform/platform';
import type { SignupSession } from '../../platform/signup-session';
import { appOf, configurationOf, solutionOf } from '../../world/lookups';
import { LaunchProblem } from './refusals';

/** `extras` of `FB.login` (meta §2.1), as far as the popup reads them. */
const extrasSchema = z.looseObject({
  setup: z
    .looseObject({
      business: z.looseObject({ id: z.coerce.string().nullish() }).nullish(),
      phone: z.looseObject({ displayName: z.string().nullish() }).nullish(),
      solutionID: z.coerce.string().nullish(),
    })
    .nullish(),
  featureType: z.string().nullish(),
  features: z.array(z.looseObject({ name: z.string() })).nullish(),
  sessionInfoVersion: z.coerce.string().nullish(),
  version: z
    .union([z.string(), z.number()])
    .transform((given) => String(given).replace(/^v/, ''))
    .pipe(z.enum(['2', '3', '4']))
    .nullish(),
});

export interface Launch {
  readonly appId: string;
  readonly configurationId: string;
  readonly responseType: string;
  readonly overridesResponseType: boolean;
  readonly extras: unknown;
  readonly openerOrigin: string;
  readonly channel: string;
}

const SESSIONS_KEPT = 500;
const versions = { '2': 2, '3': 3, '4': 4 } as const;
const featureTypes: Readonly<Record<2 | 3 | 4, readonly string[]>> = {
  2: ['', 'only_waba_sharing', 'whatsapp_business_app_onboarding', 'marketing_messages_lite'],
  3: ['', 'whatsapp_business_app_onboarding'],
  4: ['', 'whatsapp_business_app_onboarding'],
};
const featureNames: readonly string[] = ['app_only_install', 'marketing_messages_lite'];

/** Opens the popup. @throws LaunchProblem with what the launching page did wrong. */
export function openSignup(platform: Platform, launch: Launch): SignupSession {
  const { world } = platform;
  const app = appOf(world, launch.appId);
  if (!app) throw new LaunchProblem('Invalid App ID: FB.init names no app of this platform.');
  const configuration = configurationOf(app, launch.configurationId);
  if (!configuration) throw new LaunchProblem('config_id is missing or is not a configuration of this app.');
  if (launch.responseType !== 'code' || !launch.overridesResponseType) {
    throw new LaunchProblem('Embedded Signup needs response_type "code" and override_default_response_type.');
  }
  const extras = extrasSchema.safeParse(launch.extras);
  if (!extras.success) throw new LaunchProblem('The extras of FB.login are not valid.');
  const { setup, featureType, features, sessionInfoVersion, version: asked } = extras.data;
  const version = asked ? versions[asked] : configuration.version;
  if (version === 2 && platform.now() >= Date.parse(world.knobs.signupVersion2EndsAt)) {
    throw new LaunchProblem('Version 2 of Embedded Signup is not available any more. Use version 4.');
  }
  checkFeatures(version, featureType ?? '', features?.map(({ name }) => name) ?? []);
  const solutionId = setup?.solutionID ?? null;
  const solution = solutionId === null ? null : solutionOf(world, solutionId);
  if (solutionId !== null && solution?.status !== 'ACTIVE') {
    throw new LaunchProblem('setup.solutionID is not an active solution.');
  }
  return remember(platform, {
    ...freshSession(app.id, version),
    configurationId: configuration.id,
    featureType: featureType === undefined || featureType === '' ? null : featureType,
    solutionId,
    tellsMessage: version > 2 || (sessionInfoVersion ?? '') !== '',
    openerOrigin: launch.openerOrigin,
    channel: launch.channel,
    prefill: {
      businessId: setup?.business?.id ?? null,
      displayName: setup?.phone?.displayName ?? null,
    },
  });
}

function checkFeatures(version: 2 | 3 | 4, featureType: string, features: readonly string[]): void {
  if (!featureTypes[version].includes(featureType)) {
    throw new LaunchProblem(`featureType "${featureType}" is not one of version ${String(version)}.`);
  }
  const unknown = features.find((name) => version === 2 || !featureNames.includes(name));
  if (unknown !== undefined) {
    throw new LaunchProblem(`feature "${unknown}" is not one of version ${String(version)}.`);
  }
}

/** A popup nobody has clicked in yet. */
export function freshSession(appId: string, version: 2 | 3 | 4): SignupSession {
  return {
    id: randomBytes(18).toString('base64url'),
    appId,
    configurationId: null,
    version,
    featureType: null,
    solutionId: null,
    tellsMessage: true,
    openerOrigin: '',
    channel: '',
    prefill: { businessId: null, displayName: null },
    step: 'LOGIN',
    personId: null,
    businessId: null,
    wabaId: null,
    newWabaName: null,
    recordId: null,
    warning: null,
    refusal: null,
    result: null,
  };
}

function remember(platform: Platform, session: SignupSession): SignupSession {
  platform.state.signupSessions = [...platform.state.signupSessions.slice(-SESSIONS_KEPT), session];
  return session;
}
