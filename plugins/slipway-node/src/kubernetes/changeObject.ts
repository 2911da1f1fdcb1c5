import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { ClusterConfig } from '../clusters';
import { KubernetesConnection, type ObjectOptions } from './connection';
import { KubernetesError } from './problems';
import type { KubernetesObject } from './types';

/** Controllers write to their objects as well: a patch made for an older version is made anew. */
const ATTEMPTS = 5;

/**
 * @public
 */
export interface ChangeObjectOptions extends ObjectOptions {
  cluster: ClusterConfig;
  /** As people call it in an error, such as `Application 'cart'`. */
  title: string;
  /**
   * The merge patch (RFC 7396) for the object as it is now, or undefined to leave it so; called again when the object changed
   * meanwhile. What it throws is thrown.
   */
  plan(object: KubernetesObject): { metadata?: object } | undefined;
}

/**
 * Reads an object and patches just what was read.
 *
 * @returns the object that the patch was made for
 * @throws NotFoundError when it is gone; NotAllowedError when the cluster refuses Slipway's own account; ConflictError when it
 * refuses the patch; ServiceUnavailableError when it does not answer.
 * @public
 */
export async function changeObject(
  options: ChangeObjectOptions,
): Promise<KubernetesObject> {
  const { cluster, title, plan, ...place } = options;
  const connection = KubernetesConnection.fromClusterConfig(cluster);
  try {
    for (let attempt = 1; ; attempt++) {
      const object = await connection.getObject(place);
      const patch = plan(object);
      if (!patch) return object;
      const { resourceVersion } = object.metadata;
      try {
        await connection.mergePatch({
          ...place,
          patch: { ...patch, metadata: { ...patch.metadata, resourceVersion } },
        });
        return object;
      } catch (error) {
        if (statusOf(error) !== '409' || attempt === ATTEMPTS) throw error;
      }
    }
  } catch (error) {
    throw toPlainError(error, `${title} on cluster '${cluster.name}'`);
  }
}

function statusOf(error: unknown): string | undefined {
  return error instanceof KubernetesError
    ? error.reason.params.status
    : undefined;
}

function toPlainError(error: unknown, where: string): unknown {
  if (!(error instanceof KubernetesError)) return error;
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
