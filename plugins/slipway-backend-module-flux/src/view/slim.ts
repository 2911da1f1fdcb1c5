import {
  type Fields,
  fields,
  type KubernetesObject,
  makerMarks,
} from '@slipway/backstage-plugin-slipway-node';
import { REQUESTED_AT, REQUESTED_BY } from '../objects';

/** What of an object is kept in memory: without who manages which field, and without values, which may be large or secret. */
export function slim({ metadata, spec, status }: KubernetesObject): Fields {
  const { annotations, managedFields, labels, ownerReferences, ...kept } =
    metadata;
  const { values, patches, postRenderers, postBuild, ...rest } = fields(spec);
  const { [REQUESTED_AT]: at, [REQUESTED_BY]: by } = fields(annotations);
  const marks = makerMarks(metadata);
  return {
    metadata: {
      ...kept,
      ...marks,
      annotations: {
        ...marks.annotations,
        [REQUESTED_AT]: at,
        [REQUESTED_BY]: by,
      },
    },
    spec: rest,
    status,
  };
}
