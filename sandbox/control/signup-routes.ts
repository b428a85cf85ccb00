import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { grant, leave, report } from '../behaviour/signup/finish';
import { openSignup } from '../behaviour/signup/launch';
import {
  enterNumber,
  enterSignupCode,
  proveLater,
  sendSignupCode,
  withoutNumber,
  type NumberEntry,
} from '../behaviour/signup/number';
import {
  chooseAccount,
  chooseNewAccount,
  choosePortfolio,
  logIn,
  makePortfolio,
  personBefore,
  setProfile,
} from '../behaviour/signup/portfolio';
import { LaunchProblem, SignupRefusal } from '../behaviour/signup/refusals';
import type { Platform } from '../platform/platform';
import type { SignupSession, SignupStep } from '../platform/signup-session';
import type { SandboxParts } from '../sandbox';
import { escaped, sendPage } from './page';
import { ControlProblem } from './problem';
import { sdkScript } from './sdk-script';
import { screenOf } from './signup-screens';

/** What the SDK puts into the address of the popup. */
const launchQuery = z.object({
  app_id: z.string().default(''),
  config_id: z.string().default(''),
  response_type: z.string().default(''),
  override_default_response_type: z.enum(['true', 'false']).default('false'),
  extras: z.string().default('{}'),
  origin: z.url({ protocol: /^https?$/ }).transform((given) => new URL(given).origin),
  cb: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
});

const methodField = z.enum(['SMS', 'VOICE']).default('SMS');
const someText = z.string().trim().min(1).max(200);

interface Action {
  /** Screens that have this button. */
  readonly at: readonly SignupStep[];
  readonly run: (platform: Platform, session: SignupSession, body: unknown) => void;
}

function action<S extends z.ZodType>(
  at: readonly SignupStep[],
  fields: S,
  run: (platform: Platform, session: SignupSession, given: z.output<S>) => void,
): Action {
  return {
    at,
    run: (platform, session, body) => {
      run(platform, session, fields.parse(body ?? {}));
    },
  };
}

const nothing = z.object({});
const everywhere: readonly SignupStep[] = [
  'LOGIN',
  'BUSINESS_ACCOUNT_SELECTION',
  'WABA_PHONE_PROFILE_PICKER',
  'WHATSAPP_BUSINESS_PROFILE_SETUP',
  'PHONE_NUMBER_SETUP',
  'PHONE_NUMBER_VERIFICATION',
  'PERMISSIONS',
];

/** The buttons of the popup. */
const actions: Readonly<Record<string, Action>> = {
  login: action(['LOGIN'], z.object({ person: someText }), (platform, session, { person }) => {
    logIn(platform, session, person);
  }),
  portfolio: action(
    ['BUSINESS_ACCOUNT_SELECTION'],
    z.object({ businessId: someText, newName: z.string().trim().max(200).default('') }),
    (platform, session, { businessId, newName }) => {
      if (businessId !== 'new') choosePortfolio(platform, session, businessId);
      else if (newName === '') throw new SignupRefusal('name_missing');
      else makePortfolio(platform, session, newName);
    },
  ),
  account: action(
    ['WABA_PHONE_PROFILE_PICKER'],
    z.object({ wabaId: someText }),
    (platform, session, { wabaId }) => {
      if (wabaId === 'new') chooseNewAccount(platform, session);
      else chooseAccount(platform, session, wabaId);
    },
  ),
  profile: action(
    ['WHATSAPP_BUSINESS_PROFILE_SETUP'],
    z.object({ wabaName: someText }),
    (_platform, session, { wabaName }) => {
      setProfile(session, wabaName);
    },
  ),
  number: action(
    ['PHONE_NUMBER_SETUP'],
    z.object({
      phoneNumber: z.string().max(40),
      displayName: z.string().trim().max(200).default(''),
      method: methodField,
    }),
    (platform, session, { phoneNumber, displayName, method }) => {
      const name = displayName === '' ? null : displayName;
      takeNumber(platform, session, { phoneNumber, displayName: name, agreed: false }, method);
    },
  ),
  agree: action(['PHONE_NUMBER_SETUP'], z.object({ method: methodField }), (platform, session, given) => {
    if (!session.warning) throw new SignupRefusal('number_needed');
    takeNumber(platform, session, { ...session.warning, agreed: true }, given.method);
  }),
  decline: action(['PHONE_NUMBER_SETUP'], nothing, (_platform, session) => {
    session.warning = null;
  }),
  skip: action(['PHONE_NUMBER_SETUP'], nothing, (_platform, session) => {
    withoutNumber(session);
  }),
  code: action(
    ['PHONE_NUMBER_VERIFICATION'],
    z.object({ code: z.string().max(20) }),
    (platform, session, { code }) => {
      enterSignupCode(platform, session, code);
    },
  ),
  resend: action(
    ['PHONE_NUMBER_VERIFICATION'],
    z.object({ method: methodField }),
    (platform, session, { method }) => {
      sendSignupCode(platform, session, method);
    },
  ),
  later: action(['PHONE_NUMBER_VERIFICATION'], nothing, (_platform, session) => {
    proveLater(session);
  }),
  grant: action(['PERMISSIONS'], nothing, (platform, session) => {
    grant(platform, session);
  }),
  close: action(everywhere, nothing, (platform, session) => {
    leave(platform, session);
  }),
  report: action(everywhere, nothing, (platform, session) => {
    report(platform, session);
  }),
};

function takeNumber(
  platform: Platform,
  session: SignupSession,
  entry: NumberEntry,
  method: 'SMS' | 'VOICE',
): void {
  enterNumber(platform, session, entry);
  if (session.step === 'PHONE_NUMBER_VERIFICATION') sendSignupCode(platform, session, method);
}

/** The popup of Embedded Signup for people with a browser, and the script that opens it (meta §2.1). */
export function signupRoutes(app: FastifyInstance, parts: SandboxParts): void {
  const { platform } = parts;
  app.get('/sandbox/sdk.js', async (_request, reply) => {
    await reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(sdkScript);
  });
  app.get('/sandbox/signup', async (request, reply) => {
    try {
      const session = opened(platform, request.query);
      parts.stateFile.changed();
      await reply.redirect(`/sandbox/signup/${session.id}`, 303);
    } catch (error) {
      if (!(error instanceof LaunchProblem)) throw error;
      const body = `<section class="refused"><p>${escaped(error.message)}</p></section>`;
      await sendPage(reply, { title: 'Sorry, something went wrong', body }, 400);
    }
  });
  app.get<{ Params: { session: string } }>('/sandbox/signup/:session', async (request, reply) => {
    platform.settle();
    await sendPage(reply, screenOf(platform, sessionNamed(platform, request.params.session)));
  });
  app.post<{ Params: { session: string; action: string } }>(
    '/sandbox/signup/:session/:action',
    async (request, reply) => {
      const session = sessionNamed(platform, request.params.session);
      press(parts, session, request.params.action, request.body);
      await reply.redirect(`/sandbox/signup/${session.id}`, 303);
    },
  );
}

function opened(platform: Platform, query: unknown): SignupSession {
  const given = launchQuery.safeParse(query);
  if (!given.success) throw new LaunchProblem('This window has to be opened by FB.login.');
  return openSignup(platform, {
    appId: given.data.app_id,
    configurationId: given.data.config_id,
    responseType: given.data.response_type,
    overridesResponseType: given.data.override_default_response_type === 'true',
    extras: parsed(given.data.extras),
    openerOrigin: given.data.origin,
    channel: given.data.cb,
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new LaunchProblem('The extras of FB.login are not valid.');
  }
}

function sessionNamed(platform: Platform, id: string): SignupSession {
  const session = platform.state.signupSessions.find((candidate) => candidate.id === id);
  if (!session) throw new ControlProblem(404, 'there is no such popup');
  return session;
}

/** One button of the screen. What the popup refuses is shown on the same screen. */
function press(parts: SandboxParts, session: SignupSession, name: string, body: unknown): void {
  const { platform } = parts;
  const chosen = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!chosen) throw new ControlProblem(404, 'there is no such button');
  if (!chosen.at.includes(session.step)) {
    throw new ControlProblem(409, `the popup stands at ${session.step}: it has no button "${name}"`);
  }
  platform.settle();
  const refusal = session.refusal;
  session.refusal = null;
  platform.under({ requestSeq: null, by: 'popup' }, () => {
    try {
      if (name === 'report') session.refusal = refusal;
      chosen.run(platform, session, body);
    } catch (error) {
      if (!(error instanceof SignupRefusal)) throw error;
      session.refusal = error.shownTo(personBefore(platform, session));
    }
  });
  platform.settle();
  parts.stateFile.flush();
}
