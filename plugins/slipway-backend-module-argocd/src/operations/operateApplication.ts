import {
  changeObject,
  type SyncEngineOperateOptions,
} from '@slipway/backstage-plugin-slipway-node';
import { planOperation } from './planOperation';

/** Reads an Application and asks for an operation on just what was read. */
export async function operateApplication(
  options: SyncEngineOperateOptions,
): Promise<void> {
  const { cluster, key, signal, operation, initiatedBy } = options;
  await changeObject({
    cluster,
    group: 'argoproj.io',
    version: 'v1alpha1',
    resource: 'applications',
    namespace: key.namespace,
    name: key.name,
    title: `Application '${key.name}'`,
    signal,
    plan: application => planOperation({ application, operation, initiatedBy }),
  });
}
