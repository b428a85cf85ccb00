// Validates docker-compose.yml: with `docker compose config` where that exists, and always by what Compose would only notice
// when it is too late (references between services, volumes, entries that were not built).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FILE = 'docker-compose.yml';
const SERVICE_KEYS = new Set(
  'build command configs depends_on entrypoint environment healthcheck image ports restart stop_grace_period volumes'.split(
    ' ',
  ),
);
const CONDITIONS = new Set(['service_started', 'service_healthy', 'service_completed_successfully']);

const mistakes = [];
const check = (holds, mistake) => {
  if (!holds) mistakes.push(mistake);
};

const compose = parse(readFileSync(FILE, 'utf8'), { merge: true, prettyErrors: true });
const { services, volumes } = compose;
const published = new Map();

for (const [name, service] of Object.entries(services)) {
  const here = `service ${name}`;
  for (const key of Object.keys(service)) check(SERVICE_KEYS.has(key), `${here}: unknown key ${key}`);
  check(service.image !== undefined || service.build !== undefined, `${here}: neither image nor build`);
  check(!/:latest$|^[^:]+$/.test(service.image ?? ':pinned'), `${here}: the image has no fixed version`);
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    const target = services[other];
    check(target !== undefined, `${here}: depends on ${other}, which does not exist`);
    check(CONDITIONS.has(condition), `${here}: unknown condition ${condition}`);
    check(
      condition !== 'service_healthy' || target?.healthcheck !== undefined,
      `${here}: ${other} has no healthcheck`,
    );
    check(
      condition !== 'service_completed_successfully' ||
        [undefined, 'no', 'on-failure:5'].includes(target?.restart),
      `${here}: ${other} is restarted and never completes`,
    );
  }
  for (const mount of service.volumes ?? []) {
    const [volume] = mount.split(':');
    check(volume in volumes, `${here}: volume ${volume} is not declared`);
  }
  for (const { source } of service.configs ?? [])
    check(source in (compose.configs ?? {}), `${here}: config ${source} is not declared`);
  for (const port of service.ports ?? []) {
    const [host, outside] = port.split(':');
    check(host === '127.0.0.1', `${here}: port ${port} is open to the network`);
    check(!published.has(outside), `${here}: port ${outside} is also published by ${published.get(outside)}`);
    published.set(outside, name);
  }
  for (const [variable, value] of Object.entries(service.environment ?? {}))
    check(typeof value === 'string', `${here}: the value of ${variable} is not a text; quote it`);
  for (const [entry] of [service.command ?? []]
    .flat()
    .join(' ')
    .matchAll(/dist\/[\w/-]+\.js/g)) {
    const source = entry.replace('dist/', '').replace('.js', '.ts');
    check(existsSync(source), `${here}: there is no ${source} to build ${entry} from`);
  }
}

// Every attribute a worker asks for is registered.
const registered = services['temporal-namespace'].command.join(' ');
for (const [, attribute] of readFileSync('shared/search-attributes.ts', 'utf8').matchAll(/Key\('(\w+)'/g))
  check(registered.includes(attribute), `service temporal-namespace: does not register ${attribute}`);

// The popup of the practice platform is loaded, and believed, from where a browser reaches the sandbox.
const { META_SDK_URL: sdk = '', META_SIGNUP_ORIGINS: believed } = services.server.environment;
const [, sandboxPort] = services.sandbox.ports[0].split(':');
check(
  sdk === `http://127.0.0.1:${sandboxPort}/sandbox/sdk.js`,
  'service server: META_SDK_URL is not the sandbox',
);
check(
  believed === `http://127.0.0.1:${sandboxPort}`,
  'service server: META_SIGNUP_ORIGINS is not the sandbox',
);

const docker = spawnSync('docker', ['compose', '--file', FILE, 'config', '--quiet'], { encoding: 'utf8' });
const hasCompose = docker.error === undefined && spawnSync('docker', ['compose', 'version']).status === 0;
if (hasCompose) check(docker.status === 0, docker.stderr.trim());

for (const mistake of mistakes) process.stderr.write(`${FILE}: ${mistake}\n`);
process.exitCode = mistakes.length === 0 ? 0 : 1;
