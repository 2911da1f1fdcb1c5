import type { Application } from '../../packages/lab/src';
import { now } from './clock';

interface Waiter {
  matches: (application: Application) => boolean;
  resolve: (at: number) => void;
}

/** The peer: one watch of a cluster's Applications with `fetch` and nothing else. */
export class PlainWatch {
  readonly #abort = new AbortController();
  readonly #waiters = new Set<Waiter>();
  readonly #url: string;

  private constructor(server: string) {
    this.#url = `${server}/apis/argoproj.io/v1alpha1/namespaces/argocd/applications`;
  }

  static async open(server: string): Promise<PlainWatch> {
    const watch = new PlainWatch(server);
    const list = await (await fetch(watch.#url)).json();
    const query = `watch=true&resourceVersion=${list.metadata.resourceVersion}`;
    const response = await fetch(`${watch.#url}?${query}`, {
      signal: watch.#abort.signal,
    });
    watch.#read(response).catch(error => {
      if (!watch.#abort.signal.aborted) throw error;
    });
    return watch;
  }

  /** When the first event came that matches, in ms since 1970. */
  seen(matches: Waiter['matches']): Promise<number> {
    return new Promise(resolve => this.#waiters.add({ matches, resolve }));
  }

  /** Changes an Application's status, as its controller would. */
  async patchStatus(name: string, status: object): Promise<void> {
    const response = await fetch(`${this.#url}/${name}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ status }),
    });
    if (!response.ok) throw new Error(await response.text());
    await response.arrayBuffer();
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      rest = lines.pop() ?? '';
      const at = now();
      for (const line of lines.filter(Boolean)) {
        this.#take(JSON.parse(line).object, at);
      }
    }
  }

  #take(application: Application, at: number): void {
    for (const waiter of this.#waiters) {
      if (waiter.matches(application)) {
        this.#waiters.delete(waiter);
        waiter.resolve(at);
      }
    }
  }
}
