// Keeps package-lock.json whole: npm leaves out optional packages of other platforms when the registry in use does not offer
// them, and `npm ci` then refuses the file. Adds them (`--check`: only says which are missing, exit code 1).
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const OPERATING_SYSTEMS = 'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(
  ' ',
);
const PROCESSORS = 'arm arm64 ia32 loong64 ppc64 riscv64 s390x wasm32 x64'.split(' ');

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([parent, { dev, optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => parent !== '' && !isThere(parent, name))
    .map(([name, version]) => ({ path: `node_modules/${name}`, name, version, dev })),
);

/** Node's look-up: beside the parent's own packages, then in each folder above. */
function isThere(parent, name) {
  const folders = parent
    .split('/node_modules/')
    .map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return [...folders, ''].some(
    (folder) => `${folder}${folder === '' ? '' : '/'}node_modules/${name}` in lock.packages,
  );
}

/** What the name says about the machine the package is for, e.g. `@swc/core-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const os = words.filter((word) => OPERATING_SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const libc = [
    ...(words.some((word) => word.startsWith('musl')) ? ['musl'] : []),
    ...(words.some((word) => word.startsWith('gnu')) ? ['glibc'] : []),
  ];
  return {
    ...(cpu.length === 0 ? {} : { cpu }),
    ...(os.length === 0 ? {} : { os }),
    ...(os.includes('linux') && libc.length > 0 ? { libc } : {}),
  };
}

for (const { name, version } of missing) process.stdout.write(`${FILE} lacks ${name} ${version}\n`);
if (process.argv.includes('--check')) process.exitCode = missing.length === 0 ? 0 : 1;
else if (missing.length > 0) {
  for (const { path, name, version, dev } of missing)
    lock.packages[path] = { version, ...(dev ? { dev } : {}), optional: true, ...platformOf(name) };
  const { '': root, ...packages } = lock.packages;
  const sorted = Object.entries(packages).sort(([one], [other]) => (one < other ? -1 : 1));
  lock.packages = { '': root, ...Object.fromEntries(sorted) };
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
}
