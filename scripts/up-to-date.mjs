// Exit code 0 when what is installed (`packages`) or built (`build`) is what the checkout asks for, 1 when it is not.
// `build --mark` records that the sources as they are now were built. Runs before any package is there.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = 'dist/.sources';

/** npm notes what it put into node_modules; optional packages of other platforms are missing there rightly. */
function packagesAreInstalled() {
  const note = 'node_modules/.package-lock.json';
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' ||
      (installed[path] === undefined ? optional === true : installed[path].version === version),
  );
}

/** Hash over the names and contents of everything the build reads. */
function sourcesNow() {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(path).update(readFileSync(path));
  };
  const { include } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8'));
  ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', ...include].forEach(add);
  return hash.digest('hex');
}

const [question, option] = process.argv.slice(2);
if (option === '--mark') {
  mkdirSync('dist', { recursive: true });
  writeFileSync(MARK, sourcesNow());
} else if (question === 'packages') process.exitCode = packagesAreInstalled() ? 0 : 1;
else process.exitCode = existsSync(MARK) && readFileSync(MARK, 'utf8') === sourcesNow() ? 0 : 1;
