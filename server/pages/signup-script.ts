/**
 * What runs in the client's browser: it exchanges the link's secret, opens Meta's popup (Embedded Signup v4, meta §2.1)
 * and hands in what came back, within the 30 seconds that the popup's code lives. The function is sent as its own text,
 * so it may use nothing but its argument.
 */
import type { PageWords } from './signup-words';

interface PageElement {
  textContent: string | null;
  hidden: boolean;
  disabled: boolean;
  addEventListener(type: 'click', listener: () => void): void;
}

interface FacebookSdk {
  init(options: Record<string, unknown>): void;
  login(
    done: (answer: { authResponse?: { code?: string } | null } | null) => void,
    options: Record<string, unknown>,
  ): void;
}

interface PageAnswer {
  ok: boolean;
  status: number;
  json(): Promise<unknown>;
}

/** The parts of a browser's window that the page uses. */
export interface PageWindow {
  open: (...given: unknown[]) => unknown;
  location: { hash: string; pathname: string };
  history: { replaceState(data: null, unused: string, url: string): void };
  sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  crypto: { randomUUID(): string };
  document: {
    title: string;
    documentElement: { lang: string };
    getElementById(id: string): PageElement | null;
    createElement(name: 'script'): Record<string, unknown>;
    head: { appendChild(element: unknown): unknown };
  };
  addEventListener(type: 'message', listener: (event: { origin: string; data: unknown }) => void): void;
  setTimeout(work: () => void, ms: number): unknown;
  fetch(path: string, options: Record<string, unknown>): Promise<PageAnswer>;
  FB?: FacebookSdk | undefined;
}

export const signupPage = (window: PageWindow, words: Readonly<Record<string, PageWords>>): void => {
  interface View {
    migrationId: string;
    sessionId: string;
    stage: 'open' | 'checking' | 'done' | 'closed';
    language: string;
    title: string | null;
    howTo: string | null;
    popup: {
      appId: string;
      configId: string;
      sdkUrl: string;
      graphVersion: string;
      messageOrigins: string[];
    } | null;
  }
  /** How long the message and the code wait for each other: the code lives 30 seconds. */
  const WAIT_FOR_OTHER_MS = 2_000;
  const WAIT_FOR_LOGIN_MS = 10_000;
  const LOOK_AGAIN_MS = 3_000;
  /** How often it looks before a task that still says the same is shown as the answer to what was handed in. */
  const LOOKS_BEFORE_ASKED_AGAIN = 20;
  const TRIES = 8;

  const element = (id: string): PageElement | null => window.document.getElementById(id);
  const show = (id: string, text: string | null): void => {
    const shown = element(id);
    if (shown === null) return;
    shown.textContent = text;
    shown.hidden = text === null || text === '';
  };
  /** Meant for the page's own language; `en` is always there. */
  let said = words[window.document.documentElement.lang] ?? words['en'];
  const say = (what: keyof PageWords | null): void => {
    show('status', what === null ? null : (said?.[what] ?? null));
  };
  const speak = (language: string): void => {
    const spoken = words[language];
    if (spoken === undefined || language === window.document.documentElement.lang) return;
    said = spoken;
    window.document.documentElement.lang = language;
    window.document.title = spoken.heading;
    const [heading, button] = [element('heading'), element('open')];
    if (heading !== null) heading.textContent = spoken.heading;
    if (button !== null) button.textContent = spoken.button;
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      window.setTimeout(resolve, ms);
    });

  /** Repeats while the server or the way to it is away; the same key never does a thing twice. */
  const ask = async (method: string, path: string, body?: unknown): Promise<PageAnswer | null> => {
    const key = window.crypto.randomUUID();
    for (let tried = 1; tried <= TRIES; tried += 1) {
      try {
        const answer = await window.fetch(path, {
          method,
          credentials: 'same-origin',
          cache: 'no-store',
          headers: {
            accept: 'application/json',
            ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if (answer.status < 500 && answer.status !== 429) return answer;
      } catch {
        say('trouble');
      }
      await pause(1_000);
    }
    return null;
  };

  const enter = async (): Promise<string | null> => {
    const secret = window.location.hash.slice(1);
    if (secret === '') return window.sessionStorage.getItem('session');
    // Out of the address bar and its history, before anything else can read it there.
    window.history.replaceState(null, '', window.location.pathname);
    const answer = await ask('POST', '/v1/links/exchange', { secret });
    if (answer?.ok !== true) return null;
    const { migrationId, sessionId } = (await answer.json()) as View;
    const path = `/v1/migrations/${migrationId}/embedded-signup/sessions/${sessionId}`;
    window.sessionStorage.setItem('session', path);
    return path;
  };

  const isBelieved = (origin: string, extra: readonly string[]): boolean => {
    const host = /^https:\/\/([a-z0-9.-]+)$/.exec(origin)?.[1] ?? '';
    return host === 'facebook.com' || host.endsWith('.facebook.com') || extra.includes(origin);
  };

  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

  /** The window's message as the server takes it; null: not one of the signup's. */
  const resultIn = (data: unknown): Record<string, unknown> | null => {
    if (typeof data !== 'string') return null;
    let message: { type?: unknown; event?: unknown; data?: Record<string, unknown> | null };
    try {
      message = JSON.parse(data) as typeof message;
    } catch {
      return null;
    }
    if (message.type !== 'WA_EMBEDDED_SIGNUP') return null;
    const told = message.data ?? {};
    const name = text(message.event) ?? 'CANCEL';
    const known = ['FINISH', 'FINISH_ONLY_WABA', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', 'CANCEL'];
    // A new way of finishing has ids like the others; a new way of failing has a name at least.
    const event = known.includes(name) ? name : name.startsWith('FINISH') ? 'FINISH' : 'CANCEL';
    return {
      event,
      wabaId: text(told['waba_id']),
      phoneNumberId: text(told['phone_number_id']),
      businessId: text(told['business_id']),
      currentStep: text(told['current_step']),
      errorMessage:
        text(told['error_message']) ?? (event === 'CANCEL' && name !== 'CANCEL' ? name : undefined),
      errorId: text(told['error_id']),
      metaSessionId: text(told['session_id']),
    };
  };

  const run = async (): Promise<void> => {
    say('working');
    const session = await enter();
    if (session === null) {
      say('over');
      return;
    }
    let message: Record<string, unknown> | null = null;
    let isOpen = false;
    let isListening = false;
    /** What was asked when the result was handed in; while the same is asked, the result is still being looked at. */
    let answered: { asked: string; looksLeft: number; mayRepeat: boolean } | null = null;
    let shown: View | null = null;
    const button = element('open');
    const askedBy = (view: View | null): string => JSON.stringify([view?.stage, view?.title, view?.howTo]);

    const look = async (): Promise<void> => {
      const answer = await ask('GET', session);
      if (isOpen) return;
      if (answer?.ok === true) {
        await showView((await answer.json()) as View);
        return;
      }
      if (button !== null) button.hidden = true;
      say(answer === null ? 'trouble' : 'over');
      if (answer === null) lookAgain();
    };
    const lookAgain = (): void => {
      window.setTimeout(() => void look(), LOOK_AGAIN_MS);
    };

    /** Whether the answer to what was handed in is still to come. */
    const isUndecided = (view: View): boolean => {
      if (view.stage === 'checking') return true;
      if (answered === null || answered.asked !== askedBy(view) || answered.looksLeft === 0) {
        answered = null;
        return false;
      }
      answered.looksLeft -= 1;
      return true;
    };

    const showView = async (view: View): Promise<void> => {
      shown = view;
      speak(view.language);
      const undecided = isUndecided(view);
      if (undecided) lookAgain();
      if (undecided && answered?.mayRepeat !== true) {
        if (button !== null) button.hidden = true;
        show('title', null);
        show('how', null);
        say('checking');
        return;
      }
      const asks = view.stage === 'open' && view.popup !== null;
      show('title', view.title);
      show('how', view.howTo);
      say(view.stage === 'open' ? null : view.stage);
      if (button !== null) button.hidden = !asks;
      if (view.popup === null || !asks) return;
      await prepare(view.popup);
    };

    const prepare = async (popup: NonNullable<View['popup']>): Promise<void> => {
      if (isListening) return;
      isListening = true;
      if (button !== null) button.disabled = true;
      window.addEventListener('message', (event) => {
        if (isBelieved(event.origin, popup.messageOrigins)) hear(resultIn(event.data));
      });
      const isReady = await loadSdk(popup);
      if (button === null) return;
      button.disabled = false;
      if (!isReady) {
        button.hidden = true;
        say('notLoaded');
        return;
      }
      button.addEventListener('click', () => openPopup(popup));
    };

    const loadSdk = (popup: NonNullable<View['popup']>): Promise<boolean> =>
      new Promise((resolve) => {
        const script = window.document.createElement('script');
        script['src'] = popup.sdkUrl;
        script['async'] = true;
        script['onerror'] = () => resolve(false);
        script['onload'] = () => {
          window.FB?.init({
            appId: popup.appId,
            version: popup.graphVersion,
            xfbml: false,
            autoLogAppEvents: false,
          });
          resolve(window.FB !== undefined);
        };
        window.document.head.appendChild(script);
      });

    /** Where the window is finished and the login's answer never comes, the account is found by what the window said. */
    const hear = (result: Record<string, unknown> | null): void => {
      if (result === null || !isOpen) return;
      message = result;
      window.setTimeout(() => {
        if (isOpen && message === result) void handIn(undefined);
      }, WAIT_FOR_LOGIN_MS);
    };

    /** False: the browser did not let it open. What opens it is the SDK, which does not say so. */
    const isOpenedBy = (login: () => void): boolean => {
      const { open } = window;
      let isBlocked = false;
      window.open = (...given) => {
        const opened = open.apply(window, given);
        isBlocked = opened === null;
        return opened;
      };
      try {
        login();
      } finally {
        window.open = open;
      }
      return !isBlocked;
    };

    const openPopup = (popup: NonNullable<View['popup']>): void => {
      if (isOpen || window.FB === undefined) return;
      const { FB: sdk } = window;
      isOpen = true;
      message = null;
      let isWanted = true;
      say('inWindow');
      if (button !== null) button.disabled = true;
      const isThere = isOpenedBy(() =>
        sdk.login((answer) => void (isWanted && handIn(answer?.authResponse?.code)), {
          config_id: popup.configId,
          response_type: 'code',
          override_default_response_type: true,
          extras: { setup: {}, sessionInfoVersion: '3', version: 'v4' },
        }),
      );
      if (isThere) return;
      isWanted = false;
      isOpen = false;
      if (button !== null) button.disabled = false;
      say('windowBlocked');
    };

    const handIn = async (code: string | undefined): Promise<void> => {
      if (message === null) await pause(WAIT_FOR_OTHER_MS);
      const told = message ?? (code === undefined ? { event: 'CANCEL' } : {});
      const answer = await ask('POST', `${session}/result`, { ...told, code });
      isOpen = false;
      if (button !== null) button.disabled = false;
      if (answer?.ok === true) {
        const mayRepeat = (told as { event?: string }).event === 'CANCEL';
        answered = { asked: askedBy(shown), looksLeft: LOOKS_BEFORE_ASKED_AGAIN, mayRepeat };
      }
      if (answer === null) say('trouble');
      else if (answer.ok) say('checking');
      lookAgain();
    };

    await look();
  };

  void run();
};
