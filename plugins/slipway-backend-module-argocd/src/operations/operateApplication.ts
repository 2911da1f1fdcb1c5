import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  KubernetesConnection,
  KubernetesError,
  type SyncEngineOperateOptions,
} from '@slipway/backstage-plugin-slipway-node';
import { planOperation } from './planOperation';

/** The controller writes to the Application as well: a patch made for an older version is made anew. */
const ATTEMPTS = 5;

/** Reads an Application and asks for an operation on just what was read. */
export async function operateApplication(
  options: SyncEngineOperateOptions,
): Promise<void> {
  const { cluster, key, signal, operation, initiatedBy } = options;
  const connection = KubernetesConnection.fromClusterConfig(cluster);
  const place = {
    group: 'argoproj.io',
    version: 'v1alpha1',
    resource: 'applications',
    namespace: key.namespace,
    name: key.name,
    signal,
  };
  try {
    for (let attempt = 1; ; attempt++) {
      const application = await connection.getObject(place);
      const patch: { metadata?: object } = planOperation({
        application,
        operation,
        initiatedBy,
      });
      const { resourceVersion } = application.metadata;
      try {
        await connection.mergePatch({
          ...place,
          patch: { ...patch, metadata: { ...patch.metadata, resourceVersion } },
        });
        return;
      } catch (error) {
        if (statusOf(error) !== '409' || attempt === ATTEMPTS) throw error;
      }
    }
  } catch (error) {
    throw toPlainError(error, options);
  }
}

function statusOf(error: unknown): string | undefined {
  return error instanceof KubernetesError
    ? error.reason.params.status
    : undefined;
}

function toPlainError(
  error: unknown,
  { cluster, key }: SyncEngineOperateOptions,
): unknown {
  if (!(error instanceof KubernetesError)) return error;
  const where = `Application '${key.name}' on cluster '${cluster.name}'`;
  const words = error.reason.params.detail ?? error.message;
  switch (statusOf(error)) {
    case '401':
    case '403':
      return new NotAllowedError(
        `The cluster refuses Slipway's own account on ${where}: ${words}`,
      );
    case '404':
      return new NotFoundError(`${where} is gone`);
    case '400':
    case '409':
    case '422':
      return new ConflictError(`The cluster refused it on ${where}: ${words}`);
    default:
      return new ServiceUnavailableError(
        `${where} could not be asked: ${words}`,
      );
  }
}
