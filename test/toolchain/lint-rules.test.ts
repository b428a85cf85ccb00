import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const ROOT = resolve(__dirname, '..', '..');
const DIRECTION = 'boundaries/dependencies';

const valueOf = (path: string) => `import * as there from '${path}';\nexport const here = there;\n`;
const typesOf = (path: string) =>
  `import type * as There from '${path}';\nexport type Here = typeof There;\n`;

const REFUSED: [file: string, text: string, rule: string][] = [
  ['shared/probe.ts', valueOf('../activities/contract'), DIRECTION],
  ['shared/probe.ts', typesOf('../activities/contract'), DIRECTION],
  ['workflows/probe.ts', valueOf('../activities/contract'), DIRECTION],
  ['workflows/probe.ts', valueOf('../scripts/servers/ports'), DIRECTION],
  ['workflows/probe.ts', valueOf('node:fs'), 'no-restricted-imports'],
  ['workflows/probe.ts', 'export const here = process.env["HOME"];\n', 'temporal/workflow-no-process-env'],
  ['workflows/probe.ts', 'export const here = () => { console.log(1); };\n', 'temporal/workflow-no-console'],
  ['platforms/probe.ts', valueOf('../scripts/servers/ports'), DIRECTION],
  ['store/probe.ts', valueOf('../platforms/meta/waits'), DIRECTION],
  ['activities/probe.ts', valueOf('../scripts/servers/ports'), DIRECTION],
  ['client/probe.ts', valueOf('../server/deps'), DIRECTION],
  ['cli/probe.ts', valueOf('../scripts/servers/ports'), DIRECTION],
  ['server/probe.ts', valueOf('../activities/contract'), DIRECTION],
  ['server/probe.ts', valueOf('../platforms/meta/waits'), DIRECTION],
  ['sandbox/probe.ts', valueOf('../shared/ids'), DIRECTION],
  ['store/probe.ts', valueOf('../test/support/servers'), DIRECTION],
  ['test/probe.ts', "test.skip('later', () => undefined);\n", 'no-restricted-syntax'],
  ['server/probe.ts', "console.log('here');\n", 'no-console'],
  [
    'server/probe.ts',
    'export const here = (x?: string) => x!.length;\n',
    '@typescript-eslint/no-non-null-assertion',
  ],
  ['server/probe.ts', 'export const here = (x: any) => String(x);\n', '@typescript-eslint/no-explicit-any'],
];

const ALLOWED: [file: string, text: string][] = [
  ['workflows/probe.ts', typesOf('../activities/contract')],
  ['workflows/probe.ts', valueOf('../shared/ids')],
  ['activities/probe.ts', valueOf('../platforms/meta/waits')],
  ['worker/probe.ts', valueOf('../activities/contract')],
  ['server/probe.ts', valueOf('../shared/ids')],
  ['cli/probe.ts', valueOf('../shared/ids')],
  ['test/probe.ts', valueOf('../activities/contract')],
];

let found: string[][];

beforeAll(async () => {
  const probes = [...REFUSED, ...ALLOWED].map(([file, text]) => ({ file: join(ROOT, file), text }));
  const lint = promisify(execFile)(process.execPath, [join(__dirname, 'lint-texts.mjs')], { cwd: ROOT });
  lint.child.stdin?.end(JSON.stringify(probes));
  found = z.array(z.array(z.string())).parse(JSON.parse((await lint).stdout));
});

test.each(REFUSED.map((probe, index) => [...probe, index] as const))(
  'the linter refuses in %s: %j (%s)',
  (_file, _text, rule, index) => {
    expect(found[index]).toContain(rule);
  },
);

test.each(ALLOWED.map((probe, index) => [...probe, REFUSED.length + index] as const))(
  'the linter accepts in %s: %j',
  (_file, _text, index) => {
    expect(found[index]).toEqual([]);
  },
);
