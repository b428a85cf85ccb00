/**
 * Which addresses a page of the outside may have. The address of a web site is given by a stranger: without this it
 * could be made to name the database, a neighbour, or the cloud's metadata (server-side request forgery).
 */
import ipaddr from 'ipaddr.js';

/** Public by its number, and yet a service of the machine's own cloud (Azure's host agent). */
const INNER: readonly string[] = ['168.63.129.16'];

/**
 * Whether the address is an ordinary one of the internet. Everything else is refused: loopback, private, link-local
 * (metadata services), carrier-grade NAT, multicast, reserved; and IPv6 forms that carry an IPv4 address (mapped,
 * NAT64, 6to4, Teredo), unless what they carry is public and they are merely mapped.
 */
export const isPublicAddress = (text: string): boolean => {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  return address.range() === 'unicast' && !INNER.includes(address.toString());
};

/** `host` or `host:port`, as an operator names it; without a port the usual two are meant. */
const nameOf = (url: URL): string[] => [url.host, ...(url.port === '' ? [url.hostname] : [])];

/** Sites of a test or rehearsal, which live on private addresses and other ports. Nobody else's are. */
export const isRehearsalSite = (url: URL, rehearsalHosts: readonly string[]): boolean =>
  nameOf(url).some((name) => rehearsalHosts.includes(name.toLowerCase()));

/** A literal IPv6 address stands in brackets in a URL. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
