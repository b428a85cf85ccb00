/** The page on templates says what the table of reasons says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPLATE_REASONS } from '../../shared/template-report';

const page = readFileSync(join(__dirname, '../../docs/templates.md'), 'utf8');
const WORDS = { always: 'yes', required: 'when required', never: 'no' };

test.each(Object.entries(TEMPLATE_REASONS))(
  'docs/templates.md explains %s as it is',
  (code, { remedy, recreate }) => {
    const cells = page
      .split('\n')
      .find((line) => line.startsWith(`| \`${code}\``))
      ?.split('|')
      .map((cell) => cell.trim());
    expect(cells?.slice(2, 4)).toEqual([WORDS[recreate], remedy]);
  },
);
