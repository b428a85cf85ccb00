/**
 * Writes docs/errors/*.md, docs/findings.md, docs/requirements.md and the promises of docs/reliability.md from the error
 * catalogue, the table of rules, the sources and the parts of `make chaos`. With `--check` it writes nothing and fails when a page is missing, stale or left over.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsPage } from '../../activities/eligibility/documentation';
import { pageWith } from '../../chaos/reliability';
import { errorPages } from '../../platforms/meta/documentation';
import { requirementsPage } from './requirements';

/** Every generated page by its path under `docs/`. */
export const generatedPages = (docs: string): ReadonlyMap<string, string> =>
  new Map([
    ['findings.md', findingsPage()],
    ['requirements.md', requirementsPage(join(docs, '..'))],
    ['reliability.md', pageWith(contentOf(join(docs, 'reliability.md')) ?? '', null)],
    ...[...errorPages()].map(([file, page]) => [join('errors', file), page] as const),
  ]);

const contentOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** Paths under `docs/` that are not as they should be; empty when all is well. */
export const stalePages = (docs: string): string[] => {
  const pages = generatedPages(docs);
  const wrong = [...pages]
    .filter(([path, page]) => contentOf(join(docs, path)) !== page)
    .map(([path]) => path);
  const leftOver = filesIn(join(docs, 'errors'))
    .map((file) => join('errors', file))
    .filter((path) => !pages.has(path));
  return [...wrong, ...leftOver];
};

const write = (docs: string): void => {
  rmSync(join(docs, 'errors'), { recursive: true, force: true });
  mkdirSync(join(docs, 'errors'), { recursive: true });
  for (const [path, page] of generatedPages(docs)) writeFileSync(join(docs, path), page);
};

if (require.main === module) {
  const docs = join(process.cwd(), 'docs');
  if (process.argv.includes('--check')) {
    const stale = stalePages(docs);
    if (stale.length > 0) {
      process.stderr.write(
        `Stale pages; run npm run docs:errors:\n${stale.map((path) => `  docs/${path}`).join('\n')}\n`,
      );
      process.exitCode = 1;
    }
  } else {
    write(docs);
    process.stdout.write(`${String(generatedPages(docs).size)} pages written under docs/\n`);
  }
}
