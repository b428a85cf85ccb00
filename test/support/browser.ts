/**
 * A client's browser before the signup's page: the page's own script and the practice platform's `sdk.js` run in jsdom,
 * loaded over HTTP. What jsdom lacks stands here: `fetch`, windows that open each other, and what a browser vouches for.
 */
import { CookieJar, JSDOM, ResourceLoader, VirtualConsole, type DOMWindow } from 'jsdom';
import { eventually } from '../durability/eventually';
import { atEndOfFile } from './after-each-file';

interface Habits {
  /** `Accept-Language`. */
  language?: string;
  cookies?: CookieJar;
  /** What the window's session keeps from before a reload. */
  session?: Record<string, string>;
  /** Addresses that an extension of the browser keeps away. */
  blocked?: RegExp;
  /** How many times as fast the page's own timers run. */
  hurry?: number;
}

/** The client in Meta's popup: forms are sent as a browser sends them, and the last page's script runs. */
export class PopupWindow {
  closed = false;
  /** It stands on its last page for ever. */
  staysOpen = false;
  /** Window messages that are lost on their way to the page. */
  loses = (_data: string): boolean => false;
  private html = '';

  private constructor(
    private readonly url: string,
    private readonly page: SignupPage,
  ) {}

  static open(url: string, page: SignupPage): PopupWindow {
    return new PopupWindow(url, page);
  }

  async enter(): Promise<void> {
    await this.show(await fetch(this.url));
  }

  async press(name: string, fields: Record<string, string> = {}): Promise<string> {
    const action = new RegExp(`action="([^"]*/${name})"`).exec(this.html)?.[1];
    if (action === undefined) throw new Error(`no form ${name} on this page: ${this.html}`);
    await this.show(
      await fetch(new URL(action, this.url), { method: 'POST', body: new URLSearchParams(fields) }),
    );
    return this.html;
  }

  private async show(answer: Response): Promise<void> {
    this.html = await answer.text();
    const { origin } = new URL(this.url);
    let end = (): void => undefined;
    new JSDOM(this.html, {
      url: answer.url,
      runScripts: 'dangerously',
      beforeParse: (window) => {
        end = window.close.bind(window);
        Object.assign(window, {
          opener: {
            postMessage: (data: string, target: string) => {
              if (target === this.page.origin && !this.loses(data)) this.page.hear(data, origin);
            },
          },
          close: () => {
            this.closed = !this.staysOpen;
          },
        });
      },
    });
    end();
  }
}

export class SignupPage {
  readonly popups: PopupWindow[] = [];
  /** What was asked of which address: the kind as a Content-Security-Policy names it. */
  readonly asked: { directive: string; url: string }[] = [];
  readonly sent: { path: string; body: unknown }[] = [];
  readonly errors: string[] = [];
  /** The browser lets no window open. */
  blocksWindows = false;
  readonly cookies: CookieJar;

  private constructor(
    readonly window: DOMWindow,
    readonly policy: string,
    cookies: CookieJar,
  ) {
    this.cookies = cookies;
  }

  static async open(url: string, habits: Habits = {}): Promise<SignupPage> {
    const cookies = habits.cookies ?? new CookieJar();
    const language: Record<string, string> =
      habits.language === undefined ? {} : { 'accept-language': habits.language };
    const answer = await fetch(url, { headers: language });
    const html = await answer.text();
    const asked: SignupPage['asked'] = [];
    class Loader extends ResourceLoader {
      override fetch(address: string, options: Parameters<ResourceLoader['fetch']>[1]) {
        const isScript = options.element?.localName === 'script';
        asked.push({ directive: isScript ? 'script-src' : 'style-src', url: address });
        if (habits.blocked?.test(address) !== true) return super.fetch(address, options);
        return super.fetch('http://127.0.0.1:1/', options);
      }
    }
    const errors: string[] = [];
    const console = new VirtualConsole();
    console.on('jsdomError', ({ message }) => errors.push(message));
    console.on('error', (...told: unknown[]) => errors.push(told.map(String).join(' ')));
    let page: SignupPage | undefined;
    const dom = new JSDOM(html, {
      url,
      runScripts: 'dangerously',
      resources: new Loader(),
      cookieJar: cookies,
      virtualConsole: console,
      beforeParse: (window) => {
        const made = new SignupPage(window, answer.headers.get('content-security-policy') ?? '', cookies);
        page = made;
        for (const [key, value] of Object.entries(habits.session ?? {})) {
          window.sessionStorage.setItem(key, value);
        }
        const { hurry = 1 } = habits;
        const later = window.setTimeout.bind(window);
        Object.assign(window, {
          setTimeout: (work: () => void, ms: number) => later(work, ms / hurry),
          fetch: (path: string, init: RequestInit) => made.fetch(path, init, language),
          open: (address: string) => made.openWindow(address),
        });
      },
    });
    if (page === undefined) throw new Error('the page has no window');
    atEndOfFile(async () => {
      dom.window.close();
    });
    return Object.assign(page, { asked, errors });
  }

  /** The same address in the same window again. */
  reload(): Promise<SignupPage> {
    const { sessionStorage } = this.window;
    const session = Object.fromEntries(
      Object.keys(sessionStorage).map((key) => [key, sessionStorage.getItem(key) ?? '']),
    );
    return SignupPage.open(this.window.location.href, { cookies: this.cookies, session });
  }

  get origin(): string {
    return this.window.location.origin;
  }

  /** As the person sees it; null: hidden or not there. */
  text(id: string): string | null {
    const element = this.window.document.getElementById(id);
    return element === null || element.hidden ? null : element.textContent;
  }

  /** The button as it can be pressed. */
  get canPress(): boolean {
    const button = this.window.document.querySelector('button');
    return button !== null && !button.hidden && !button.disabled;
  }

  press(): void {
    this.window.document.querySelector('button')?.click();
  }

  async untilItSays(id: string, words: RegExp): Promise<void> {
    try {
      await eventually('the words', async () => words.test(this.text(id) ?? ''));
    } catch {
      throw new Error(`the page never said ${String(words)} in ${id}, but "${this.text(id) ?? ''}"`);
    }
  }

  /** Presses the button and goes into the window that opens. */
  async openPopup(): Promise<PopupWindow> {
    await eventually('the button', async () => this.canPress);
    const before = this.popups.length;
    this.press();
    const popup = this.popups[before];
    if (popup === undefined) throw new Error('no window opened');
    await popup.enter();
    return popup;
  }

  /** A window message, from an origin that the browser vouches for. */
  hear(data: string, origin: string): void {
    this.window.dispatchEvent(new this.window.MessageEvent('message', { data, origin }));
  }

  private openWindow(address: string): PopupWindow | null {
    if (this.blocksWindows) return null;
    const popup = PopupWindow.open(address, this);
    this.popups.push(popup);
    return popup;
  }

  private async fetch(path: string, init: RequestInit, language: Record<string, string>): Promise<Response> {
    const target = new URL(path, this.window.location.href).href;
    this.asked.push({ directive: 'connect-src', url: target });
    if (typeof init.body === 'string') this.sent.push({ path, body: JSON.parse(init.body) as unknown });
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(language)) headers.set(name, value);
    const cookie = this.cookies.getCookieStringSync(target);
    if (cookie !== '') headers.set('cookie', cookie);
    const { method, body } = init;
    const answer = await fetch(target, { headers, ...(method ? { method } : {}), ...(body ? { body } : {}) });
    for (const set of answer.headers.getSetCookie()) this.cookies.setCookieSync(set, target);
    return answer;
  }
}

/** What a Content-Security-Policy would keep from being loaded. */
export const keptOutBy = (policy: string, page: Pick<SignupPage, 'asked' | 'origin'>): string[] => {
  const directives = new Map(
    policy.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
  return page.asked
    .filter(({ directive, url }) => {
      const { origin } = new URL(url);
      const sources = directives.get(directive) ?? directives.get('default-src') ?? [];
      return !sources.some((source) => source === origin || (source === "'self'" && origin === page.origin));
    })
    .map(({ directive, url }) => `${directive} ${url}`);
};
