import { request } from 'https';
import { parseAllDocuments } from 'yaml';
import { until } from '../program';
import { hasCondition } from './hasCondition';
import {
  type Condition,
  KubernetesError,
  type KubernetesObject,
} from './types';

const TIMEOUT_MS = 30_000;
const FIELD_MANAGER = 'slipway-lab';
const DEFINITION = 'CustomResourceDefinition';

/** How to reach an API server, and as whom. */
export interface KubernetesClientOptions {
  server: string;
  ca: string;
  /** A client certificate with its key. */
  cert?: string;
  key?: string;
  /** A bearer token. */
  token?: string;
}

/** What is sent. */
export interface KubernetesRequest {
  body?: unknown;
  contentType?: string;
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** What the lab and its tests need of an API server. */
export class KubernetesClient {
  readonly #options: KubernetesClientOptions;
  readonly #resources = new Map<string, ApiResource[]>();

  static create(options: KubernetesClientOptions): KubernetesClient {
    return new KubernetesClient(options);
  }

  private constructor(options: KubernetesClientOptions) {
    this.#options = options;
  }

  /** What is at a path; what kind of object it is, the caller knows. */
  get<T = KubernetesObject>(path: string): Promise<T> {
    return this.request('GET', path);
  }

  /** As `get`, for the path of a kind. */
  list<T = KubernetesObject>(path: string): Promise<{ items: T[] }> {
    return this.get(path);
  }

  /** As `get`, and undefined where there is no such object. */
  async find<T = KubernetesObject>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  post<T = KubernetesObject>(path: string, body: unknown): Promise<T> {
    return this.request('POST', path, { body });
  }

  async mergePatch(path: string, body: unknown): Promise<void> {
    await this.request('PATCH', path, {
      body,
      contentType: 'application/merge-patch+json',
    });
  }

  async delete(path: string): Promise<void> {
    await this.request('DELETE', path);
  }

  /**
   * Applies objects, or all documents of a YAML text, on the server; as large
   * as they may be. Objects without a namespace go where `namespace` says.
   */
  async apply(
    objects: string | KubernetesObject | KubernetesObject[],
    options: { namespace?: string } = {},
  ): Promise<void> {
    const list =
      typeof objects === 'string'
        ? parseAllDocuments(objects).map(document => document.toJS())
        : [objects].flat();
    for (const object of list.filter(Boolean)) {
      await this.#applyOne(object, options.namespace);
    }
  }

  /** Resolves to the object at the path once it is as the condition wants it. */
  waitFor<T = KubernetesObject>(
    path: string,
    condition: (object: T) => boolean,
    options: { what?: string; timeoutMs?: number } = {},
  ): Promise<T> {
    const { what = `${path} is as wanted`, timeoutMs } = options;
    return until(
      async () => {
        const object = await this.find<T>(path);
        return object && condition(object) ? object : undefined;
      },
      { what, timeoutMs },
    );
  }

  /** The path of a kind, or of an object of it. */
  async pathOf(object: {
    apiVersion: string;
    kind: string;
    metadata: { name?: string; namespace?: string };
  }): Promise<string> {
    const { apiVersion, kind, metadata } = object;
    const root = apiVersion.includes('/') ? 'apis' : 'api';
    const { name, namespaced } = await this.#resource(apiVersion, kind);
    const parts = [root, apiVersion];
    if (namespaced) {
      parts.push('namespaces', metadata.namespace ?? 'default');
    }
    parts.push(name);
    return `/${[...parts, metadata.name].filter(Boolean).join('/')}`;
  }

  request<T = KubernetesObject>(
    method: string,
    path: string,
    options: KubernetesRequest = {},
  ): Promise<T> {
    const { server, ca, cert, key, token } = this.#options;
    const { body, contentType = 'application/json' } = options;
    return new Promise((resolve, reject) => {
      const sent = request(
        `${server}${path}`,
        {
          method,
          ca,
          cert,
          key,
          // Connections would not outlive what the lab does to API servers.
          agent: false,
          timeout: TIMEOUT_MS,
          headers: {
            accept: 'application/json',
            'user-agent': FIELD_MANAGER,
            ...(body === undefined ? {} : { 'content-type': contentType }),
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            try {
              resolve(
                readAnswer(
                  `${method} ${path}`,
                  response.statusCode ?? 0,
                  Buffer.concat(chunks).toString('utf8'),
                ),
              );
            } catch (error) {
              reject(error);
            }
          });
        },
      );
      sent.on('timeout', () =>
        sent.destroy(new Error(`${method} ${path} took too long`)),
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async #applyOne(object: KubernetesObject, namespace?: string): Promise<void> {
    const path = await this.pathOf({
      ...object,
      metadata: { namespace, ...object.metadata },
    });
    await this.request(
      'PATCH',
      `${path}?fieldManager=${FIELD_MANAGER}&force=true`,
      { body: object, contentType: 'application/apply-patch+yaml' },
    );
    if (object.kind === DEFINITION) {
      await this.waitFor(path, isEstablished, {
        what: `${object.metadata.name} is served`,
      });
    }
  }

  async #resource(apiVersion: string, kind: string): Promise<ApiResource> {
    const root = apiVersion.includes('/') ? 'apis' : 'api';
    const known = this.#resources.get(apiVersion)?.find(r => r.kind === kind);
    if (known) {
      return known;
    }
    // A definition that was established a moment ago may not be listed yet.
    return until(
      async () => {
        const listed = await this.find<{ resources: ApiResource[] }>(
          `/${root}/${apiVersion}`,
        );
        const resources = (listed?.resources ?? []).filter(
          resource => !resource.name.includes('/'),
        );
        this.#resources.set(apiVersion, resources);
        return resources.find(resource => resource.kind === kind);
      },
      { what: `${apiVersion} ${kind} is served`, timeoutMs: 15_000 },
    );
  }
}

/** What the API server answered, whose type the caller knows. */
function readAnswer(what: string, status: number, text: string) {
  const isJson = text.startsWith('{');
  if (status < 200 || status > 299) {
    const message = isJson ? JSON.parse(text).message : text.trim();
    throw new KubernetesError(status, `${what}: ${status} ${message}`);
  }
  return isJson ? JSON.parse(text) : text;
}

function isEstablished(definition: {
  status?: { conditions?: Condition[] };
}): boolean {
  return hasCondition(definition, 'Established');
}
