import { applicationSchema } from './applicationSchema';
import type { Schema } from './openapi/types';
import type { ObjectInput, PrinterColumn } from './store/types';

const GROUP = 'argoproj.io';

interface Definition {
  kind: string;
  plural: string;
  shortNames: string[];
  columns?: PrinterColumn[];
  statusSubresource?: boolean;
  schema?: Schema;
}

const ANYTHING: Schema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};

function column(name: string, jsonPath: string, priority = 0): PrinterColumn {
  return { name, type: 'string', jsonPath, priority };
}

const DEFINITIONS: Definition[] = [
  {
    kind: 'Application',
    plural: 'applications',
    shortNames: ['app', 'apps'],
    columns: [
      column('Sync Status', '.status.sync.status'),
      column('Health Status', '.status.health.status'),
      column('Revision', '.status.sync.revision', 10),
      column('Project', '.spec.project', 10),
    ],
    schema: applicationSchema,
  },
  {
    kind: 'ApplicationSet',
    plural: 'applicationsets',
    shortNames: ['appset', 'appsets'],
    statusSubresource: true,
  },
  {
    kind: 'AppProject',
    plural: 'appprojects',
    shortNames: ['appproj', 'appprojs'],
  },
];

/**
 * The CustomResourceDefinitions of Argo CD 3; only the Application's has a schema. As there, only an
 * ApplicationSet has a status subresource: the status of an Application is written by plain
 * updates and patches.
 * See https://github.com/argoproj/argo-cd/tree/master/manifests/crds
 */
export const argoCdDefinitions: ObjectInput[] = DEFINITIONS.map(definition => {
  const { kind, plural, shortNames, columns, statusSubresource } = definition;
  const { schema = ANYTHING } = definition;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${GROUP}`,
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
    },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        shortNames,
        singular: kind.toLowerCase(),
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          ...(statusSubresource ? { subresources: { status: {} } } : {}),
          ...(columns ? { additionalPrinterColumns: columns } : {}),
          schema: {
            openAPIV3Schema: schema,
          },
        },
      ],
    },
  };
});
