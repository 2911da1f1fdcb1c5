import { KubernetesObject } from './types';

/** One served kind, as discovery tells it. */
export interface ApiResource {
  apiVersion: string;
  kind: string;
  /** Plural, as in the address. */
  name: string;
  namespaced: boolean;
}

/** One line of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubernetesObject & { code?: number; message?: string };
}

/** An answer of a cluster other than success. */
export class KubernetesError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const WATCH_SECONDS = 240;

/** What the stand-in needs of a Kubernetes API, over plain HTTP. */
export class KubernetesClient {
  readonly url: string;
  readonly #timeoutMilliseconds: number;
  readonly #discovery = new Map<string, Promise<ApiResource[]>>();

  static create(options: {
    url: string;
    timeoutMilliseconds?: number;
  }): KubernetesClient {
    return new KubernetesClient(
      options.url.replace(/\/$/, ''),
      options.timeoutMilliseconds ?? 5_000,
    );
  }

  private constructor(url: string, timeoutMilliseconds: number) {
    this.url = url;
    this.#timeoutMilliseconds = timeoutMilliseconds;
  }

  /** How a kind is served; rejects with 404 when it is not. */
  async resource(apiVersion: string, kind: string): Promise<ApiResource> {
    let resources = this.#discovery.get(apiVersion);
    if (!resources) {
      resources = this.#discover(apiVersion);
      this.#discovery.set(apiVersion, resources);
      resources.catch(() => this.#discovery.delete(apiVersion));
    }
    const found = (await resources).find(resource => resource.kind === kind);
    if (!found) {
      // A definition may be added later.
      this.#discovery.delete(apiVersion);
      throw new KubernetesError(
        404,
        `no matches for kind "${kind}" in version "${apiVersion}"`,
      );
    }
    return found;
  }

  async list(
    resource: ApiResource,
    namespace?: string,
  ): Promise<{ items: KubernetesObject[]; resourceVersion: string }> {
    const list = (await this.#request(
      'GET',
      this.#path(resource, namespace),
    )) as {
      items: KubernetesObject[];
      metadata: { resourceVersion: string };
    };
    return {
      // Lists leave out what every item has in common.
      items: list.items.map(item => ({
        ...item,
        apiVersion: resource.apiVersion,
        kind: resource.kind,
      })),
      resourceVersion: list.metadata.resourceVersion,
    };
  }

  async *watch(
    resource: ApiResource,
    options: {
      namespace?: string;
      resourceVersion: string;
      signal: AbortSignal;
    },
  ): AsyncGenerator<WatchEvent> {
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(WATCH_SECONDS),
      resourceVersion: options.resourceVersion,
    });
    const response = await fetch(
      `${this.url}${this.#path(resource, options.namespace)}?${query}`,
      {
        signal: AbortSignal.any([
          options.signal,
          AbortSignal.timeout((WATCH_SECONDS + 15) * 1000),
        ]),
      },
    );
    if (!response.ok || !response.body) {
      throw new KubernetesError(response.status, await response.text());
    }
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.trim()) {
          yield JSON.parse(line) as WatchEvent;
        }
      }
    }
  }

  create(
    resource: ApiResource,
    object: KubernetesObject,
  ): Promise<KubernetesObject> {
    return this.#request(
      'POST',
      this.#path(resource, object.metadata.namespace),
      object,
    ) as Promise<KubernetesObject>;
  }

  mergePatch(
    resource: ApiResource,
    object: { metadata: { name: string; namespace?: string } },
    patch: object,
  ): Promise<KubernetesObject> {
    const { name, namespace } = object.metadata;
    return this.#request(
      'PATCH',
      `${this.#path(resource, namespace)}/${name}`,
      patch,
    ) as Promise<KubernetesObject>;
  }

  /** Deletes an object; one that is gone already is fine. */
  async delete(
    resource: ApiResource,
    object: { metadata: { name: string; namespace?: string } },
  ): Promise<void> {
    const { name, namespace } = object.metadata;
    try {
      await this.#request(
        'DELETE',
        `${this.#path(resource, namespace)}/${name}`,
        { propagationPolicy: 'Background' },
      );
    } catch (error) {
      if (!(error instanceof KubernetesError && error.status === 404)) {
        throw error;
      }
    }
  }

  #path(resource: ApiResource, namespace?: string): string {
    const root = resource.apiVersion.includes('/') ? '/apis' : '/api';
    const scope =
      resource.namespaced && namespace ? `/namespaces/${namespace}` : '';
    return `${root}/${resource.apiVersion}${scope}/${resource.name}`;
  }

  async #discover(apiVersion: string): Promise<ApiResource[]> {
    const root = apiVersion.includes('/') ? '/apis' : '/api';
    try {
      const answer = (await this.#request('GET', `${root}/${apiVersion}`)) as {
        resources: Array<{ name: string; kind: string; namespaced: boolean }>;
      };
      return answer.resources
        .filter(resource => !resource.name.includes('/'))
        .map(({ name, kind, namespaced }) => ({
          apiVersion,
          kind,
          name,
          namespaced,
        }));
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404) {
        return [];
      }
      throw error;
    }
  }

  async #request(
    method: string,
    path: string,
    body?: object,
  ): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && {
          'content-type':
            method === 'PATCH'
              ? 'application/merge-patch+json'
              : 'application/json',
        }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(this.#timeoutMilliseconds),
    });
    const text = await response.text();
    let answer: { message?: string } | undefined;
    try {
      answer = JSON.parse(text);
    } catch {
      answer = undefined;
    }
    if (!response.ok || !answer) {
      throw new KubernetesError(
        response.status,
        answer?.message ??
          `the server answered ${response.status} and no JSON to ${method} ${path}`,
      );
    }
    return answer;
  }
}
