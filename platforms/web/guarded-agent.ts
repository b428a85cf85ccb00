/**
 * Connections to the outside for addresses that strangers give. The name is looked up here, every address it has is
 * checked, and the connection goes to one of just those: a name that answers otherwise a moment later (DNS rebinding)
 * gains nothing.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent } from 'undici';
import { isPublicAddress } from './public-address';
import { PrivateAddressError } from './web-failure';

const CONNECT_MS = 5_000;
const ANSWER_MS = 8_000;
const LARGEST_HEADERS = 16 * 1024;

/** A name of which one address is inside is refused as a whole: which one a connection takes is chance. */
const allPublic = (addresses: readonly LookupAddress[]): boolean =>
  addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));

/** `dns.lookup` that answers public addresses only. Errors: PrivateAddressError, and those of `dns.lookup`. */
export const publicLookup =
  (resolved: typeof resolve = resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolved(hostname, { ...options, all: true }, (error, addresses) => {
      // There are no addresses beside an error, whatever the types say.
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const [first] = addresses;
      if (first === undefined || !allPublic(addresses)) {
        callback(new PrivateAddressError('not a public address'), '', 0);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

export interface AgentOptions {
  /** For rehearsals and tests: no check of addresses. */
  anyAddress: boolean;
  /** A certificate authority to trust beside the public ones, PEM. */
  ca?: string;
}

/** One connection a site, closed after its use. TLS is verified as a browser does. */
export const openAgent = ({ anyAddress, ca }: AgentOptions): Agent =>
  new Agent({
    connections: 1,
    pipelining: 1,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    maxHeaderSize: LARGEST_HEADERS,
    connect: {
      timeout: CONNECT_MS,
      ...(anyAddress ? {} : { lookup: publicLookup() }),
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    },
  });
