// Everything that must hold before a change is taken in: format, lint, types, compose file, tests. All of it runs, also after
// a failure; the last line counts checks and tests together.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUDGET = '.carryover/test-report/budget.txt';
const CHECKS = [
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['lint and dependency direction', ['eslint', '.']],
  ['types', ['tsc', '--noEmit']],
];

const started = Date.now();
const count = { passed: 0, failed: 0 };
const note = (name, passed) => {
  count[passed ? 'passed' : 'failed'] += 1;
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'} ${name}\n`);
};
const run = (command, args) => spawnSync(command, args, { stdio: 'inherit' }).status === 0;
const runPackage = ([name, ...args]) => run(process.execPath, [binOf(name), ...args]);

/** The script behind `npx name`, without npx in between: signals and exit codes come through. */
function binOf(name) {
  const folder = join('node_modules', name === 'tsc' ? 'typescript' : name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

for (const [name, command] of CHECKS) note(name, runPackage(command));
note('lock file', run(process.execPath, ['scripts/complete-lock.mjs', '--check']));
note('compose file', run(process.execPath, ['scripts/check-compose.mjs']));

rmSync(BUDGET, { force: true });
const folder = mkdtempSync(join(tmpdir(), 'carryover-report-'));
const reportFile = join(folder, 'jest.json');
const jestPassed = runPackage(['jest', '--json', `--outputFile=${reportFile}`, ...process.argv.slice(2)]);
if (existsSync(reportFile)) {
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  count.passed += report.numPassedTests;
  count.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
}
rmSync(folder, { recursive: true, force: true });
if (!jestPassed && count.failed === 0) note('test run (servers, leaked processes)', false);

if (existsSync(BUDGET)) process.stdout.write(`\n${readFileSync(BUDGET, 'utf8').trimEnd()}\n`);
process.stdout.write(`\nTook ${Math.round((Date.now() - started) / 1000)} s\n`);
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
process.exitCode = count.failed === 0 ? 0 : 1;
