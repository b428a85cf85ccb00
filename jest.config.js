'use strict';

const swc = (options) => ['@swc/jest', { jsc: { target: 'es2022', ...options }, sourceMaps: 'inline' }];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/one-realm.js',
  resolver: '<rootDir>/test/support/installed-packages.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.carryover/'],
  transform: {
    '\\.ts$': swc({ parser: { syntax: 'typescript' } }),
    '\\.js$': swc({ parser: { syntax: 'ecmascript' } }),
  },
  transformIgnorePatterns: ['/node_modules/', '/.carryover/'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/after-each-file.ts'],
  // What waits for a condition says itself how long; this ends a test that waits for nothing any more.
  testTimeout: 120_000,
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/support/longest-first.js',
};
