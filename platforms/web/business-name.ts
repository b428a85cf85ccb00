/** Whether a page names a business: as people write names, not letter by letter. */
import type { Page } from './page';

/** Forms of companies and joining words say nothing about whose page it is. */
const IDLE = new Set(
  'ltda sa s a me eireli epp mei inc llc ltd limited plc gmbh ag kg ug srl sl slu sas sarl bv nv pty pvt co corp company cia e y and und the de da do das dos del la el los las'.split(
    ' ',
  ),
);

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The whole name, or each of its telling words; or the name written together, as in the site's own address. */
export const namesBusiness = (name: string, page: Pick<Page, 'title' | 'text'>, host: string): boolean => {
  const wanted = plain(name);
  const words = wanted.split(' ').filter((word) => !IDLE.has(word));
  if (words.length === 0) return true;
  const there = plain(`${page.title} ${page.text}`);
  const known = new Set(there.split(' '));
  const together = words.join('');
  return (
    ` ${there} `.includes(` ${wanted} `) ||
    words.every((word) => known.has(word)) ||
    there.replaceAll(' ', '').includes(together) ||
    plain(host).replaceAll(' ', '').includes(together)
  );
};
