import type { SandboxParts } from '../sandbox';
import { tokenOf, wabaOf } from '../world/lookups';
import { bearer } from './access';
import type { GraphRequest } from './handle';
import { findNode } from './nodes';
import { text } from './request';
import { isUploadSession } from './uploads';

/** A call as the log and the fault rules know it: `/{phone}/register` and what stands for `{phone}`. */
export interface Described {
  readonly path: string;
  readonly realPath: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly token: string | null;
  /** Ids of everything that the call is about, for `match.id` of a fault rule. */
  readonly about: readonly string[];
}

export function describe(parts: SandboxParts, asked: GraphRequest): Described {
  const { world } = parts.platform;
  const value = bearer(asked.headers, asked.parameters);
  const token = value === null ? null : tokenOf(world, value);
  const tail = asked.edge === '' ? '' : `/${asked.edge}`;
  const realPath = `/${asked.id}${tail}`;
  const common = { realPath, token: token?.name ?? null };
  const named = withOwners(parts, [...Object.values(parametersNaming(asked)), ...grantOf(parts, asked)]);
  // A file on its way names nothing of the client's: it is about whose token sends it.
  const sender = token === null ? [] : [token.businessId];
  if (isUploadSession(asked.id)) {
    return { ...common, path: '/{upload}', ids: {}, about: [...named, ...sender] };
  }
  if (!/^\d+$/.test(asked.id)) return { ...common, path: realPath, ids: {}, about: named };
  const node = findNode(world, asked.id, token);
  const kind = node?.kind ?? 'object';
  const ids = {
    [kind]: asked.id,
    ...(node?.kind === 'phone' ? { waba: node.waba.id, subscriber: node.record.subscriberId } : {}),
  };
  const above = node !== null && 'waba' in node ? [node.waba.id, node.waba.businessId] : [];
  return {
    ...common,
    path: `/{${kind}}${tail}`,
    ids,
    about: [...Object.values(ids), ...above, ...named, ...(asked.edge === 'uploads' ? sender : [])],
  };
}

/** Parameters that name an object: `waba_id`, `source_waba_id`, `receiving_business_id` and the like. */
function parametersNaming({ parameters }: GraphRequest): Record<string, string> {
  const naming = Object.keys(parameters).filter((name) => name.endsWith('_id'));
  return Object.fromEntries(naming.map((name) => [name, text(parameters, name) ?? '']));
}

/** The code exchange names nothing but the code: the account and the business that it was granted for. */
function grantOf({ platform }: SandboxParts, { id, parameters }: GraphRequest): string[] {
  if (id !== 'oauth') return [];
  const grant = platform.state.signupCodes.find(({ code }) => code === parameters['code']);
  return grant === undefined ? [] : [grant.wabaId, grant.businessId];
}

const withOwners = ({ platform }: SandboxParts, ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const waba = wabaOf(platform.world, id);
    return waba === null ? [id] : [id, waba.businessId];
  });
