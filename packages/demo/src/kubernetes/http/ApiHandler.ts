import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenApiDocuments } from '../openapi/OpenApiDocuments';
import { ApiError, badRequest, unknownResource } from '../store/ApiError';
import type { ObjectStore } from '../store/ObjectStore';
import type {
  DeleteOptions,
  ObjectInput,
  ObjectRef,
  ResourceType,
  Status,
  UpdateOptions,
} from '../store/types';
import { type Answer, sendAnswer, sendStatus } from './answer';
import { discoveryDocument, VERSION } from './discovery';
import { readListQuery, type ListQuery } from './listQuery';
import { openApiAnswer } from './openApiAnswer';
import {
  readRepresentation,
  representList,
  representObject,
  type Representation,
} from './representation';
import { readObject, readPatch } from './requestBody';
import { parsePath, readAddress, type Address } from './requestPath';
import { WatchResponse } from './WatchResponse';

/** Options of {@link ApiHandler}. */
export interface ApiHandlerOptions {
  /** When set, every request must carry it as bearer token. */
  token?: string;
  /** Milliseconds between two bookmarks of a watch. */
  bookmarkInterval: number;
  /** Where open watches are found; each leaves it when it closes. */
  watches: Set<WatchResponse>;
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  address: Address;
  type: ResourceType;
  representation: Representation;
}

const HEALTH_PATHS = ['healthz', 'livez', 'readyz'];
// The real server picks between 30 and 60 minutes.
const DEFAULT_WATCH_SECONDS = 1800;

/** Speaks the Kubernetes API over one {@link ObjectStore}. */
export class ApiHandler {
  readonly #store: ObjectStore;
  readonly #options: ApiHandlerOptions;
  readonly #openApi: OpenApiDocuments;

  constructor(store: ObjectStore, options: ApiHandlerOptions) {
    this.#store = store;
    this.#openApi = new OpenApiDocuments(store, VERSION.gitVersion);
    this.#options = options;
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      const answer = await this.#answer(request, response);
      if (answer) {
        sendAnswer(response, answer);
      }
    } catch (error) {
      // The rest of a body that was refused must not hold up the connection.
      request.resume();
      if (response.headersSent || response.destroyed) {
        response.destroy();
      } else {
        sendStatus(response, statusOf(error));
      }
    }
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Answer | undefined> {
    const { token } = this.#options;
    if (token && request.headers.authorization !== `Bearer ${token}`) {
      throw new ApiError(401, 'Unauthorized', 'Unauthorized');
    }
    const [path, ...search] = (request.url ?? '/').split('?');
    const query = new URLSearchParams(search.join('?'));
    const segments = parsePath(path);
    if (HEALTH_PATHS.includes(segments[0])) {
      return { code: 200, body: 'ok' };
    }
    if (segments[0] === 'openapi' && segments[1] === 'v3') {
      return request.method === 'GET' || request.method === 'HEAD'
        ? openApiAnswer(this.#openApi, segments.slice(2), query)
        : refuseMethod(request);
    }
    const representation = readRepresentation(request.headers.accept, query);
    const document =
      segments.join('/') === 'version'
        ? VERSION
        : discoveryDocument(segments, this.#store.types());
    if (document) {
      return request.method === 'GET' || request.method === 'HEAD'
        ? { code: 200, body: document }
        : refuseMethod(request);
    }
    const address = readAddress(segments);
    if (!address) {
      throw unknownResource();
    }
    const type = this.#store.typeOf(address);
    const { namespace, name, subresource } = address;
    if (
      (namespace && !type.namespaced) ||
      (name && type.namespaced && !namespace) ||
      (subresource && subresource !== 'status') ||
      (subresource && !type.statusSubresource)
    ) {
      throw unknownResource();
    }
    const call = { request, response, query, address, type, representation };
    return name === undefined
      ? this.#collection(call)
      : this.#object(call, { ...address, name });
  }

  async #collection(call: Call): Promise<Answer | undefined> {
    const { request, query, address, type, representation } = call;
    switch (request.method) {
      case 'GET': {
        const options = readListQuery(query);
        if (options.watch) {
          return this.#watch(call, options);
        }
        const { items, ...metadata } = this.#store.list(address, options);
        const body = representList(type, items, metadata, representation);
        return { code: 200, body };
      }
      case 'POST': {
        const input = await requireObject(request);
        const { dryRun } = updateOptions(call);
        const created = this.#store.create(address, input, { dryRun });
        const body = representObject(type, created, representation);
        return { code: 201, body };
      }
      case 'DELETE': {
        const { labelSelector, fieldSelector } = readListQuery(query);
        const items = this.#store.deleteCollection(address, {
          ...(await deleteOptions(call)),
          labelSelector,
          fieldSelector,
        });
        const { resourceVersion } = this.#store;
        const metadata = { resourceVersion };
        const body = representList(type, items, metadata, representation);
        return { code: 200, body };
      }
      default:
        return refuseMethod(request);
    }
  }

  async #object(call: Call, ref: ObjectRef): Promise<Answer | undefined> {
    const { request, query, type, representation } = call;
    const found = (object: Parameters<typeof representObject>[1]) =>
      representObject(type, object, representation);
    switch (request.method) {
      case 'GET': {
        const options = readListQuery(query);
        if (options.watch) {
          const fieldSelector = `metadata.name=${ref.name}`;
          return this.#watch(call, { ...options, fieldSelector });
        }
        return { code: 200, body: found(this.#store.get(ref)) };
      }
      case 'PUT': {
        const input = await requireObject(request);
        const updated = this.#store.update(ref, input, updateOptions(call));
        return { code: 200, body: found(updated) };
      }
      case 'PATCH': {
        const { patch, patchType } = await readPatch(request);
        const code = this.#store.find(ref) ? 200 : 201;
        const options = updateOptions(call);
        const object = this.#store.patch(ref, patch, patchType, options);
        return { code, body: found(object) };
      }
      case 'DELETE': {
        if (call.address.subresource) {
          return refuseMethod(request);
        }
        const options = await deleteOptions(call);
        const { deleted, object } = this.#store.delete(ref, options);
        const body = deleted
          ? successStatus(type, ref.name, object.metadata.uid)
          : found(object);
        return { code: 200, body };
      }
      default:
        return refuseMethod(request);
    }
  }

  #watch(call: Call, query: ListQuery): undefined {
    const { response, address, representation } = call;
    const { bookmarks, timeoutSeconds = DEFAULT_WATCH_SECONDS } = query;
    const { labelSelector, fieldSelector, sendInitialEvents } = query;
    let since = query.resourceVersion;
    if (sendInitialEvents !== undefined) {
      since = sendInitialEvents ? undefined : this.#store.resourceVersion;
    }
    const watch = WatchResponse.open(response, this.#store, address, {
      labelSelector,
      fieldSelector,
      since,
      representation,
      timeoutSeconds,
      bookmarks,
      bookmarkInterval: this.#options.bookmarkInterval,
      markInitialEvents: bookmarks && sendInitialEvents === true,
    });
    const { watches } = this.#options;
    watches.add(watch);
    response.once('close', () => watches.delete(watch));
    return undefined;
  }
}

function statusOf(error: unknown): Status {
  if (error instanceof ApiError) {
    return error.status;
  }
  const message = `Internal error occurred: ${
    error instanceof Error ? error.message : error
  }`;
  return new ApiError(500, 'InternalError', message).status;
}

function refuseMethod({ method }: IncomingMessage): never {
  throw new ApiError(
    405,
    'MethodNotAllowed',
    `the server does not allow this method on the requested resource (${method})`,
  );
}

function successStatus(type: ResourceType, name: string, uid: string): Status {
  const { group, resource } = type;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, group: group || undefined, kind: resource, uid },
  };
}

async function requireObject(request: IncomingMessage): Promise<ObjectInput> {
  const input = await readObject(request);
  if (!input) {
    throw badRequest('the request has no body');
  }
  return input;
}

function updateOptions({ query, address }: Call): UpdateOptions {
  return {
    dryRun: query.get('dryRun') === 'All',
    subresource: address.subresource ? 'status' : undefined,
  };
}

async function deleteOptions(call: Call): Promise<DeleteOptions> {
  const { dryRun, propagationPolicy, preconditions } = {
    propagationPolicy: call.query.get('propagationPolicy') ?? undefined,
    ...(await readObject(call.request)),
  } as DeleteOptions & { dryRun?: unknown };
  const inBody = Array.isArray(dryRun) && dryRun.includes('All');
  return {
    dryRun: inBody || updateOptions(call).dryRun,
    propagationPolicy,
    preconditions,
  };
}
