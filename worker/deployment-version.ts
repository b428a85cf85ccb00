/** A build that is not the current version of the deployment gets no migration; an operator who forgot it must be told. */
import { isGrpcServiceError } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';

export const DEPLOYMENT_NAME = 'carryover';

/** gRPC's status of what is not there. */
const NOT_FOUND = 5;

/** The build that gets new and waiting migrations; null before any was made current. */
export const currentBuild = async (
  connection: NativeConnection,
  namespace: string,
): Promise<string | null> => {
  const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({
    namespace,
    deploymentName: DEPLOYMENT_NAME,
  });
  return workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId ?? null;
};

/**
 * What the operator is to do, or null when `buildId` is the current version.
 * @throws what Temporal answers when it cannot tell.
 */
export const whyIdle = async (
  connection: NativeConnection,
  namespace: string,
  buildId: string,
): Promise<string | null> => {
  const current = await currentBuild(connection, namespace).catch((error: unknown) => {
    // No worker has ever polled for the deployment.
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (code === NOT_FOUND) return null;
    throw error;
  });
  if (current === buildId) return null;
  return (
    `build ${buildId} takes no migrations before it is the current version (that is ${current ?? 'none'}): temporal worker deployment ` +
    `set-current-version --deployment-name ${DEPLOYMENT_NAME} --build-id ${buildId}`
  );
};
