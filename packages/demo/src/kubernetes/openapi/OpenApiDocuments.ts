import { createHash } from 'node:crypto';
import { CRD_COLLECTION } from '../store/builtinTypes';
import type { ObjectStore } from '../store/ObjectStore';
import type { ResourceType } from '../store/types';
import { builtinSchemas } from './builtinSchemas';
import { customSchemas } from './customSchemas';
import type { Schemas } from './types';

/** A document as it is sent. */
export interface OpenApiDocument {
  json: string;
  /** Of the JSON; upper case, as the real server writes it. */
  hash: string;
}

function groupVersionPath({ group, version }: ResourceType): string {
  return group ? `apis/${group}/${version}` : `api/${version}`;
}

/** The collections of a document; from here `kubectl explain` knows which resource is which kind. */
function pathsOf(types: readonly ResourceType[]): Record<string, object> {
  return Object.fromEntries(
    types.map(type => {
      const { group, version, kind, resource, namespaced } = type;
      const scope = namespaced ? '/namespaces/{namespace}' : '';
      const operation = {
        responses: { 200: { description: 'OK' } },
        'x-kubernetes-group-version-kind': { group, kind, version },
      };
      return [
        `/${groupVersionPath(type)}${scope}/${resource}`,
        {
          get: { ...operation, 'x-kubernetes-action': 'list' },
          post: { ...operation, 'x-kubernetes-action': 'post' },
        },
      ];
    }),
  );
}

// Every demo cluster has the same built-in kinds.
const builtin = new Map<string, OpenApiDocument>();

/**
 * What a cluster publishes below `/openapi/v3`: one document for each group version.
 * See https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3
 */
export class OpenApiDocuments {
  readonly #store: ObjectStore;
  readonly #version: string;
  #custom: { state: string; documents: Map<string, OpenApiDocument> } = {
    state: '',
    documents: new Map(),
  };

  constructor(store: ObjectStore, version: string) {
    this.#store = store;
    this.#version = version;
  }

  /** The index: each group version with the URL of its document. */
  index(): object {
    const paths = [...new Set(this.#store.types().map(groupVersionPath))];
    return {
      paths: Object.fromEntries(
        paths.map(path => [
          path,
          {
            serverRelativeURL: `/openapi/v3/${path}?hash=${
              this.get(path)!.hash
            }`,
          },
        ]),
      ),
    };
  }

  /** The document of a group version such as `apis/apps/v1`; `undefined` where none is served. */
  get(path: string): OpenApiDocument | undefined {
    const types = this.#store
      .types()
      .filter(type => groupVersionPath(type) === path);
    if (!types.length) {
      return undefined;
    }
    const documents = types[0].custom ? this.#customDocuments() : builtin;
    let document = documents.get(path);
    if (!document) {
      document = this.#build(types);
      documents.set(path, document);
    }
    return document;
  }

  #definitions() {
    return this.#store.list(CRD_COLLECTION).items;
  }

  /** Emptied when a definition has changed. */
  #customDocuments(): Map<string, OpenApiDocument> {
    const state = this.#definitions()
      .map(({ metadata }) => `${metadata.uid}:${metadata.generation}`)
      .join();
    if (this.#custom.state !== state) {
      this.#custom = { state, documents: new Map() };
    }
    return this.#custom.documents;
  }

  #build(types: readonly ResourceType[]): OpenApiDocument {
    const [{ custom, group, version }] = types;
    const schemas: Schemas = custom
      ? customSchemas(this.#definitions(), group, version)
      : builtinSchemas(types);
    const json = JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'Kubernetes', version: this.#version },
      paths: pathsOf(types),
      components: { schemas },
    });
    const hash = createHash('sha512').update(json).digest('hex').toUpperCase();
    return { json, hash };
  }
}
