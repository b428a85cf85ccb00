'use strict';

const swc = (options) => ['@swc/jest', { jsc: { target: 'es2022', ...options }, sourceMaps: 'inline' }];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.carryover/'],
  transform: {
    '\\.ts$': swc({ parser: { syntax: 'typescript' } }),
    '\\.js$': swc({ parser: { syntax: 'ecmascript' } }),
  },
  // Compiled although they are packages: ES modules (add one here when Jest says "Must use import"), and the file of the
  // MongoDB driver that calls `import()`, which Jest's module registry refuses, so that the handshake fails
  // (https://github.com/typegoose/mongodb-memory-server/issues/1026).
  transformIgnorePatterns: ['/node_modules/(?!cookie/|mongodb/lib/runtime_adapters\\.js$)'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/after-each-file.ts'],
  testTimeout: 30_000,
  maxWorkers: 2,
};
