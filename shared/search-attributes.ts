/** The six search attributes, registered by the set-up and required before a worker reports ready. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const SEARCH_ATTRIBUTES = {
  MigrationState: defineSearchAttributeKey('MigrationState', SearchAttributeType.KEYWORD),
  WaitingFor: defineSearchAttributeKey('WaitingFor', SearchAttributeType.KEYWORD),
  Tenant: defineSearchAttributeKey('Tenant', SearchAttributeType.KEYWORD),
  SourceProvider: defineSearchAttributeKey('SourceProvider', SearchAttributeType.KEYWORD),
  CountryCode: defineSearchAttributeKey('CountryCode', SearchAttributeType.KEYWORD),
  BatchId: defineSearchAttributeKey('BatchId', SearchAttributeType.KEYWORD),
} as const;

/** Value of `WaitingFor` while nobody is waited for. */
export const NOBODY = 'nobody';
