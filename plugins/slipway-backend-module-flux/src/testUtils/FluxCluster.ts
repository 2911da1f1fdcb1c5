import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClusterConfig } from '@slipway/backstage-plugin-slipway-node';
import { type FluxKind, FLUX_KINDS, KINDS } from '../kinds';

const DEFINITION =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gitrepositories.source.toolkit.fluxcd.io';

export interface StoredObject {
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    resourceVersion: string;
    annotations?: Record<string, string | null>;
  };
  [key: string]: unknown;
}

/** The Kubernetes API of a cluster with Flux's kinds: lists, watches, and takes merge patches of annotations and fields of the spec. */
export class FluxCluster {
  /** `<kind> <list|watch|get|patch>` of each request. */
  readonly requests: string[] = [];
  /** Answers to lists and watches of a kind, other than its objects. */
  readonly refusals = new Map<FluxKind, number>();
  /** On the definition of GitRepository. */
  labels: Record<string, string> | undefined = {
    'app.kubernetes.io/version': 'v2.9.0',
  };
  readonly #objects = new Map<string, StoredObject>();
  readonly #watches = new Map<FluxKind, Set<ServerResponse>>();
  readonly #server: http.Server;
  #version = 100;

  static async start(...objects: object[]): Promise<FluxCluster> {
    const cluster = new FluxCluster();
    for (const object of objects) cluster.put(object);
    await new Promise<void>(resolve => {
      cluster.#server.listen(0, '127.0.0.1', resolve);
    });
    return cluster;
  }

  private constructor() {
    this.#server = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      this.#answer(request, response, Buffer.concat(chunks).toString());
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  config(flux?: { namespaces: string[] }): ClusterConfig {
    const { port } = this.#server.address() as AddressInfo;
    return {
      name: 'gd',
      engines: ['flux'],
      aliases: [],
      auth: { type: 'serviceAccount', server: `http://127.0.0.1:${port}` },
      engineSettings: flux ? { flux } : {},
    };
  }

  get(kind: FluxKind, name: string): StoredObject | undefined {
    return [...this.#objects.values()].find(
      object => object.kind === kind && object.metadata.name === name,
    );
  }

  put(object: object): void {
    const { kind, metadata, ...rest } = object as StoredObject;
    const id = `${kind}/${metadata.namespace}/${metadata.name}`;
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const type = this.#objects.has(id) ? 'MODIFIED' : 'ADDED';
    const stored = {
      ...rest,
      kind,
      metadata: { ...metadata, resourceVersion },
    };
    this.#objects.set(id, stored);
    this.#send(kind as FluxKind, type, stored);
  }

  remove(kind: FluxKind, name: string): void {
    const object = this.get(kind, name)!;
    this.#objects.delete(`${kind}/${object.metadata.namespace}/${name}`);
    this.#send(kind, 'DELETED', object);
  }

  /** Ends the watch of a kind and refuses it from then on; the server may have forgotten how far it was. */
  async refuse(
    kind: FluxKind,
    status: number,
    { forget }: { forget: boolean },
  ): Promise<void> {
    await until(() => this.#watches.has(kind));
    this.refusals.set(kind, status);
    for (const response of this.#watches.get(kind) ?? []) {
      const event = { type: 'ERROR', object: { kind: 'Status', code: 410 } };
      response.end(forget ? `${JSON.stringify(event)}\n` : '');
    }
    this.#watches.delete(kind);
  }

  #send(kind: FluxKind, type: string, object: StoredObject): void {
    for (const response of this.#watches.get(kind) ?? []) {
      response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }

  #answer(
    { url = '', method }: IncomingMessage,
    response: ServerResponse,
    body: string,
  ): void {
    const json = (answer: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    };
    const refuse = (code: number) =>
      json({ kind: 'Status', message: `refused with ${code}` }, code);
    const { pathname, searchParams } = new URL(url, 'http://cluster');
    if (pathname === '/version') {
      json({ gitVersion: 'v1.35.0' });
      return;
    }
    if (pathname === DEFINITION) {
      if (this.labels) {
        json({
          metadata: { name: 'crd', resourceVersion: '1', labels: this.labels },
        });
      } else {
        refuse(403);
      }
      return;
    }
    const kind = FLUX_KINDS.find(one => {
      const { group, version, resource } = KINDS[one];
      return (
        pathname.startsWith(`/apis/${group}/${version}/`) &&
        pathname.split('/').includes(resource)
      );
    });
    if (!kind) {
      refuse(404);
      return;
    }
    const [, namespace, name] =
      /\/namespaces\/([^/]+)\/[^/]+\/([^/]+)$/.exec(pathname) ?? [];
    const object = this.#objects.get(`${kind}/${namespace}/${name}`);
    const refusal = this.refusals.get(kind);
    if (method === 'PATCH') {
      this.requests.push(`${kind} patch`);
      this.#patch(object!, JSON.parse(body));
      json(object);
    } else if (name !== undefined) {
      this.requests.push(`${kind} get`);
      if (object) json(object);
      else refuse(404);
    } else if (refusal) {
      refuse(refusal);
    } else if (searchParams.has('watch')) {
      this.requests.push(`${kind} watch`);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      const watches = this.#watches.get(kind) ?? new Set();
      this.#watches.set(kind, watches.add(response));
    } else {
      this.requests.push(`${kind} list`);
      const items = [...this.#objects.values()].filter(
        one => one.kind === kind,
      );
      json({ metadata: { resourceVersion: String(this.#version) }, items });
    }
  }

  #patch(object: StoredObject, patch: StoredObject): void {
    const { annotations } = patch.metadata;
    const { metadata } = object;
    this.put({
      ...object,
      spec: { ...(object.spec as object), ...(patch.spec as object) },
      metadata: {
        ...metadata,
        annotations: { ...metadata.annotations, ...annotations },
      },
    });
  }
}

export async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30_000; !condition(); ) {
    if (Date.now() > deadline) throw new Error(`Not seen: ${condition}`);
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}
