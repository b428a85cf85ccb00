import { z } from 'zod';
import { grant, leave, report } from '../behaviour/signup/finish';
import { freshSession, openSignup } from '../behaviour/signup/launch';
import {
  accountFor,
  enterNumber,
  enterSignupCode,
  proveLater,
  recordOfSession,
  sendSignupCode,
  withoutNumber,
} from '../behaviour/signup/number';
import {
  accountOfSession,
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
import type { SignupResult, SignupSession } from '../platform/signup-session';
import { appOf } from '../world/lookups';
import { act, type Act, type ActResult } from './act';
import { ControlProblem } from './problem';
import { numberTarget, targetSubscriber } from './targets';

const steps = [
  'BUSINESS_ACCOUNT_SELECTION',
  'WABA_PHONE_PROFILE_PICKER',
  'WHATSAPP_BUSINESS_PROFILE_SETUP',
  'PHONE_NUMBER_SETUP',
  'PHONE_NUMBER_VERIFICATION',
  'PERMISSIONS',
] as const;

const signupInput = z.strictObject({
  /** A number of this world, or any number by its digits. */
  ...numberTarget,
  person: z.string().optional(),
  businessId: z.string().optional(),
  newBusinessName: z.string().optional(),
  /** An account that exists; without it a new one of this name is made. */
  wabaId: z.string().optional(),
  wabaName: z.string().default('Made in Embedded Signup'),
  displayName: z.string().optional(),
  codeMethod: z.enum(['SMS', 'VOICE']).default('SMS'),
  verification: z.enum(['code', 'later']).default('code'),
  /** How often a code is asked for, and how many wrong ones are typed before the right one. */
  codeRequests: z.number().int().min(1).max(20).default(1),
  wrongGuesses: z.number().int().min(0).max(20).default(0),
  /** The client closes the window on this screen. */
  abandonAt: z.enum(steps).optional(),
  /** What the client does when the popup refuses. */
  afterRefusal: z.enum(['report', 'leave', 'without_number', 'dummy_number']).default('report'),
  dummyNumber: z
    .string()
    .regex(/^\+?[1-9]\d{6,14}$/)
    .default('+15550001999'),
  /** The launch: by default the app's first configuration and nothing special. */
  appId: z.string().optional(),
  configId: z.string().optional(),
  extras: z.record(z.string(), z.unknown()).default({}),
  messageLost: z.boolean().default(false),
  /** How old the code is when the browser hands it on: it lives 30 seconds. */
  codeAgeSeconds: z.number().min(0).default(0),
  funded: z.boolean().default(false),
  reviewStatus: z.enum(['APPROVED', 'PENDING', 'REJECTED']).default('APPROVED'),
});

type SignupInput = z.output<typeof signupInput>;

/** Embedded Signup without a browser: the same popup, clicked through at once (meta §2.1, §2.2). */
export const signupActs: Readonly<Record<string, Act>> = {
  'complete-signup': act(
    'the client goes through Embedded Signup, with or without a number, to its end or not',
    signupInput,
    goThroughSignup,
  ),
  'cancel-signup': act(
    'the client leaves Embedded Signup',
    z.strictObject({ step: z.string().default('PHONE_NUMBER_SETUP') }),
    (_platform, input) => ({
      messageEvent: {
        type: 'WA_EMBEDDED_SIGNUP',
        event: 'CANCEL',
        version: 3,
        data: { current_step: input.step },
      },
    }),
  ),
};

function goThroughSignup(platform: Platform, input: SignupInput): ActResult {
  const session = launched(platform, input);
  let refusal: SignupSession['refusal'] = null;
  let result: SignupResult | null = null;
  try {
    result = walk(platform, session, input);
  } catch (error) {
    if (!(error instanceof SignupRefusal)) throw error;
    refusal = error.shownTo(personBefore(platform, session));
    session.refusal = refusal;
    result = afterRefusal(platform, session, input);
  }
  return browserView(platform, session, input, result, refusal);
}

function launched(platform: Platform, input: SignupInput): SignupSession {
  const app = appOf(platform.world, input.appId ?? platform.world.partnerAppId ?? '');
  if (!app) throw new ControlProblem(404, 'give the appId of the partner whose popup this is');
  const configurationId = input.configId ?? app.configurations[0]?.id;
  if (configurationId === undefined) return freshSession(app.id, 4);
  try {
    return openSignup(platform, {
      appId: app.id,
      configurationId,
      responseType: 'code',
      overridesResponseType: true,
      extras: input.extras,
      openerOrigin: '',
      channel: '',
    });
  } catch (error) {
    if (error instanceof LaunchProblem) throw new ControlProblem(409, error.message);
    throw error;
  }
}

/** Screen after screen, until the client goes away, is refused, or grants. */
function walk(platform: Platform, session: SignupSession, input: SignupInput): SignupResult {
  const stopsHere = (): boolean => session.step === input.abandonAt;
  if (input.person === undefined) session.step = 'BUSINESS_ACCOUNT_SELECTION';
  else logIn(platform, session, input.person);
  if (stopsHere()) return leave(platform, session);
  enterPortfolio(platform, session, input);
  if (stopsHere()) return leave(platform, session);
  if (input.wabaId === undefined) {
    chooseNewAccount(platform, session);
    if (stopsHere()) return leave(platform, session);
    setProfile(session, input.wabaName);
  } else {
    chooseAccount(platform, session, input.wabaId);
  }
  if (stopsHere()) return leave(platform, session);
  if (session.step === 'PHONE_NUMBER_SETUP')
    takeNumber(platform, session, input, numberTyped(platform, input));
  return stopsHere() ? leave(platform, session) : finish(platform, session, input);
}

function enterPortfolio(platform: Platform, session: SignupSession, input: SignupInput): void {
  if (input.businessId !== undefined) {
    if (input.person === undefined && !platform.world.businesses.some(({ id }) => id === input.businessId)) {
      throw new ControlProblem(404, `there is no business ${input.businessId}`);
    }
    choosePortfolio(platform, session, input.businessId);
  } else if (input.newBusinessName !== undefined) {
    makePortfolio(platform, session, input.newBusinessName);
  } else {
    throw new ControlProblem(400, 'give businessId, or newBusinessName');
  }
}

/** Digits as the client types them; null when no number is brought. */
function numberTyped(platform: Platform, input: SignupInput): string | null {
  if (input.number !== undefined) return targetSubscriber(platform, { number: input.number }).digits;
  return input.phoneNumber ?? null;
}

function takeNumber(
  platform: Platform,
  session: SignupSession,
  input: SignupInput,
  phoneNumber: string | null,
): void {
  if (phoneNumber === null) {
    withoutNumber(session);
    return;
  }
  enterNumber(platform, session, { phoneNumber, displayName: input.displayName ?? null, agreed: true });
  if (session.step !== 'PHONE_NUMBER_VERIFICATION' || input.abandonAt === 'PHONE_NUMBER_VERIFICATION') return;
  if (input.verification === 'later') {
    proveLater(session);
    return;
  }
  for (let count = 0; count < input.codeRequests; count += 1) {
    sendSignupCode(platform, session, input.codeMethod);
  }
  prove(platform, session, input.wrongGuesses);
}

/** Types what arrived at the phone; when nothing did, the client stays on that screen. */
function prove(platform: Platform, session: SignupSession, wrongGuesses: number): void {
  const record = recordOfSession(platform, session);
  const phone = platform.world.subscribers.find((subscriber) => subscriber.id === record?.subscriberId);
  const arrived = phone?.inbox.at(-1)?.text.replace(/\D/g, '').slice(0, 6);
  if (arrived === undefined) throw new SignupRefusal('code', 'No code has arrived.');
  const wrong = arrived === '000000' ? '000001' : '000000';
  for (let guess = 1; guess <= wrongGuesses; guess += 1) {
    try {
      enterSignupCode(platform, session, wrong);
    } catch (error) {
      if (!(error instanceof SignupRefusal)) throw error;
    }
  }
  enterSignupCode(platform, session, arrived);
}

function afterRefusal(platform: Platform, session: SignupSession, input: SignupInput): SignupResult {
  if (input.afterRefusal === 'report') return report(platform, session);
  if (input.afterRefusal === 'leave' || session.businessId === null) return leave(platform, session);
  if (input.afterRefusal === 'without_number') withoutNumber(session);
  else takeNumber(platform, session, { ...input, displayName: 'A dummy' }, input.dummyNumber);
  return finish(platform, session, input);
}

function finish(platform: Platform, session: SignupSession, input: SignupInput): SignupResult {
  const waba = accountFor(platform, session);
  if (input.wabaId === undefined) waba.reviewStatus = input.reviewStatus;
  if (input.funded) waba.funding ??= { kind: 'card', id: platform.newId(), active: true };
  return grant(platform, session, input.codeAgeSeconds * 1_000);
}

/** What the page that launched the popup gets, and what a test wants to know of the world. */
function browserView(
  platform: Platform,
  session: SignupSession,
  input: SignupInput,
  result: SignupResult,
  refusal: SignupSession['refusal'],
): ActResult {
  const told = input.messageLost ? null : result.message;
  const { codeExpiresAt } = result;
  return {
    message: told === null ? null : JSON.stringify(told),
    messageEvent: told,
    code: result.code,
    codeExpiresAt: codeExpiresAt === null ? null : new Date(codeExpiresAt).toISOString(),
    wabaId: accountOfSession(platform, session)?.id ?? null,
    phoneNumberId: recordOfSession(platform, session)?.id ?? null,
    businessId: session.businessId,
    refusal: refusal ? { name: refusal.name, text: refusal.text } : null,
  };
}
