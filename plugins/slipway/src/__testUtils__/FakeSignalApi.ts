import type { SignalApi } from '@backstage/plugin-signals-react';

/** Signals in memory: `publish` is what the backend does. */
export class FakeSignalApi implements SignalApi {
  static create() {
    return new FakeSignalApi();
  }

  readonly #listeners = new Map<string, Set<(message: never) => void>>();

  private constructor() {}

  subscribe: SignalApi['subscribe'] = (channel, onMessage) => {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners);
    listeners.add(onMessage);
    return { unsubscribe: () => listeners.delete(onMessage) };
  };

  publish(channel: string, message: object) {
    for (const listener of this.#listeners.get(channel) ?? []) {
      listener(message as never);
    }
  }
}
