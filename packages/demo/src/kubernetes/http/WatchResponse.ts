import type { ServerResponse } from 'node:http';
import type { ObjectStore } from '../store/ObjectStore';
import type { CollectionRef, Status } from '../store/types';
import type { StoreWatch, WatchOptions } from '../store/watchObjects';
import {
  representBookmark,
  representObject,
  type Representation,
} from './representation';

/** Options of {@link WatchResponse.open}. */
export interface WatchResponseOptions extends WatchOptions {
  representation: Representation;
  /** Seconds until the server ends the watch; 0 means never. */
  timeoutSeconds: number;
  bookmarks: boolean;
  /** Milliseconds between bookmarks. */
  bookmarkInterval: number;
  /** Marks the end of the initial events with a bookmark of its own. */
  markInitialEvents: boolean;
}

// A client that reads slower than things happen is cut off, and lists again.
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024;
const INITIAL_EVENTS_END = { 'k8s.io/initial-events-end': 'true' };

/** One open watch over HTTP: a line of JSON for each event. */
export class WatchResponse {
  readonly #response: ServerResponse;
  #watch: StoreWatch | undefined;
  #frozen = false;

  private constructor(response: ServerResponse) {
    this.#response = response;
  }

  static open(
    response: ServerResponse,
    store: ObjectStore,
    ref: CollectionRef,
    options: WatchResponseOptions,
  ): WatchResponse {
    const { representation, bookmarks, timeoutSeconds } = options;
    const type = store.typeOf(ref);
    const opened = new WatchResponse(response);
    const bookmark = (annotations?: Record<string, string>) =>
      opened.#send(
        'BOOKMARK',
        representBookmark(
          type,
          store.resourceVersion,
          representation,
          annotations,
        ),
      );
    const watch = store.watch(ref, options, event => {
      if (event.type === 'ERROR') {
        opened.end(event.object);
      } else {
        const { object } = event;
        opened.#send(event.type, representObject(type, object, representation));
      }
    });
    opened.#watch = watch;
    if (response.writableEnded) {
      watch.close();
      return opened;
    }
    if (!response.headersSent) {
      opened.#start();
    }
    if (options.markInitialEvents) {
      bookmark(INITIAL_EVENTS_END);
    }
    const ticking =
      bookmarks && setInterval(bookmark, options.bookmarkInterval);
    const ending =
      timeoutSeconds > 0 &&
      setTimeout(() => {
        if (bookmarks) {
          bookmark();
        }
        opened.end();
      }, timeoutSeconds * 1000);
    response.once('close', () => {
      watch.close();
      clearInterval(ticking || undefined);
      clearTimeout(ending || undefined);
    });
    return opened;
  }

  /** Ends the watch, with an `ERROR` event if a status is given; a frozen one just breaks off. */
  end(status?: Status): void {
    this.#watch?.close();
    if (status) {
      this.#send('ERROR', status);
    }
    if (this.#frozen) {
      this.#response.destroy();
    } else {
      this.#response.end();
    }
  }

  /** From now on sends nothing and does not end, like a server that hangs. */
  freeze(): void {
    this.#frozen = true;
    this.#watch?.close();
  }

  #start(): void {
    this.#response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
    });
    this.#response.flushHeaders();
  }

  #send(type: string, object: object): void {
    const response = this.#response;
    if (this.#frozen || response.writableEnded || response.destroyed) {
      return;
    }
    if (!response.headersSent) {
      this.#start();
    }
    response.write(`${JSON.stringify({ type, object })}\n`);
    if (response.writableLength > MAX_BUFFERED_BYTES) {
      response.destroy();
    }
  }
}
