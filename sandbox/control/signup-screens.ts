import { accountsOffered, portfoliosOf } from '../behaviour/signup/portfolio';
import type { Platform } from '../platform/platform';
import type { SignupSession } from '../platform/signup-session';
import { appOf, businessOf, wabaOf } from '../world/lookups';
import { escaped, scriptLiteral, type Page } from './page';

/** The screen a popup stands at, as a page of plain forms (meta §2.1, §2.2). */
export function screenOf(platform: Platform, session: SignupSession): Page {
  if (session.result) return lastPage(session);
  const screen = screens[session.step](platform, session);
  const refused = session.refusal
    ? `<section class="refused" role="alert"><h2>Something is in the way</h2><p>${escaped(session.refusal.text)}</p>${form(session, 'report', [], 'Report this and close')}</section>`
    : '';
  const app = appOf(platform.world, session.appId)?.name ?? '';
  return {
    title: `Connect your account to ${app}`,
    body: `${refused}<section><h2>${escaped(screen.heading)}</h2>${screen.body}</section>${form(session, 'close', [], 'Close')}`,
  };
}

interface Screen {
  readonly heading: string;
  readonly body: string;
}

type Field = string;

function form(session: SignupSession, action: string, fields: readonly Field[], button: string): string {
  return `<form method="post" action="/sandbox/signup/${escaped(session.id)}/${action}">${fields.join('')}<button>${escaped(button)}</button></form>`;
}

const typed = (name: string, label: string, value = ''): Field =>
  `<label>${escaped(label)} <input name="${name}" value="${escaped(value)}" autocomplete="off"></label>`;

function choice(name: string, options: readonly (readonly [string, string])[], chosen: string | null): Field {
  return options
    .map(([value, label]) => {
      const checked = value === chosen ? ' checked' : '';
      return `<label><input type="radio" name="${name}" value="${escaped(value)}"${checked}> ${escaped(label)}</label>`;
    })
    .join('');
}

const method = choice(
  'method',
  [
    ['SMS', 'Text message'],
    ['VOICE', 'Phone call'],
  ],
  'SMS',
);

const screens: Readonly<
  Record<SignupSession['step'], (platform: Platform, session: SignupSession) => Screen>
> = {
  LOGIN: (platform, session) => ({
    heading: 'Log in',
    body: form(
      session,
      'login',
      [
        choice(
          'person',
          platform.world.people.map(({ id, name }) => [id, name]),
          platform.world.people[0]?.id ?? null,
        ),
      ],
      'Continue',
    ),
  }),
  BUSINESS_ACCOUNT_SELECTION: (platform, session) => {
    const portfolios = portfoliosOf(platform, session);
    const options = portfolios.map(({ id, name }): [string, string] => [id, `${name} (${id})`]);
    return {
      heading: 'Choose a business portfolio',
      body: form(
        session,
        'portfolio',
        [
          choice(
            'businessId',
            [...options, ['new', 'Create a business portfolio']],
            session.prefill.businessId ?? options[0]?.[0] ?? 'new',
          ),
          typed('newName', 'Name of a new portfolio'),
        ],
        'Next',
      ),
    };
  },
  WABA_PHONE_PROFILE_PICKER: (platform, session) => ({
    heading: 'Choose a WhatsApp Business Account',
    body: form(
      session,
      'account',
      [
        choice(
          'wabaId',
          [
            ['new', 'Create a WhatsApp Business Account'],
            ...accountsOffered(platform, session).map(({ id, name }): [string, string] => [
              id,
              `${name} (${id})`,
            ]),
          ],
          'new',
        ),
      ],
      'Next',
    ),
  }),
  WHATSAPP_BUSINESS_PROFILE_SETUP: (platform, session) => ({
    heading: 'Create a WhatsApp Business Account',
    body: form(
      session,
      'profile',
      [typed('wabaName', 'Account name', businessOf(platform.world, session.businessId ?? '')?.name ?? '')],
      'Next',
    ),
  }),
  PHONE_NUMBER_SETUP: (_platform, session) => {
    if (session.warning) {
      return {
        heading: 'This number will move to a new WhatsApp Business Account',
        body: `<p>The phone number is registered to another WhatsApp Business Account. It will be moved out of that account, and messages will no longer be sent or received there.</p>${form(session, 'agree', [method], 'Move the number')}${form(session, 'decline', [], 'Use another number')}`,
      };
    }
    const skip = session.version === 2 ? '' : form(session, 'skip', [], 'Add a phone number later');
    return {
      heading: 'Add a phone number',
      body: `${form(
        session,
        'number',
        [
          typed('phoneNumber', 'Phone number with country code'),
          typed('displayName', 'WhatsApp Business display name', session.prefill.displayName ?? ''),
          method,
        ],
        'Next',
      )}${skip}`,
    };
  },
  PHONE_NUMBER_VERIFICATION: (_platform, session) => {
    const later = session.version === 2 ? '' : form(session, 'later', [], 'Verify later');
    return {
      heading: 'Verify your phone number',
      body: `${form(session, 'code', [typed('code', '6-digit code')], 'Next')}${form(session, 'resend', [method], 'Send another code')}${later}`,
    };
  },
  PERMISSIONS: (platform, session) => ({
    heading: 'Review what you share',
    body: `<p>Portfolio: ${escaped(businessOf(platform.world, session.businessId ?? '')?.name ?? '')}<br>Account: ${escaped(accountName(platform, session))}</p>${form(session, 'grant', [], 'Confirm')}`,
  }),
  CLOSED: () => ({ heading: 'Done', body: '' }),
};

const accountName = (platform: Platform, session: SignupSession): string =>
  (session.wabaId === null ? null : wabaOf(platform.world, session.wabaId)?.name) ??
  session.newWabaName ??
  '';

/** Tells the page that opened this window, and closes: first the window message, then the SDK. */
function lastPage(session: SignupSession): Page {
  const told = session.result?.message ?? null;
  const code = session.result?.code ?? null;
  const callback = new URLSearchParams({ cb: session.channel, ...(code === null ? {} : { code }) });
  const result = {
    origin: session.openerOrigin,
    message: told === null ? null : JSON.stringify(told),
    callback: callback.toString(),
  };
  return {
    title: 'You can close this window',
    body: '',
    script: `
      const result = ${scriptLiteral(result)};
      if (window.opener) {
        if (result.message !== null) window.opener.postMessage(result.message, result.origin);
        window.opener.postMessage(result.callback, result.origin);
        window.close();
      }
    `,
  };
}
