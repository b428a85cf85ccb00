/** How pages look behind which there is no business: as data. A sign in words counts only on a page with few of them. */
import type { Page } from './page';

interface Sign {
  sign: string;
  /** Where visitors are led to. */
  host?: RegExp;
  /** In the page as it came: frames and scripts of dealers. */
  source?: RegExp;
  /** In what a visitor reads. */
  text?: RegExp;
}

const SIGNS: readonly Sign[] = [
  {
    sign: 'domain dealer',
    host: /(^|\.)(sedo|sedoparking|parkingcrew|bodis|dan|afternic|hugedomains|undeveloped|above|uniregistry|parklogic|voodoo|buydomains|domainmarket|squadhelp|atom|efty)\.(com|net)$/,
    source:
      /sedoparking\.com|parkingcrew\.net|bodis\.com|parklogic\.com|dan\.com\/buy-domain|afternic\.com|hugedomains\.com|skenzo\.com|cdn\.parking|img\.sedoparking|parked-content\.godaddy\.com|\/park\.js|window\.park\s*=/i,
  },
  {
    sign: 'domain for sale',
    text: /(domain|this site|website)( name)? (is|may be) (available )?for sale|buy this domain|make an offer on this domain|dom[ií]nio (est[aá] )?[aà] venda|compre este dom[ií]nio|dominio (est[aá] )?(en|a la) venta|domain (steht|ist) zum verkauf|domaine est [aà] vendre/i,
  },
  {
    sign: 'parked domain',
    text: /(domain|page|site) (is |has been )?(parked|registered and parked)|parked (free|domain)|domain parking|dom[ií]nio (estacionado|registrado e estacionado|registrado con)|p[aá]gina estacionada|future home of something|this domain (has been|is) registered/i,
  },
  {
    sign: 'default page of a server',
    text: /welcome to nginx|apache2? (ubuntu |debian |http server )?(default|test) page|^it works!|iis windows server|default web site page|test page for the|plesk default page|web server('s)? default page|index of \//i,
  },
  {
    sign: 'suspended by its hoster',
    text: /account (has been )?suspended|this site (has been|is) suspended|website (is )?(suspended|disabled)|conta suspensa|cuenta suspendida|site suspenso|dom[ií]nio suspenso/i,
  },
  {
    sign: 'under construction',
    text: /under construction|coming soon|em constru[cç][aã]o|em breve|en construcci[oó]n|pr[oó]ximamente|im aufbau/i,
  },
];

/** A shop may write "coming soon" over a shelf; a page of this few letters has nothing else to say. */
const FEW_LETTERS = 600;

/** The name of the sign, or null when this looks like somebody's own page. */
export const parkedSign = (host: string, page: Page): string | null => {
  const isBare = page.text.length <= FEW_LETTERS;
  const words = `${page.title} ${page.text}`;
  const found = SIGNS.find(
    (known) =>
      known.host?.test(host) === true ||
      (isBare && (known.source?.test(page.source) === true || known.text?.test(words) === true)),
  );
  return found?.sign ?? null;
};
