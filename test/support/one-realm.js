'use strict';

/**
 * Jest's environment with Node's own realm and packages that are loaded once a process. By default each test file has a
 * realm and a module registry of its own, so that the Temporal SDK, the MongoDB driver and Fastify were read, compiled and
 * set up again for every file: five of the nine seconds of processor time that a file took. Only packages are shared; our
 * own modules are loaded anew for each file as always. In one realm an error of a package is also an `Error` to our code.
 */
const vm = require('node:vm');
const { ModuleMocker } = require('jest-mock');
const { REQUIRE } = require('./installed-packages');

const ownRealm = vm.createContext({});
const compileIn = vm.compileFunction;
vm.compileFunction = (code, parameters, options) => {
  if (options?.parsingContext !== ownRealm) return compileIn(code, parameters, options);
  const { parsingContext: _context, ...rest } = options;
  return compileIn(code, parameters, rest);
};
globalThis[REQUIRE] = require;

const exit = process.exit;

module.exports = class OneRealm {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;

  constructor() {
    Error.stackTraceLimit = 100;
  }

  async setup() {
    // Nothing is prepared a file: that is the point.
  }

  async teardown() {
    // Jest wraps it for each file.
    process.exit = exit;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return ownRealm;
  }
};
