import type { JsonObject } from '@backstage/types';
import { SLIPWAY_API_VERSION } from './types';

/** Formats say what patterns cannot; editors that do not know them go by the pattern. */
const name: JsonObject = {
  type: 'string',
  description:
    'One path segment in any language, without a dot or dash in front.',
  format: 'slipway-name',
  minLength: 1,
  maxLength: 100,
  pattern: '^[^./\\\\\\s-][^/\\\\]*$',
};
const entityRef: JsonObject = {
  type: 'string',
  description: 'Entity ref of the catalog, as in group:default/shop.',
  format: 'slipway-entity-ref',
  minLength: 1,
  // The catalog takes 63 characters for each of its three parts.
  maxLength: 200,
};
const title: JsonObject = { type: 'string', minLength: 1, maxLength: 200 };
const description: JsonObject = { type: 'string', maxLength: 2000 };
const pattern: JsonObject = {
  type: 'string',
  description: 'Regular expression (RE2) for the whole name.',
  minLength: 1,
  maxLength: 500,
};

function list(items: JsonObject, limits: JsonObject = {}): JsonObject {
  return { type: 'array', items, maxItems: 100, ...limits };
}

function object(properties: JsonObject, required: string[] = []): JsonObject {
  return { type: 'object', properties, required, additionalProperties: false };
}

function file(kind: string, spec: JsonObject): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `https://slipway.dev/schema/v1alpha1/${kind}.json`,
    title: kind,
    ...object(
      {
        apiVersion: { const: SLIPWAY_API_VERSION },
        kind: { const: kind },
        metadata: object({ name, title, description }, ['name']),
        spec,
      },
      ['apiVersion', 'kind', 'metadata', 'spec'],
    ),
  };
}

const layout = object(
  {
    path: {
      type: 'string',
      description:
        'Path template with {module} and {environment}; {name:a|b} lists the values of a placeholder.',
      maxLength: 500,
    },
    environment: {
      type: 'string',
      description: "Composes the environment of the path's placeholders.",
      maxLength: 200,
    },
    module: {
      enum: ['directory', 'file'],
      description:
        'Whether a module is a directory (the default, unless the path ends in an extension) or one file.',
    },
  },
  ['path'],
);

const branchRule: JsonObject = {
  ...object(
    {
      branch: pattern,
      tag: pattern,
      environments: list(name, { minItems: 1, uniqueItems: true }),
      artifactEnvironments: list(name, { uniqueItems: true }),
      imagesFrom: list({ type: 'string', minLength: 1, maxLength: 500 }),
    },
    ['environments'],
  ),
  description: 'Either branch or tag.',
  oneOf: [{ required: ['branch'] }, { required: ['tag'] }],
};

const approvalRule = object(
  {
    match: object({ stages: list(name, { minItems: 1, uniqueItems: true }) }, [
      'stages',
    ]),
    require: list(
      object(
        {
          role: name,
          group: entityRef,
          count: { type: 'integer', minimum: 1, maximum: 20, default: 1 },
        },
        ['role', 'group'],
      ),
      { maxItems: 20 },
    ),
  },
  ['match', 'require'],
);

/**
 * JSON schema (draft 7) of `.slipway/repo.yaml`; published as `schema/ConfigRepo.json`.
 *
 * @public
 */
export const configRepoFileSchema: JsonObject = file(
  'ConfigRepo',
  object({
    owner: entityRef,
    layouts: list(layout, { minItems: 1, maxItems: 20 }),
    ignore: list({
      type: 'string',
      description: 'Path that no layout claims; a segment may hold one *.',
      minLength: 1,
      maxLength: 500,
    }),
    engine: object(
      {
        kind: {
          type: 'string',
          description: 'argocd, flux, or what a further module brings.',
          pattern: '^[a-z][a-z0-9-]{0,49}$',
        },
        manifests: {
          type: 'string',
          description:
            "Path template of the engine object's file, or generated, or none.",
          minLength: 1,
          maxLength: 500,
        },
      },
      ['kind', 'manifests'],
    ),
    stages: list(name, { maxItems: 50, uniqueItems: true }),
    branchRules: list(branchRule),
    approvals: list(approvalRule),
    comparison: object({
      expected: list(
        object(
          {
            path: {
              type: 'string',
              description:
                'Of a value that may differ between environments, as spec.containers[web].image; [*] stands for any item.',
              minLength: 1,
              maxLength: 500,
            },
            kind: { type: 'string', minLength: 1, maxLength: 253 },
            name: { type: 'string', minLength: 1, maxLength: 253 },
          },
          ['path'],
        ),
      ),
    }),
  }),
);

/**
 * JSON schema (draft 7) of `.slipway/environments/<name>.yaml`; published as `schema/Environment.json`.
 *
 * @public
 */
export const environmentFileSchema: JsonObject = file(
  'Environment',
  object(
    {
      targets: list(
        object(
          {
            cluster: {
              type: 'string',
              description: "A cluster's name in app-config.",
              pattern: '^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$',
            },
            namespace: {
              type: 'string',
              description: 'Kubernetes namespace, an RFC 1123 label.',
              pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
            },
          },
          ['cluster', 'namespace'],
        ),
        { minItems: 1, uniqueItems: true },
      ),
      stage: name,
      owner: entityRef,
      modules: {
        type: 'object',
        maxProperties: 2000,
        propertyNames: name,
        additionalProperties: object({
          title,
          description,
          owner: entityRef,
          entity: entityRef,
        }),
      },
    },
    ['targets'],
  ),
);

const ruleText: JsonObject = { type: 'string', maxLength: 1000 };

/**
 * JSON schema (draft 7) of `.slipway/copyRules/<name>.yaml`; published as `schema/CopyRules.json`.
 *
 * @public
 */
export const copyRulesFileSchema: JsonObject = file(
  'CopyRules',
  object(
    {
      rules: list(
        object(
          {
            type: {
              enum: [
                'namespace',
                'host',
                'image',
                'replicas',
                'label',
                'value',
                'text',
                'keep',
              ],
            },
            from: ruleText,
            to: ruleText,
            tag: { type: 'string', maxLength: 128 },
            path: ruleText,
            kind: { type: 'string', maxLength: 250 },
            name: { type: 'string', maxLength: 250 },
          },
          ['type'],
        ),
        { minItems: 1 },
      ),
    },
    ['rules'],
  ),
);
