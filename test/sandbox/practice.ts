import {
  startSandbox,
  type Sandbox,
  type SandboxOptions,
  type StraightWorld,
  straightWorld,
} from '../../sandbox';
import type { StraightWorldOptions } from '../../sandbox';

/** A program's view of the practice platform: everything goes over HTTP. */
export interface Practice {
  readonly sandbox: Sandbox;
  readonly world: StraightWorld;
  readonly graph: GraphClient;
  readonly control: ControlClient;
  readonly close: () => Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** Parsed JSON, read loosely: a missing path is undefined. */
export class Json {
  constructor(readonly value: unknown) {}

  at(...path: (string | number)[]): unknown {
    return path.reduce<unknown>((value, key) => {
      if (typeof value !== 'object' || value === null) return undefined;
      return new Map<string, unknown>(Object.entries(value)).get(String(key));
    }, this.value);
  }

  list(...path: (string | number)[]): Json[] {
    const value = this.at(...path);
    return Array.isArray(value) ? value.map((item) => new Json(item)) : [];
  }

  /** The values of an object, in their order. */
  values(...path: (string | number)[]): unknown[] {
    const value = this.at(...path);
    return typeof value === 'object' && value !== null ? Object.values(value) : [];
  }

  text(...path: (string | number)[]): string {
    const value = this.at(...path);
    if (typeof value !== 'string')
      throw new Error(`no text at ${path.join('.')}: ${JSON.stringify(this.value)}`);
    return value;
  }
}

/** What `X-Business-Use-Case-Usage` says about the first limit of a business. */
export function usageOf(reply: Reply, businessId: string, figure: string): unknown {
  const header: unknown = JSON.parse(reply.headers.get('x-business-use-case-usage') ?? '{}');
  return new Json(header).at(businessId, 0, figure);
}

async function ask(url: string, init: RequestInit): Promise<Reply> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    status: answer.status,
    body: new Json(isJson && text !== '' ? JSON.parse(text) : text),
    headers: answer.headers,
  };
}

export class GraphClient {
  constructor(
    private readonly base: string,
    readonly token: string,
    private readonly version = 'v25.0',
  ) {}

  as(token: string): GraphClient {
    return new GraphClient(this.base, token, this.version);
  }

  in(version: string): GraphClient {
    return new GraphClient(this.base, this.token, version);
  }

  get(path: string, query: Record<string, string> = {}): Promise<Reply> {
    return this.send('GET', path, query);
  }

  delete(path: string, query: Record<string, string> = {}): Promise<Reply> {
    return this.send('DELETE', path, query);
  }

  post(path: string, body: unknown = {}): Promise<Reply> {
    return ask(this.address(path), {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...this.authorization(), 'content-type': 'application/json' },
    });
  }

  postForm(path: string, body: Record<string, string>): Promise<Reply> {
    return ask(this.address(path), {
      method: 'POST',
      body: new URLSearchParams(body),
      headers: this.authorization(),
    });
  }

  address(path: string, query: Record<string, string> = {}): string {
    const written = new URLSearchParams(query).toString();
    return `${this.base}/${this.version}${path}${written === '' ? '' : `?${written}`}`;
  }

  private send(method: string, path: string, query: Record<string, string>): Promise<Reply> {
    return ask(this.address(path, query), { method, headers: this.authorization() });
  }

  private authorization(): Record<string, string> {
    return this.token === '' ? {} : { authorization: `Bearer ${this.token}` };
  }
}

export class ControlClient {
  constructor(private readonly base: string) {}

  get(path: string): Promise<Reply> {
    return ask(`${this.base}/sandbox${path}`, {});
  }

  send(method: string, path: string, body?: unknown): Promise<Reply> {
    return ask(`${this.base}/sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }

  act(name: string, body: unknown): Promise<Reply> {
    return this.send('POST', `/acts/${name}`, body);
  }

  knobs(change: Record<string, unknown>): Promise<Reply> {
    return this.send('PATCH', '/knobs', change);
  }

  fault(match: Record<string, unknown>, action: Record<string, unknown>): Promise<Reply> {
    return this.send('POST', '/faults', { match, action });
  }

  advance(ms: number): Promise<Reply> {
    return this.send('POST', '/clock', { advanceMs: ms });
  }

  /** The newest code that arrived at a phone, as typed in: six digits. */
  async code(subscriberId: string): Promise<string> {
    const phone = await this.get(`/phones/${subscriberId}`);
    const digits = phone.body.text('messages', 0, 'text').replace(/\D/g, '');
    return digits.slice(0, 6);
  }

  async violations(): Promise<string[]> {
    const report = await this.get('/invariants');
    return report.body.list('violations').map((violation) => violation.text('name'));
  }

  async effects(kind: string): Promise<Json[]> {
    return (await this.get(`/effects?kind=${kind}`)).body.list('items');
  }
}

/** A sandbox around a straight world, its clock standing still so that only the test moves time. */
export async function practise(
  options: StraightWorldOptions = {},
  more: Partial<SandboxOptions> = {},
): Promise<Practice> {
  const world = straightWorld({ destinationFunding: 'card', destinationSubscribed: true, ...options });
  const sandbox = await startSandbox({ world: world.world, ...more });
  const control = new ControlClient(sandbox.url);
  await control.send('POST', '/clock', { frozen: true });
  const graph = new GraphClient(sandbox.url, world.tokens.destination);
  return { sandbox, world, graph, control, close: sandbox.close };
}

export const firstNumber = { cc: '55', phone_number: '11987650001', migrate_phone_number: true } as const;

/** Announces the first number of a straight world and gives its new id. */
export async function announced(
  practice: Practice,
  number: Record<string, unknown> = firstNumber,
): Promise<string> {
  const reply = await practice.graph.post('/2002/phone_numbers', number);
  return reply.body.text('id');
}

/** Announces the first number and proves its ownership. */
export async function proved(practice: Practice): Promise<string> {
  const id = await announced(practice);
  await practice.graph.post(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
  await practice.graph.post(`/${id}/verify_code`, { code: await practice.control.code('sub_straight_1') });
  return id;
}

export const registration = { messaging_product: 'whatsapp', pin: '112233' } as const;

/** Announces, proves and registers the first number, and lets the platform finish. */
export async function moved(practice: Practice): Promise<string> {
  const id = await proved(practice);
  await practice.graph.post(`/${id}/register`, registration);
  await practice.control.advance(1_000);
  return id;
}
