import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { KindSchema } from '@slipway/backstage-plugin-slipway-common';
import {
  toGroupVersionKind,
  toJsonSchema,
  type SchemaNode,
} from '../manifests/schema';
import type { ClusterSchemas } from './ClusterSchemas';

/** Schemas are the same objects as long as a cluster's are, and large. */
const made = new WeakMap<SchemaNode, KindSchema['schema']>();

/**
 * The JSON schema of one kind as a cluster serves it.
 *
 * @throws NotFoundError when the cluster does not serve it, ServiceUnavailableError when it cannot be asked
 */
export async function readKindSchema(
  schemas: ClusterSchemas,
  question: { cluster: string; apiVersion: string; kind: string },
): Promise<KindSchema> {
  const { cluster, apiVersion, kind } = question;
  const asked = toGroupVersionKind(apiVersion, kind);
  const node = asked && (await schemas.get(cluster, asked));
  if (node === 'unavailable') {
    throw new ServiceUnavailableError(
      `Cluster '${cluster}' does not tell its schemas now: Slipway does not sign in to it, or it does not answer; see the page of clusters, and try again`,
    );
  }
  if (!node) {
    throw new NotFoundError(
      `Cluster '${cluster}' serves no kind '${kind}' of '${apiVersion}'; check both for misspellings, and whether its CustomResourceDefinition is installed there`,
    );
  }
  const schema = made.get(node) ?? toJsonSchema(node);
  made.set(node, schema);
  return { kubernetesVersion: await schemas.version(cluster), schema };
}
