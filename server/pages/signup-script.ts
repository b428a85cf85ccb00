/**
 * What runs in the client's browser: it exchanges the link's secret, opens Meta's popup (Embedded Signup v4, meta §2.1)
 * and hands in what came back, within the 30 seconds that the popup's code lives. The function is sent as its own text,
 * so it may use nothing but its argument.
 */
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
  location: { hash: string; pathname: string };
  history: { replaceState(data: null, unused: string, url: string): void };
  sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  crypto: { randomUUID(): string };
  document: {
    getElementById(id: string): PageElement | null;
    createElement(name: 'script'): Record<string, unknown>;
    head: { appendChild(element: unknown): unknown };
  };
  addEventListener(type: 'message', listener: (event: { origin: string; data: unknown }) => void): void;
  setTimeout(work: () => void, ms: number): unknown;
  fetch(path: string, options: Record<string, unknown>): Promise<PageAnswer>;
  FB?: FacebookSdk;
}

export const signupPage = (window: PageWindow): void => {
  interface View {
    migrationId: string;
    sessionId: string;
    stage: 'open' | 'checking' | 'done' | 'closed';
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
  const WORDS = {
    over: 'This link is over or was opened elsewhere. Ask for a new one.',
    trouble: 'The connection is broken. The page tries again.',
    working: 'One moment …',
    checking: 'Thank you. What you did is being looked at; this takes a moment.',
    done: 'Done. The number is on its way; you can close this page.',
    closed: 'There is nothing to do here any more.',
    blocked: 'The window of WhatsApp could not be loaded. Switch off what blocks facebook.net, and reload.',
  };
  /** How long the message and the code wait for each other: the code lives 30 seconds. */
  const WAIT_FOR_OTHER_MS = 2_000;
  const LOOK_AGAIN_MS = 3_000;
  const TRIES = 8;

  const element = (id: string): PageElement | null => window.document.getElementById(id);
  const show = (id: string, text: string | null): void => {
    const shown = element(id);
    if (shown === null) return;
    shown.textContent = text;
    shown.hidden = text === null || text === '';
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
        show('status', WORDS.trouble);
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
    show('status', WORDS.working);
    const session = await enter();
    if (session === null) {
      show('status', WORDS.over);
      return;
    }
    let message: Record<string, unknown> | null = null;
    let isOpen = false;
    let isListening = false;
    const button = element('open');

    const look = async (): Promise<void> => {
      const answer = await ask('GET', session);
      if (answer?.ok !== true) {
        show('status', answer === null ? WORDS.trouble : WORDS.over);
        if (button !== null) button.hidden = true;
        return;
      }
      await showView((await answer.json()) as View);
    };
    const lookAgain = (): void => {
      window.setTimeout(() => void look(), LOOK_AGAIN_MS);
    };

    const showView = async (view: View): Promise<void> => {
      const asks = view.stage === 'open' && view.popup !== null;
      show('title', view.title);
      show('how', view.howTo);
      show('status', view.stage === 'open' ? null : WORDS[view.stage]);
      if (button !== null) button.hidden = !asks;
      if (view.stage === 'checking' && !isOpen) lookAgain();
      if (!asks || isListening || view.popup === null) return;
      isListening = true;
      const { popup } = view;
      window.addEventListener('message', (event) => {
        if (isBelieved(event.origin, popup.messageOrigins)) message = resultIn(event.data) ?? message;
      });
      await loadSdk(popup);
      button?.addEventListener('click', () => openPopup(popup));
    };

    const loadSdk = (popup: NonNullable<View['popup']>): Promise<void> =>
      new Promise((resolve) => {
        const script = window.document.createElement('script');
        script['src'] = popup.sdkUrl;
        script['async'] = true;
        script['onerror'] = () => {
          show('status', WORDS.blocked);
          resolve();
        };
        script['onload'] = () => {
          window.FB?.init({
            appId: popup.appId,
            version: popup.graphVersion,
            xfbml: false,
            autoLogAppEvents: false,
          });
          resolve();
        };
        window.document.head.appendChild(script);
      });

    const openPopup = (popup: NonNullable<View['popup']>): void => {
      if (isOpen || window.FB === undefined) return;
      isOpen = true;
      message = null;
      show('status', WORDS.working);
      if (button !== null) button.disabled = true;
      window.FB.login((answer) => void handIn(answer?.authResponse?.code), {
        config_id: popup.configId,
        response_type: 'code',
        override_default_response_type: true,
        extras: { setup: {}, sessionInfoVersion: '3', version: 'v4' },
      });
    };

    const handIn = async (code: string | undefined): Promise<void> => {
      if (message === null) await pause(WAIT_FOR_OTHER_MS);
      const told = message ?? (code === undefined ? { event: 'CANCEL' } : {});
      const answer = await ask('POST', `${session}/result`, { ...told, code });
      isOpen = false;
      if (button !== null) button.disabled = false;
      if (answer === null) show('status', WORDS.trouble);
      else if (answer.ok) show('status', WORDS.checking);
      lookAgain();
    };

    await look();
  };

  void run();
};
