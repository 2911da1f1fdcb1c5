import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type KubernetesConnection,
  KubernetesError,
} from '@slipway/backstage-plugin-slipway-node';
import type { ByteLru } from '../git/byteLru';
import type { GroupVersionKind, SchemaNode } from '../manifests/schema';
import {
  documentPath,
  groupVersionPath,
  type OpenApiIndex,
  readOpenApiIndex,
} from './openApiIndex';
import { SchemaDocument } from './SchemaDocument';

export interface PublishedSchemasOptions {
  cluster: string;
  connection: KubernetesConnection;
  /** Of all clusters. */
  documents: ByteLru<string, SchemaDocument>;
  /** Milliseconds. */
  now(): number;
  /** Milliseconds to wait for a new answer where there is an old one. */
  patience: number;
  /** Called when asking the cluster begins to fail, and with nothing when it works again. */
  onChange(error: unknown): void;
}

interface Asked {
  index: OpenApiIndex;
  version: string | undefined;
  at: number;
}

/** Milliseconds for which the index is taken to be as it was. */
const INDEX_AGE = 60_000;
/** Before something is said not to be served, the index is looked at anew when it is older. */
const DOUBT_AGE = 5_000;
/** Milliseconds between attempts to ask a cluster that does not answer. */
const RETRY_AFTER = 30_000;
/** Longer than callers wait, so that over a slow line the next caller finds what this one did not wait for. */
const FETCH_TIMEOUT = 20_000;
const MAX_INDEX_BYTES = 4 * 1024 * 1024;
/** The largest of Kubernetes' own, with its paths, is 3 MB. */
const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;

/** What one cluster publishes below `/openapi/v3`. */
export class PublishedSchemas {
  readonly #options: PublishedSchemasOptions;
  readonly #loading = new Map<string, Promise<SchemaDocument>>();
  #asked: Asked | undefined;
  #asking: Promise<Asked> | undefined;
  #failure: { error: unknown; until: number } | undefined;

  constructor(options: PublishedSchemasOptions) {
    this.#options = options;
  }

  /** The server's version; `undefined` when it does not tell. */
  async version(): Promise<string | undefined> {
    return (await this.#ask(INDEX_AGE)).version;
  }

  /** @returns `undefined` for a kind that is not served */
  async get(gvk: GroupVersionKind): Promise<SchemaNode | undefined> {
    const asked = await this.#ask(INDEX_AGE);
    const node = await this.#find(gvk, asked);
    if (node) {
      return node;
    }
    // Perhaps its definition has just come.
    const again = await this.#ask(DOUBT_AGE);
    return again === asked ? undefined : this.#find(gvk, again);
  }

  async #find(
    gvk: GroupVersionKind,
    asked: Asked,
  ): Promise<SchemaNode | undefined> {
    const path = groupVersionPath(gvk);
    if (!asked.index.has(path)) {
      return undefined;
    }
    try {
      return (await this.#document(path, asked)).node(gvk);
    } catch (error) {
      // A document that has changed is no longer there under its old hash.
      const again = await this.#ask(0);
      const moved = again.index.get(path) !== asked.index.get(path);
      if (!moved) {
        throw error;
      }
      return again.index.has(path)
        ? (await this.#document(path, again)).node(gvk)
        : undefined;
    }
  }

  async #document(path: string, { index, at }: Asked): Promise<SchemaDocument> {
    const { documents, cluster } = this.#options;
    const hash = index.get(path);
    const shared = JSON.stringify([path, hash]);
    const own = JSON.stringify([path, hash ?? at, cluster]);
    const known =
      (hash === undefined ? undefined : documents.get(shared)) ??
      documents.get(own);
    if (known) {
      return known;
    }
    let loading = this.#loading.get(own);
    if (!loading) {
      loading = this.#load(path, hash, { shared, own }).finally(() =>
        this.#loading.delete(own),
      );
      this.#loading.set(own, loading);
    }
    return loading;
  }

  async #load(
    path: string,
    hash: string | undefined,
    keys: { shared: string; own: string },
  ): Promise<SchemaDocument> {
    const { connection, documents, cluster } = this.#options;
    const text = await connection.getText({
      path: documentPath(path, hash),
      maximumBytes: MAX_DOCUMENT_BYTES,
      signal: AbortSignal.timeout(FETCH_TIMEOUT),
    });
    const document = SchemaDocument.parse(text);
    if (!document) {
      throw new KubernetesError('notKubernetes', {
        host: cluster,
        detail: `no schemas in /openapi/v3/${path}`,
      });
    }
    // Shared only when the hash is that of the content, or one cluster could make up what another publishes.
    const digest = createHash('sha512').update(text).digest('hex');
    const proven = hash?.toLowerCase() === digest;
    documents.set(proven ? keys.shared : keys.own, document);
    return document;
  }

  /** Asks again when the last answer is older; keeps to the last answer while the cluster gives no other soon. */
  async #ask(maximumAge: number): Promise<Asked> {
    const now = this.#options.now();
    const last = this.#asked;
    if (last && now - last.at < maximumAge) {
      return last;
    }
    if (this.#failure && now < this.#failure.until) {
      if (last) {
        return last;
      }
      throw this.#failure.error;
    }
    this.#asking ??= this.#askNow().finally(() => {
      this.#asking = undefined;
    });
    if (!last) {
      return this.#asking;
    }
    const { patience } = this.#options;
    return Promise.race([
      this.#asking.catch(() => last),
      sleep(patience, last, { ref: false }),
    ]);
  }

  async #askNow(): Promise<Asked> {
    const { cluster, connection, now, onChange } = this.#options;
    const signal = AbortSignal.timeout(FETCH_TIMEOUT);
    try {
      const [text, version] = await Promise.all([
        connection.getText({
          path: '/openapi/v3',
          maximumBytes: MAX_INDEX_BYTES,
          signal,
        }),
        connection.version({ signal }).catch(() => undefined),
      ]);
      const index = readOpenApiIndex(text);
      if (!index) {
        throw new KubernetesError('notKubernetes', {
          host: cluster,
          detail: 'no index in /openapi/v3',
        });
      }
      if (this.#failure) {
        this.#failure = undefined;
        onChange(undefined);
      }
      this.#asked = { index, version, at: now() };
      return this.#asked;
    } catch (error) {
      if (!this.#failure) {
        onChange(error);
      }
      this.#failure = { error, until: now() + RETRY_AFTER };
      throw error;
    }
  }
}
