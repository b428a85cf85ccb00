/** The destination's templates by `name/language`, the only key both sides share (meta §1.6: copies have new ids). */
import type { GraphClient } from '../../platforms/meta';
import { listTemplates, type Component, type Template } from '../../platforms/meta/templates';
import type { WabaId } from '../../shared/ids';
import { templateKey } from './plan';

/** Big pages: 6,000 templates are 30 of the 200 calls an hour that a new WABA has (meta §7). */
export const LISTING_PAGE = 200;

export type Existing = Pick<
  Template,
  'id' | 'name' | 'language' | 'category' | 'status' | 'rejectedReason'
> & {
  quality?: string | null;
  /** Absent unless asked for. */
  content?: readonly Component[] | null;
};

/** At most what Meta lets a WABA hold, 6,000 short entries (meta §4.3); with their content some ten megabytes. */
export const listByKey = async (
  graph: GraphClient,
  wabaId: WabaId,
  { content = false }: { content?: boolean } = {},
): Promise<Map<string, Existing>> => {
  const found = new Map<string, Existing>();
  for await (const template of listTemplates(graph, wabaId, { pageSize: LISTING_PAGE, content })) {
    const { id, name, language, category, status, quality, rejectedReason, components } = template;
    found.set(templateKey({ name, language }), {
      ...{ id, name, language, category, status, quality, rejectedReason },
      ...(content ? { content: components } : {}),
    });
  }
  return found;
};

/** The destination's template of exactly this name and language; the filter finds everything that contains the name. */
export const findAtDestination = async (
  graph: GraphClient,
  wabaId: WabaId,
  wanted: { name: string; language: string },
): Promise<Template | null> => {
  const listed = listTemplates(graph, wabaId, { pageSize: LISTING_PAGE, name: wanted.name });
  for await (const template of listed) {
    if (templateKey(template) === templateKey(wanted)) return template;
  }
  return null;
};
