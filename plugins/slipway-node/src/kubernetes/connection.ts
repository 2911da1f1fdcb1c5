import type { ClusterConfig } from '../clusters';
import { type AccessProvider, accessFromClusterConfig } from './access';
import { errorFromAnswer, notKubernetes, safeDetail } from './problems';
import type { Environment } from './proxy';
import { type OpenedAnswer, openRequest, readChunks } from './request';
import {
  isKubernetesObject,
  isRecord,
  type KubernetesObject,
  type ResourceKind,
  type ResourcePage,
} from './types';

/**
 * @public
 */
export interface KubernetesConnectionOptions {
  /** The longest wait for an answer, and for the next piece of it; 30,000 when absent. */
  requestTimeoutMilliseconds?: number;
  /** Where proxies and the in-cluster address are read from; the process's when absent. */
  environment?: Record<string, string | undefined>;
}

/**
 * @public
 */
export interface ListPagedOptions extends ResourceKind {
  /** All namespaces when absent. */
  namespace?: string;
  /** Objects per page. */
  limit: number;
  signal: AbortSignal;
}

/**
 * @public
 */
export interface GetTextOptions {
  /** Below the server's root, with its query. */
  path: string;
  /** Longer answers are given up; 256 MiB when absent. */
  maximumBytes?: number;
  signal: AbortSignal;
}

/**
 * Names one object of a collection.
 *
 * @public
 */
export interface ObjectOptions extends ResourceKind {
  /** Absent for what belongs to no namespace. */
  namespace?: string;
  name: string;
  signal: AbortSignal;
}

/** Larger than any page that an API server could build from etcd's largest objects in reasonable time. */
const MAXIMUM_BODY_BYTES = 256 * 1024 * 1024;

/**
 * A cluster's API server, seen through the credentials of its configuration.
 *
 * @public
 */
export class KubernetesConnection {
  readonly #access: AccessProvider;
  readonly #requestTimeout: number;

  /**
   * Touches neither files nor network.
   *
   * @throws InputError for a configuration that waiting will not mend.
   */
  static fromClusterConfig(
    cluster: ClusterConfig,
    options: KubernetesConnectionOptions = {},
  ): KubernetesConnection {
    const environment: Environment = options.environment ?? process.env;
    return new KubernetesConnection(
      accessFromClusterConfig(cluster, environment),
      options.requestTimeoutMilliseconds ?? 30_000,
    );
  }

  private constructor(access: AccessProvider, requestTimeout: number) {
    this.#access = access;
    this.#requestTimeout = requestTimeout;
  }

  /**
   * The URL of the API server, as its configuration has it.
   *
   * @throws KubernetesError when that cannot be read.
   */
  async server(): Promise<string> {
    return (await this.#access()).server;
  }

  /** The API server's version, such as `v1.35.0`. */
  async version(options: { signal: AbortSignal }): Promise<string> {
    const { body, host } = await this.#getJson('/version', options);
    if (isRecord(body) && typeof body.gitVersion === 'string') {
      return body.gitVersion;
    }
    throw notKubernetes(host, 'no gitVersion in the answer');
  }

  /**
   * A JSON document such as `/openapi/v3`, as the server sent it: not parsed, so that its hash can be compared.
   *
   * @throws KubernetesError; `notKubernetes` when the answer is not JSON or longer than `maximumBytes`.
   */
  async getText(options: GetTextOptions): Promise<string> {
    const { path, signal, maximumBytes } = options;
    const answer = await this.#open(path, { signal, compressed: true });
    return this.#readText(answer, maximumBytes);
  }

  /**
   * One consistent list, page by page.
   *
   * @throws KubernetesError `expired` when the reader was so slow that the server forgot the list.
   */
  async *listPaged(options: ListPagedOptions): AsyncGenerator<ResourcePage> {
    let continueToken: string | undefined;
    do {
      const path = collectionPath(options, {
        limit: String(options.limit),
        continue: continueToken,
      });
      const { body, host } = await this.#getJson(path, options);
      const metadata = isRecord(body) ? body.metadata : undefined;
      if (
        !isRecord(body) ||
        !Array.isArray(body.items) ||
        !isRecord(metadata) ||
        typeof metadata.resourceVersion !== 'string'
      ) {
        throw notKubernetes(host, 'the answer is no list');
      }
      continueToken =
        typeof metadata.continue === 'string' && metadata.continue !== ''
          ? metadata.continue
          : undefined;
      const items = body.items.filter(isKubernetesObject);
      yield {
        items,
        malformed: body.items.length - items.length,
        resourceVersion: metadata.resourceVersion,
        last: continueToken === undefined,
      };
    } while (continueToken !== undefined);
  }

  /**
   * The version that a collection is at now, with the first of its objects, if there is one.
   *
   * @internal
   */
  async firstPage(
    options: ResourceKind & { namespace?: string; signal: AbortSignal },
  ): Promise<ResourcePage> {
    for await (const page of this.listPaged({ ...options, limit: 1 })) {
      return page;
    }
    throw new Error('A list has at least one page');
  }

  /**
   * @throws KubernetesError; its `params.status` is `404` when there is no such object.
   */
  async getObject(options: ObjectOptions): Promise<KubernetesObject> {
    return this.#objectAt(options);
  }

  /**
   * Changes an object by a merge patch (RFC 7396). Name the `metadata.resourceVersion` that the patch was made for, and
   * it goes through only on that one.
   *
   * @returns the object as it is then.
   * @throws KubernetesError; its `params.status` is `409` when the object has changed meanwhile.
   */
  async mergePatch(
    options: ObjectOptions & { patch: object },
  ): Promise<KubernetesObject> {
    return this.#objectAt(options, options.patch);
  }

  /**
   * Opens a watch; the answer's body is a stream of JSON lines.
   *
   * @internal
   */
  async openWatch(
    options: ResourceKind & {
      namespace?: string;
      resourceVersion: string;
      timeoutSeconds: number;
      signal: AbortSignal;
    },
  ): Promise<OpenedAnswer> {
    return this.#open(
      collectionPath(options, {
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: options.resourceVersion,
        timeoutSeconds: String(options.timeoutSeconds),
      }),
      options,
    );
  }

  async #objectAt(
    options: ObjectOptions,
    mergePatch?: object,
  ): Promise<KubernetesObject> {
    const path = `${collectionPath(options)}/${encodeURIComponent(
      options.name,
    )}`;
    const { body, host } = await this.#getJson(path, {
      ...options,
      mergePatch,
    });
    if (isKubernetesObject(body)) return body;
    throw notKubernetes(host, 'the answer is no object');
  }

  async #getJson(
    path: string,
    options: Partial<ResourceKind> & {
      namespace?: string;
      signal: AbortSignal;
      mergePatch?: object;
    },
  ): Promise<{ body: unknown; host: string }> {
    const answer = await this.#open(path, { ...options, compressed: true });
    const text = await this.#readText(answer);
    try {
      return { body: JSON.parse(text), host: answer.host };
    } catch {
      throw notKubernetes(answer.host, 'the answer is not JSON');
    }
  }

  async #open(
    path: string,
    options: Partial<ResourceKind> & {
      namespace?: string;
      signal: AbortSignal;
      compressed?: boolean;
      mergePatch?: object;
    },
  ): Promise<OpenedAnswer> {
    const { signal, compressed, namespace, mergePatch } = options;
    const answer = await openRequest({
      access: await this.#access(),
      path,
      signal,
      compressed,
      mergePatch,
      timeoutMilliseconds: this.#requestTimeout,
    });
    const json = /^application\/json\b/i.test(answer.contentType);
    if (answer.status === 200 && json) {
      return answer;
    }
    if (answer.status === 200) {
      answer.body.destroy();
      throw notKubernetes(
        answer.host,
        safeDetail(answer.contentType || 'no content type', answer.secrets),
      );
    }
    throw errorFromAnswer({
      status: answer.status,
      host: answer.host,
      kind: options.resource && kindName(options as ResourceKind),
      namespace,
      body: json ? await this.#readRefusal(answer) : answer.body.destroy(),
      html: /^text\/html\b/i.test(answer.contentType),
      retryAfterSeconds: answer.retryAfterSeconds,
      secrets: answer.secrets,
    });
  }

  /** Nothing that happens while reading the reason may hide the status. */
  async #readRefusal(answer: OpenedAnswer): Promise<unknown> {
    try {
      return JSON.parse(await this.#readText(answer));
    } catch {
      return undefined;
    }
  }

  async #readText(
    answer: OpenedAnswer,
    maximumBytes = MAXIMUM_BODY_BYTES,
  ): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of readChunks({
      answer,
      idleTimeoutMilliseconds: this.#requestTimeout,
    })) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maximumBytes) {
        throw notKubernetes(answer.host, 'the answer does not end');
      }
    }
    return Buffer.concat(chunks, length).toString('utf8');
  }
}

/** `argoproj.io/v1alpha1 applications`. */
export function kindName({ group, version, resource }: ResourceKind): string {
  return `${group ? `${group}/` : ''}${version} ${resource}`;
}

function collectionPath(
  {
    group,
    version,
    resource,
    namespace,
  }: ResourceKind & { namespace?: string },
  query: Record<string, string | undefined> = {},
): string {
  const segments = [
    ...(group ? ['apis', group] : ['api']),
    version,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    resource,
  ];
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) {
      search.set(key, value);
    }
  }
  const path = `/${segments.map(encodeURIComponent).join('/')}`;
  return search.size > 0 ? `${path}?${search}` : path;
}
