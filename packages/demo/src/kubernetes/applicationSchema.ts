import type { Schema } from './openapi/types';

function field(type: string, description?: string): Schema {
  return { type, description };
}

function object(
  properties: Record<string, Schema>,
  options: { description?: string; required?: string[] } = {},
): Schema {
  return { type: 'object', ...options, properties };
}

function list(items: Schema, description?: string): Schema {
  return { type: 'array', description, items };
}

const TEXT = field('string');

function map(description?: string): Schema {
  return { type: 'object', description, additionalProperties: TEXT };
}

function wholeNumber(description?: string): Schema {
  return { type: 'integer', format: 'int64', description };
}

const FLAG = field('boolean');
const TEXTS = list(TEXT);
const NAME_AND_VALUE = object(
  { name: TEXT, value: TEXT },
  { required: ['name', 'value'] },
);
const JSONNET_VARIABLES = list(
  object(
    { name: TEXT, value: TEXT, code: FLAG },
    { required: ['name', 'value'] },
  ),
);

const directory = object(
  {
    recurse: field('boolean', 'Whether to look into subdirectories.'),
    include: field('string', 'Glob of the files to read.'),
    exclude: field('string', 'Glob of the files to leave out.'),
    jsonnet: object({
      extVars: JSONNET_VARIABLES,
      tlas: JSONNET_VARIABLES,
      libs: TEXTS,
    }),
  },
  { description: 'How to read a directory of plain manifests.' },
);

const helm = object(
  {
    releaseName: field('string', "The application's name when missing."),
    valueFiles: list(TEXT, 'Value files, the later ones win.'),
    values: field('string', 'Values, as text.'),
    valuesObject: {
      type: 'object',
      description: 'Values, as an object.',
      'x-kubernetes-preserve-unknown-fields': true,
    },
    parameters: list(object({ name: TEXT, value: TEXT, forceString: FLAG })),
    fileParameters: list(object({ name: TEXT, path: TEXT })),
    ignoreMissingValueFiles: FLAG,
    passCredentials: FLAG,
    skipCrds: FLAG,
    skipSchemaValidation: FLAG,
    skipTests: FLAG,
    namespace: TEXT,
    kubeVersion: TEXT,
    apiVersions: TEXTS,
    version: TEXT,
  },
  { description: 'How to render a Helm chart.' },
);

const kustomize = object(
  {
    images: list(TEXT, 'Images to replace: name=new-name:tag.'),
    replicas: list(
      object(
        {
          name: TEXT,
          count: {
            anyOf: [{ type: 'integer' }, { type: 'string' }],
            'x-kubernetes-int-or-string': true,
          },
        },
        { required: ['name', 'count'] },
      ),
    ),
    patches: list(
      object({
        patch: TEXT,
        path: TEXT,
        options: { type: 'object', additionalProperties: FLAG },
        target: object({
          group: TEXT,
          version: TEXT,
          kind: TEXT,
          name: TEXT,
          namespace: TEXT,
          labelSelector: TEXT,
          annotationSelector: TEXT,
        }),
      }),
    ),
    components: TEXTS,
    ignoreMissingComponents: FLAG,
    namePrefix: TEXT,
    nameSuffix: TEXT,
    namespace: TEXT,
    commonLabels: map(),
    commonAnnotations: map(),
    commonAnnotationsEnvsubst: FLAG,
    forceCommonLabels: FLAG,
    forceCommonAnnotations: FLAG,
    labelWithoutSelector: FLAG,
    labelIncludeTemplates: FLAG,
    kubeVersion: TEXT,
    apiVersions: TEXTS,
    version: TEXT,
  },
  { description: 'How to build a kustomization.' },
);

const plugin = object({
  name: TEXT,
  env: list(NAME_AND_VALUE),
  parameters: list(
    object({ name: TEXT, string: TEXT, array: TEXTS, map: map() }),
  ),
});

const source = object(
  {
    repoURL: field('string', 'Git repository or Helm registry.'),
    path: field('string', 'Directory in the Git repository.'),
    targetRevision: field(
      'string',
      'Branch, tag or commit; the version of a chart.',
    ),
    chart: field('string', 'Name of a chart in a Helm registry.'),
    ref: field('string', 'A name by which other sources use its files.'),
    name: TEXT,
    directory,
    helm,
    kustomize,
    plugin,
  },
  { description: 'Where the manifests come from.', required: ['repoURL'] },
);

const retry = object({
  limit: wholeNumber('How often a failed sync is tried again.'),
  refresh: FLAG,
  backoff: object({
    duration: TEXT,
    factor: wholeNumber(),
    maxDuration: TEXT,
  }),
});

const syncPolicy = object(
  {
    automated: object(
      {
        prune: field('boolean', 'Whether to delete what is no longer in Git.'),
        selfHeal: field('boolean', 'Whether to undo changes in the cluster.'),
        allowEmpty: field('boolean', 'Whether it may delete everything.'),
        enabled: FLAG,
      },
      { description: 'Syncs without being asked.' },
    ),
    syncOptions: list(TEXT, 'Such as CreateNamespace=true.'),
    retry,
    managedNamespaceMetadata: object({ labels: map(), annotations: map() }),
  },
  { description: 'When and how a sync happens.' },
);

const spec = object(
  {
    project: field('string', 'The AppProject that it belongs to.'),
    destination: object(
      {
        server: field('string', "URL of the cluster's API server."),
        name: field('string', 'Name of the cluster, instead of its URL.'),
        namespace: field('string', 'For objects that name none.'),
      },
      { description: 'Where the objects go.' },
    ),
    source,
    sources: list(source, 'Several sources, instead of one.'),
    sourceHydrator: object(
      {
        drySource: object(
          { repoURL: TEXT, path: TEXT, targetRevision: TEXT },
          { required: ['repoURL', 'path', 'targetRevision'] },
        ),
        syncSource: object(
          { path: TEXT, targetBranch: TEXT },
          { required: ['path', 'targetBranch'] },
        ),
        hydrateTo: object(
          { targetBranch: TEXT },
          { required: ['targetBranch'] },
        ),
      },
      { required: ['drySource', 'syncSource'] },
    ),
    syncPolicy,
    ignoreDifferences: list(
      object(
        {
          group: TEXT,
          kind: TEXT,
          name: TEXT,
          namespace: TEXT,
          jsonPointers: TEXTS,
          jqPathExpressions: TEXTS,
          managedFieldsManagers: TEXTS,
        },
        { required: ['kind'] },
      ),
      'Fields that are not compared.',
    ),
    info: list(NAME_AND_VALUE, 'Links and notes for people.'),
    revisionHistoryLimit: wholeNumber('How many past syncs are kept.'),
  },
  { required: ['destination', 'project'] },
);

/**
 * What an Argo CD 3 Application may hold. The operation and the status, which people do not write, are left open.
 * See https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
export const applicationSchema: Schema = object(
  {
    apiVersion: TEXT,
    kind: TEXT,
    metadata: { type: 'object' },
    spec,
    operation: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    },
    status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
  {
    description: 'Application is a definition of Application resource.',
    required: ['metadata', 'spec'],
  },
);
