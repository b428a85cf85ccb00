/** Opening a web site that a stranger names (R28): what is seen, and what it cannot be made to do. Real servers, real TLS. */
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { LookupAddress } from 'node:dns';
import type { AddressInfo, Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { generate } from 'selfsigned';
import { publicLookup } from '../../platforms/web/guarded-agent';
import { openWebsite, type WebsiteOptions } from '../../platforms/web/open-website';
import { isPublicAddress } from '../../platforms/web/public-address';
import { atEndOfFile } from '../support/after-each-file';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const listening = async (server: Server & { closeAllConnections: () => void }): Promise<string> => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  atEndOfFile(
    () =>
      new Promise<void>((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  );
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};

const site = (handler: Handler): Promise<string> => listening(createPlain(handler));

const html =
  (body: string, status = 200, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  };

const PADARIA =
  '<html><head><title>Padaria Sol – pães artesanais</title></head><body><h1>Bem-vindo à Padaria Sol</h1></body></html>';

const opened = async (
  host: string,
  options: WebsiteOptions = {},
  name: string | null = 'Padaria Sol Ltda.',
) => openWebsite(`http://${host}/`, name, { rehearsalHosts: [host], ...options });

test('R28: a live page that names the business, whatever its accents and company form', async () => {
  const host = await site(html(PADARIA));
  expect(await opened(host)).toMatchObject({ kind: 'live', status: 200, secure: false, namesBusiness: true });
  expect(await opened(host, {}, 'Farmácia Lua')).toMatchObject({ kind: 'live', namesBusiness: false });
  expect(await opened(host, {}, 'SOL Padária, LTDA')).toMatchObject({ namesBusiness: true });
  expect(await opened(host, {}, null)).toMatchObject({ kind: 'live', namesBusiness: null });
});

test('R28: a page that comes packed and in another charset is read as a visitor reads it', async () => {
  const latin = Buffer.from('<title>Confeitaria Pão de Açúcar</title>', 'latin1');
  const host = await site((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1', 'content-encoding': 'gzip' })
      .end(gzipSync(latin));
  });
  expect(await opened(host, {}, 'Confeitaria Pao de Acucar')).toMatchObject({ namesBusiness: true });
});

test.each([
  ['domain for sale', '<h1>example.com</h1><p>This domain is for sale. Make an offer on this domain.</p>'],
  ['domain for sale', '<p>Este domínio está à venda</p>'],
  ['parked domain', '<p>This domain is parked free, courtesy of the registrar</p>'],
  ['default page of a server', '<title>Welcome to nginx!</title>'],
  ['suspended by its hoster', '<p>This Account has been suspended.</p>'],
  ['under construction', '<h1>Em construção</h1>'],
  ['domain dealer', '<script src="https://img.sedoparking.com/x.js"></script>'],
])('R28, P-20: a %s page is no live site', async (sign, body) => {
  expect(await opened(await site(html(body)))).toMatchObject({ kind: 'parked', sign });
});

test('a shop that announces something coming soon is not taken for parked', async () => {
  const shelf = `<p>Padaria Sol. Coming soon: summer bread.</p><p>${'Bread of the day, made with love. '.repeat(40)}</p>`;
  expect(await opened(await site(html(shelf)))).toMatchObject({ kind: 'live', namesBusiness: true });
});

test.each<[string, Handler, object]>([
  ['not found', html('gone', 404), { kind: 'dead', why: 'http_error', status: 404 }],
  ['broken', html('oops', 500), { kind: 'dead', why: 'http_error', status: 500 }],
  ['closed to programs', html('no', 403), { kind: 'doubtful', why: 'refused_program', status: 403 }],
  ['in maintenance', html('soon', 503), { kind: 'doubtful', why: 'refused_program', status: 503 }],
  [
    'behind a challenge',
    html('<title>Just a moment...</title>'),
    { kind: 'doubtful', why: 'refused_program', status: 200 },
  ],
  [
    'a document',
    (_request, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF'),
    { kind: 'dead', why: 'not_a_page' },
  ],
  ['a connection that breaks', (request) => request.socket.destroy(), { kind: 'dead', why: 'unreachable' }],
  [
    'content that is not what it says',
    html('this is not gzip', 200, { 'content-encoding': 'gzip' }),
    { kind: 'dead', why: 'not_a_page' },
  ],
])('R28: %s', async (_name, handler, expected) => {
  expect(await opened(await site(handler))).toMatchObject(expected);
});

test('a site that does not answer in time is in doubt, and nobody waits longer', async () => {
  const host = await site(() => undefined);
  const began = Date.now();
  expect(await opened(host, { visitMs: 300 })).toMatchObject({ kind: 'doubtful', why: 'timed_out' });
  const dripping = await site((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => {
      clearInterval(drip);
    });
  });
  expect(await opened(dripping, { visitMs: 300 })).toMatchObject({ kind: 'doubtful', why: 'timed_out' });
  expect(Date.now() - began).toBeLessThan(30_000);
});

test('nobody listens, and nobody knows the name', async () => {
  const server = createPlain();
  const host = await listening(server);
  await new Promise<void>((closed) => {
    server.close(() => {
      closed();
    });
  });
  expect(await opened(host)).toMatchObject({ kind: 'dead', why: 'unreachable' });
  expect(await openWebsite('https://no-such-name.invalid/', null)).toMatchObject({
    kind: expect.stringMatching(/dead|doubtful/),
    why: expect.stringMatching(/name_not_found|name_service/),
  });
});

test('a page without end is read only at its beginning', async () => {
  let sent = 0;
  const host = await site((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write('<title>Padaria Sol</title>');
    const piece = 'x'.repeat(64 * 1024);
    const pump = () => {
      while (sent < 200 * 1024 * 1024) {
        sent += piece.length;
        if (!response.write(piece)) return;
      }
    };
    response.on('drain', pump).on('error', () => undefined);
    pump();
  });
  expect(await opened(host)).toMatchObject({ kind: 'live', namesBusiness: true });
  expect(sent).toBeLessThan(20 * 1024 * 1024);
});

test('R28: TLS must be valid: another’s name or an unknown authority is a dead site', async () => {
  const authority = await generate([{ name: 'commonName', value: 'Test CA' }], { algorithm: 'sha256' });
  const pems = await generate([{ name: 'commonName', value: 'sol.example' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'sol.example' }] }],
  });
  const host = await listening(createSecure({ key: pems.private, cert: pems.cert }, html(PADARIA)));
  const at = (options: WebsiteOptions) =>
    openWebsite(`https://${host}/`, 'Padaria Sol', { rehearsalHosts: [host], ...options });
  expect(authority.cert).not.toBe(pems.cert);
  expect(await at({})).toMatchObject({
    kind: 'dead',
    why: 'certificate',
    detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  expect(await at({ ca: () => Promise.resolve(pems.cert) })).toMatchObject({
    kind: 'dead',
    why: 'certificate',
    detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  const own = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const good = await listening(createSecure({ key: own.private, cert: own.cert }, html(PADARIA)));
  expect(
    await openWebsite(`https://${good}/`, 'Padaria Sol', {
      rehearsalHosts: [good],
      ca: () => Promise.resolve(own.cert),
    }),
  ).toMatchObject({ kind: 'live', secure: true, namesBusiness: true });
});

describe('server-side request forgery', () => {
  test.each([
    ['http://127.0.0.1/', 'private_address'],
    ['http://localhost/', 'private_address'],
    ['http://2130706433/', 'private_address'],
    ['http://0x7f.1/', 'private_address'],
    ['http://[::1]/', 'private_address'],
    ['http://[::ffff:169.254.169.254]/', 'private_address'],
    ['http://169.254.169.254/latest/meta-data/', 'private_address'],
    ['http://10.0.0.1/', 'private_address'],
    ['http://[fd00:ec2::254]/', 'private_address'],
    ['http://8.8.8.8:27017/', 'not_a_web_address'],
    ['https://8.8.8.8:80/', 'not_a_web_address'],
    ['http://root:secret@8.8.8.8/', 'not_a_web_address'],
    ['ftp://8.8.8.8/', 'not_a_web_address'],
    ['file:///etc/passwd', 'not_a_web_address'],
  ])('%s is refused, named first or after a redirect', async (address, why) => {
    expect(await openWebsite(address, null)).toMatchObject({ kind: 'dead', why, redirects: 0 });
    const host = await site(html('', 302, { location: address }));
    expect(await opened(host)).toMatchObject({ kind: 'dead', why, redirects: 1 });
  });

  test('a site that is allowed for a rehearsal opens no door to its neighbours', async () => {
    let visited = 0;
    const neighbour = await site((_request, response) => {
      visited += 1;
      response.end('secret');
    });
    const host = await site(html('', 302, { location: `http://${neighbour}/` }));
    expect(await opened(host)).toMatchObject({ kind: 'dead', why: 'not_a_web_address' });
    expect(visited).toBe(0);
  });

  test('redirects without end are cut off, and what is said of a site holds no path and no query', async () => {
    const host = await site(html('', 302, { location: '/again?token=abc' }));
    const seen = await opened(host);
    expect(seen).toMatchObject({ kind: 'dead', why: 'too_many_redirects', redirects: 5 });
    expect(JSON.stringify(seen)).not.toContain('abc');
  });

  test('a name that answers with one inner address among public ones is refused as a whole', async () => {
    const answering = (...addresses: string[]) =>
      publicLookup(((_host: string, _options: object, done: (e: null, a: LookupAddress[]) => void) => {
        done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        );
      }) as never);
    const looked = (...addresses: string[]) =>
      new Promise((resolve) => {
        answering(...addresses)('rebinding.example', { all: true }, (error, found) => {
          resolve(error?.name ?? found);
        });
      });
    expect(await looked('93.184.216.34')).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(await looked('93.184.216.34', '127.0.0.1')).toBe('PrivateAddressError');
    expect(await looked()).toBe('PrivateAddressError');
  });

  test('no address of a private range is public, in any of its spellings', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const inner = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
    );
    const hex = (n: number) => n.toString(16).padStart(2, '0');
    fc.assert(
      fc.property(inner, ([a, b, c, d]) => {
        const dotted = [a, b, c, d].join('.');
        const groups = `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`;
        const spellings = [
          dotted,
          `::ffff:${dotted}`,
          `::ffff:${groups}`,
          `64:ff9b::${groups}`,
          `2002:${groups}::`,
        ];
        expect(spellings.filter(isPublicAddress)).toEqual([]);
      }),
    );
    expect(['8.8.8.8', '2606:4700::1111'].every(isPublicAddress)).toBe(true);
    expect(['168.63.129.16', 'fe80::1', 'fc00::1', 'localhost', ''].some(isPublicAddress)).toBe(false);
  });
});
