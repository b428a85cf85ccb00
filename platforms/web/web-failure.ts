/** Why a page could not be opened, from the errors of name service, sockets and TLS. */
import type { WebsiteDoubt, WebsiteTrouble } from '../../shared/website';

export type Failure =
  | { kind: 'dead'; why: WebsiteTrouble; detail: string }
  | { kind: 'doubtful'; why: WebsiteDoubt; detail: string };

/** Raised by the look-up of a name that leads, or could lead, to where nobody from outside belongs. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH|EPROTO/;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';

/** The error itself or the first of those it stands for: undici wraps, and several addresses fail together. */
const chain = function* (error: unknown): Generator {
  for (let one: unknown = error; typeof one === 'object' && one !== null;) {
    yield one;
    if ('errors' in one && Array.isArray(one.errors)) for (const inner of one.errors) yield inner;
    one = 'cause' in one ? one.cause : null;
  }
};

const byCode = (code: string): Failure | null => {
  if (code === 'ENOTFOUND' || code === 'ENODATA')
    return { kind: 'dead', why: 'name_not_found', detail: code };
  if (code === 'EAI_AGAIN' || code === 'ESERVFAIL' || code === 'EAI_FAIL') {
    return { kind: 'doubtful', why: 'name_service', detail: code };
  }
  if (CERTIFICATE.test(code)) return { kind: 'dead', why: 'certificate', detail: code };
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'ECONNRESET') {
    return { kind: 'dead', why: 'unreachable', detail: code };
  }
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return { kind: 'doubtful', why: 'timed_out', detail: code };
  // No HTTP, half an answer, headers without end; packed content that cannot be unpacked.
  if (/^(UND_ERR|HPE_|ERR_STREAM_PREMATURE_CLOSE|EPIPE)/.test(code))
    return { kind: 'dead', why: 'unreachable', detail: code };
  if (/^(Z_|ERR_BROTLI|ERR__ERROR)/.test(code)) return { kind: 'dead', why: 'not_a_page', detail: code };
  return null;
};

/** Null for what no web site can cause: a defect of ours. */
export const failureOf = (error: unknown): Failure | null => {
  for (const one of chain(error)) {
    if (one instanceof PrivateAddressError)
      return { kind: 'dead', why: 'private_address', detail: 'ADDRESS' };
    if (nameOf(one) === 'TimeoutError' || nameOf(one) === 'AbortError') {
      return { kind: 'doubtful', why: 'timed_out', detail: 'TIME' };
    }
    const failure = byCode(codeOf(one));
    if (failure !== null) return failure;
  }
  return null;
};
