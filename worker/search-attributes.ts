/** A worker must not take tasks before the search attributes exist: an unregistered one loops the workflow task. */
import { temporal } from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../shared/search-attributes';

export class SearchAttributesMissing extends Error {
  override name = 'SearchAttributesMissing';
  constructor(readonly missing: string[]) {
    super(
      `search attributes are not registered: ${missing.join(', ')}. Register each one with ` +
        '"temporal operator search-attribute create --name NAME --type Keyword", then start the worker again.',
    );
  }
}

export const requireSearchAttributes = async (
  connection: NativeConnection,
  namespace: string,
): Promise<void> => {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => customAttributes[name] !== keyword);
  if (missing.length > 0) throw new SearchAttributesMissing(missing);
};
