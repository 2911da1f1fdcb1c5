import type { GroupVersionKind, KubernetesSchema, SchemaNode } from '../types';

const API = 'io.k8s.api';
const MACHINERY = 'io.k8s.apimachinery.pkg';
const META = `${MACHINERY}.apis.meta.v1`;
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** As API servers write a reference that has a description and, where Go holds no pointer, an empty default. */
const described = (name: string) => ({
  allOf: [ref(name)],
  default: {},
  description: `The ${name.split('.').at(-1)}.`,
});
const text = { type: 'string' };
const flag = { type: 'boolean' };
const int32 = { type: 'integer', format: 'int32' };
const typeMeta = {
  apiVersion: text,
  kind: text,
  metadata: described(`${META}.ObjectMeta`),
};
const texts = { type: 'object', additionalProperties: text };
const object = (
  properties: Record<string, unknown>,
  ...required: string[]
): KubernetesSchema => ({
  type: 'object',
  properties,
  ...(required.length ? { required } : {}),
});

/** A handful of kinds as an API server 1.33 publishes them, shortened. */
export const definitions: Record<string, KubernetesSchema> = {
  [`${META}.ObjectMeta`]: object({
    name: text,
    namespace: text,
    labels: texts,
    annotations: texts,
    creationTimestamp: ref(`${META}.Time`),
  }),
  [`${META}.Time`]: { type: 'string', format: 'date-time' },
  [`${META}.LabelSelector`]: object({ matchLabels: texts }),
  [`${MACHINERY}.util.intstr.IntOrString`]: {
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
  [`${MACHINERY}.api.resource.Quantity`]: {
    oneOf: [{ type: 'string' }, { type: 'number' }],
  },
  [`${MACHINERY}.runtime.RawExtension`]: { type: 'object' },
  [`${API}.apps.v1.Deployment`]: object({
    ...typeMeta,
    spec: described(`${API}.apps.v1.DeploymentSpec`),
    status: described(`${API}.apps.v1.DeploymentStatus`),
  }),
  [`${API}.apps.v1.DeploymentStatus`]: object({ phase: text }, 'phase'),
  [`${API}.apps.v1.DeploymentSpec`]: object(
    {
      replicas: int32,
      paused: flag,
      revision: { type: 'integer', format: 'int64' },
      selector: described(`${META}.LabelSelector`),
      template: described(`${API}.core.v1.PodTemplateSpec`),
    },
    'selector',
    'template',
  ),
  [`${API}.core.v1.PodTemplateSpec`]: object({
    metadata: described(`${META}.ObjectMeta`),
    spec: described(`${API}.core.v1.PodSpec`),
  }),
  [`${API}.core.v1.PodSpec`]: object(
    {
      containers: {
        type: 'array',
        items: { ...ref(`${API}.core.v1.Container`), default: {} },
      },
      restartPolicy: { type: 'string', enum: ['Always', 'Never'] },
    },
    'containers',
  ),
  [`${API}.core.v1.Container`]: object(
    {
      name: { type: 'string', default: '' },
      image: text,
      args: { type: 'array', items: { type: 'string', default: '' } },
      imagePullPolicy: { type: 'string', enum: ['Always', 'IfNotPresent'] },
      protocol: { type: 'string', default: 'TCP' },
      port: described(`${MACHINERY}.util.intstr.IntOrString`),
      limits: {
        type: 'object',
        additionalProperties: ref(`${MACHINERY}.api.resource.Quantity`),
      },
      env: {
        type: 'array',
        items: object({ name: text, value: text }, 'name'),
      },
      raw: ref(`${MACHINERY}.runtime.RawExtension`),
    },
    'name',
    'protocol',
  ),
  [`${API}.core.v1.Secret`]: object({
    ...typeMeta,
    type: text,
    data: {
      type: 'object',
      additionalProperties: { type: 'string', format: 'byte' },
    },
  }),
  [`${EXTENSIONS}.JSONSchemaProps`]: object({
    $ref: text,
    type: text,
    maximum: { type: 'number', format: 'double' },
    default: ref(`${EXTENSIONS}.JSON`),
    not: ref(`${EXTENSIONS}.JSONSchemaProps`),
    properties: {
      type: 'object',
      additionalProperties: ref(`${EXTENSIONS}.JSONSchemaProps`),
    },
  }),
  [`${EXTENSIONS}.JSON`]: { description: 'Any JSON value.' },
  [`${EXTENSIONS}.CustomResourceDefinition`]: object({
    ...typeMeta,
    spec: object({ schema: ref(`${EXTENSIONS}.JSONSchemaProps`) }),
  }),
  'dev.example.v1.Box': object(
    {
      ...typeMeta,
      spec: object(
        {
          size: { 'x-kubernetes-int-or-string': true },
          colour: { type: 'string', nullable: true },
          mode: { type: 'string', default: 'slow' },
          empty: { type: 'object' },
          free: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
            properties: { known: object({ inner: text }) },
          },
          open: { type: 'object', additionalProperties: true },
          template: {
            type: 'object',
            'x-kubernetes-embedded-resource': true,
            properties: { spec: object({ a: text }) },
          },
        },
        'colour',
        'mode',
      ),
    },
    'spec',
  ),
};

const NAMES: Record<string, string> = {
  'apps/v1 Deployment': `${API}.apps.v1.Deployment`,
  '/v1 Secret': `${API}.core.v1.Secret`,
  'apiextensions.k8s.io/v1 CustomResourceDefinition': `${EXTENSIONS}.CustomResourceDefinition`,
  'example.dev/v1 Box': 'dev.example.v1.Box',
};

export function schemaOf({
  group,
  version,
  kind,
}: GroupVersionKind): SchemaNode | undefined {
  const name = NAMES[`${group}/${version} ${kind}`];
  return name ? { name, schema: definitions[name], definitions } : undefined;
}
