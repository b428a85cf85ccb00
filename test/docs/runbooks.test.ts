import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../platforms/meta/catalogue';
import { RUNBOOKS } from '../../platforms/meta/catalogue/runbooks';
import { compileCli, runCli } from '../cli/compiled';

const DOCS = join(__dirname, '..', '..', 'docs');

test('every problem on which a person may have to act has one runbook', () => {
  const codes = RUNBOOKS.flatMap((runbook) => runbook.codes);
  expect([...codes].sort()).toEqual(CATALOGUE.map(({ code }) => code).sort());
});

test('every runbook is a page, and every page a runbook', () => {
  const pages = readdirSync(join(DOCS, 'runbooks')).map((file) => file.replace(/\.md$/, ''));
  expect(pages.sort()).toEqual(RUNBOOKS.map(({ page }) => page).sort());
});

test('the commands that the pages name are commands of the CLI', async () => {
  const help = await runCli(await compileCli(), ['--help']);
  const known = new Set([...help.out.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name));
  const pages = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.md'),
  );
  const unknown = pages.flatMap((file) =>
    [...readFileSync(join(DOCS, file), 'utf8').matchAll(/`(?:npx )?carryover ([a-z][a-z-]*)/g)].flatMap(
      ([, name]) => (name === undefined || known.has(name) ? [] : [`${file}: carryover ${name}`]),
    ),
  );
  expect(unknown).toEqual([]);
});
