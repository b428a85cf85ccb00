/** The destination's templates by `name/language`, the only key both sides share (meta §1.6: copies have new ids). */
import type { GraphClient } from '../../platforms/meta';
import { listTemplates, type Template } from '../../platforms/meta/templates';
import type { WabaId } from '../../shared/ids';
import { templateKey } from './plan';

/** Big pages: 6,000 templates are 30 of the 200 calls an hour that a new WABA has (meta §7). */
export const LISTING_PAGE = 200;

export type Existing = Pick<Template, 'id' | 'name' | 'language' | 'category' | 'status' | 'rejectedReason'>;

/** At most what Meta lets a WABA hold, 6,000 short entries (meta §4.3). */
export const listByKey = async (graph: GraphClient, wabaId: WabaId): Promise<Map<string, Existing>> => {
  const found = new Map<string, Existing>();
  for await (const { id, name, language, category, status, rejectedReason } of listTemplates(graph, wabaId, {
    pageSize: LISTING_PAGE,
  })) {
    found.set(templateKey({ name, language }), { id, name, language, category, status, rejectedReason });
  }
  return found;
};
