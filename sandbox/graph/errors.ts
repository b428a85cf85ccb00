import { migrationTexts, type Locale, type MigrationErrorName } from './error-texts';

export type GraphErrorType = 'OAuthException' | 'GraphMethodException';

interface GraphErrorParts {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly type?: GraphErrorType;
  readonly subcode?: number;
  readonly transient?: boolean;
  readonly name?: MigrationErrorName;
  readonly details?: string;
}

/**
 * An answer the platform gives instead of doing what was asked (meta §6.1). Management edges carry a subcode
 * and localised texts (`name`), messaging edges `details`.
 */
export class GraphError extends Error {
  constructor(readonly parts: GraphErrorParts) {
    super(parts.message);
    this.name = 'GraphError';
  }

  /** The body as sent; `shape: 'details'` drops subcode and titles and leaves the cause in `error_data.details`. */
  body(locale: Locale, shape: 'subcode' | 'details', traceId: string): Record<string, unknown> {
    const { parts } = this;
    const text = parts.name === undefined ? null : migrationTexts[parts.name];
    const details = parts.details ?? (shape === 'details' && text ? text.en_US.message : undefined);
    const titled = shape === 'subcode' && text !== null;
    return {
      error: {
        message: parts.message,
        type: parts.type ?? 'OAuthException',
        code: parts.code,
        ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
        ...(parts.subcode === undefined || (shape === 'details' && text)
          ? {}
          : { error_subcode: parts.subcode }),
        is_transient: parts.transient ?? false,
        ...(titled ? { error_user_title: text[locale].title, error_user_msg: text[locale].message } : {}),
        fbtrace_id: traceId,
      },
    };
  }
}

export const invalidParameter = (details?: string): GraphError =>
  new GraphError({
    status: 400,
    code: 100,
    message: details === undefined ? '(#100) Invalid parameter' : `(#100) ${details}`,
  });

/** The same answer for a wrong id and for a missing permission (meta §6.1). */
export const noSuchObject = (method: string, id: string): GraphError =>
  new GraphError({
    status: 400,
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to ` +
      'missing permissions, or does not support this operation. Please read the Graph API documentation at ' +
      'https://developers.facebook.com/docs/graph-api',
  });

export const noSuchField = (field: string, nodeType: string): GraphError =>
  new GraphError({
    status: 400,
    code: 100,
    message: `(#100) Tried accessing nonexisting field (${field}) on node type (${nodeType})`,
  });

export const permissionMissing = (scope: string): GraphError =>
  new GraphError({
    status: 403,
    code: 200,
    message: `(#200) Requires ${scope} permission to manage the object`,
  });

export const notEligible = (what: string): GraphError =>
  new GraphError({
    status: 403,
    code: 10,
    message: `(#10) Application does not have permission for this action: ${what}`,
  });

/** Codes 190 and below it 463 (expired), 467 (invalid), 458 (app not installed). */
export const badToken = (subcode: number, message: string): GraphError =>
  new GraphError({ status: 401, code: 190, subcode, message });

export const tooManyCalls = (code: 80007 | 80008): GraphError =>
  new GraphError({
    status: 400,
    code,
    message:
      `(#${String(code)}) There have been too many calls to this WhatsApp Business account. Wait a bit and try again. ` +
      'For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
  });

/** Errors of the messaging and registration edges: the cause stands in `error_data.details`. */
export const platformError = (
  code: number,
  message: string,
  details: string,
  status = 400,
  transient = false,
): GraphError =>
  new GraphError({ status, code, message: `(#${String(code)}) ${message}`, details, transient });

/** One of the migration sub-codes of meta §6.4, with its texts in the token's language. */
export function migrationError(name: MigrationErrorName, outerCode: 100 | 200000): GraphError {
  const { subcode, transient } = migrationTexts[name];
  const message =
    outerCode === 100 ? '(#100) Invalid parameter' : '(#200000) Cannot add phone number to WABA';
  return new GraphError({
    status: 400,
    code: outerCode,
    subcode,
    message,
    name,
    ...(transient === true ? { transient } : {}),
  });
}
