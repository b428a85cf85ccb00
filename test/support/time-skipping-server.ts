import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findBinary } from '../../scripts/servers/find-binary';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { atEndOfFile } from './after-each-file';

/**
 * A time-skipping server of this test file's own, ended when the file ends. Lists do not work on it, and waiting for a
 * result skips time for every workflow on it: run its workflows one after the other.
 */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const path = await findBinary('temporal-test-server');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  atEndOfFile(() => environment.teardown());
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? 'default',
    searchAttributes: Object.fromEntries(
      Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [
        name,
        encodeSearchAttributeIndexedValueType(type) ??
          temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_UNSPECIFIED,
      ]),
    ),
  });
  return environment;
}
