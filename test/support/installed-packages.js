'use strict';
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/** What Node itself requires: a package is loaded once a process, not once a test file. Set by the environment. */
const REQUIRE = 'requireInstalledPackage';
const ROOT = join(__dirname, '..', '..');
const PACKAGES = join(ROOT, 'node_modules');
const STANDINS = join(ROOT, '.carryover', 'test-packages');

/** The file that Jest loads instead of a package's. */
const standInFor = (path) => {
  const file = join(STANDINS, `${createHash('sha256').update(path).digest('hex').slice(0, 16)}.js`);
  if (existsSync(file)) return file;
  mkdirSync(STANDINS, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `module.exports = (globalThis.${REQUIRE} ?? require)(${JSON.stringify(path)});\n`);
  renameSync(draft, file);
  return file;
};

/** Jest's resolver: our own modules as always, packages by their stand-ins; Jest's own modules never come from ours. */
module.exports = {
  REQUIRE,
  sync: (request, options) => {
    const path = options.defaultResolver(request, options);
    const isOurs = !options.basedir.startsWith(PACKAGES);
    return isOurs && path.startsWith(PACKAGES) && /\.[cm]?js$/.test(path) ? standInFor(path) : path;
  },
};
