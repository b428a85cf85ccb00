#!/usr/bin/env bash
# Makes a checkout runnable: checks what cannot be installed from here, then installs the packages and builds, each only when
# needed. Safe to run twice at once. Every refusal is one sentence that says what to do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

refuse() {
  printf 'carryover: %s\n' "$1" >&2
  exit 1
}

command -v node >/dev/null || refuse 'Node.js is missing: install version 20.19 or newer (https://nodejs.org).'
command -v npm >/dev/null || refuse 'npm is missing: install it together with Node.js 20.19 or newer (https://nodejs.org).'
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  refuse "Node.js $(node --version) is too old: install version 20.19 or newer (https://nodejs.org)."
if [ "$(uname -s)" = Linux ]; then
  node -e 'process.exit(process.report.getReport().header.glibcVersionRuntime ? 0 : 1)' ||
    refuse 'this system has musl instead of glibc, which the Temporal SDK needs: use a Debian or Ubuntu based image (see Dockerfile).'
fi

mkdir -p .carryover
lock=.carryover/bootstrap.lock
if command -v flock >/dev/null; then
  exec 9>"$lock"
  flock 9
else # macOS has no flock
  until mkdir "$lock.d" 2>/dev/null; do sleep 0.2; done
  trap 'rmdir "$lock.d"' EXIT
fi

if ! node scripts/up-to-date.mjs packages; then
  echo 'Installing packages (npm ci) …'
  npm ci --no-audit --no-fund --loglevel=error >.carryover/npm.log 2>&1 || {
    tail -n 5 .carryover/npm.log >&2
    if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH' .carryover/npm.log; then
      refuse 'the npm registry could not be reached: connect this machine to the network and run this again.'
    fi
    refuse 'npm ci failed (above, and in .carryover/npm.log): correct that and run this again.'
  }
fi

if ! node scripts/up-to-date.mjs build; then
  echo 'Building …'
  rm -rf dist
  npm run --silent build >.carryover/build.log 2>&1 || {
    cat .carryover/build.log >&2
    refuse 'the build failed (above): correct that and run this again.'
  }
  node scripts/up-to-date.mjs build --mark
fi
