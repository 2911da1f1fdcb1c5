import { parseOperation } from './parseOperation';
import type { DraftOperation } from './types';

const PREFIX = 'slipway.draft';
/** Of all drafts in this browser: it keeps five million characters per site, and others need some. */
export const MAX_KEPT_CHARACTERS = 4_000_000;

export interface DraftSnapshot {
  operations: readonly DraftOperation[];
  kept: boolean;
  /** How often something of it was committed on this page. */
  commits: number;
}

function byPath(a: DraftOperation, b: DraftOperation): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

function keysFrom(storage: Storage, prefix: string): string[] {
  return Array.from(
    { length: storage.length },
    (_, index) => storage.key(index) ?? '',
  ).filter(key => key.startsWith(prefix));
}

/**
 * One person's draft of one config repo: in memory, and in the browser's storage under one key per file, so that tabs that edit
 * different files never overwrite each other's. What the storage does not take stays in memory.
 */
export class DraftStore {
  static create(options: {
    userEntityRef: string;
    configRepo: string;
    /** Throws where the browser keeps nothing for this site. */
    storage: () => Storage;
  }) {
    return new DraftStore(
      options.storage,
      `${[PREFIX, options.userEntityRef, options.configRepo]
        .map(encodeURIComponent)
        .join(' ')} `,
    );
  }

  readonly #storage: () => Storage;
  readonly #prefix: string;
  readonly #listeners = new Set<() => void>();
  readonly #operations = new Map<string, DraftOperation>();
  /** Paths of which the storage did not take the newest. */
  readonly #inMemory = new Set<string>();
  #commits = 0;
  #snapshot: DraftSnapshot = { operations: [], kept: true, commits: 0 };

  private constructor(storage: () => Storage, prefix: string) {
    this.#storage = storage;
    this.#prefix = prefix;
  }

  get snapshot(): DraftSnapshot {
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    if (this.#listeners.size === 0) {
      this.#load();
      window.addEventListener('storage', this.#onStorage);
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        window.removeEventListener('storage', this.#onStorage);
      }
    };
  }

  replace(removed: readonly string[], operations: readonly DraftOperation[]) {
    for (const path of removed) {
      this.#remove(path);
    }
    for (const operation of operations) {
      this.#operations.set(operation.path, operation);
      this.#keep(operation);
    }
    this.#changed();
  }

  /** Takes out exactly what was committed: what was edited since stays. */
  removeCommitted(committed: readonly DraftOperation[]) {
    this.#commits += 1;
    const gone = committed.filter(
      ({ path, at }) => this.#operations.get(path)?.at === at,
    );
    this.replace(
      gone.map(({ path }) => path),
      [],
    );
  }

  clear() {
    this.replace([...this.#operations.keys()], []);
  }

  #remove(path: string) {
    this.#operations.delete(path);
    this.#inMemory.delete(path);
    try {
      this.#storage().removeItem(this.#prefix + path);
    } catch {
      // Nothing was kept.
    }
  }

  #keep(operation: DraftOperation) {
    const key = this.#prefix + operation.path;
    const value = JSON.stringify(operation);
    try {
      const others = keysFrom(this.#storage(), PREFIX)
        .filter(other => other !== key)
        .reduce(
          (sum, other) =>
            sum + other.length + (this.#storage().getItem(other)?.length ?? 0),
          0,
        );
      if (others + key.length + value.length > MAX_KEPT_CHARACTERS) {
        this.#inMemory.add(operation.path);
        return;
      }
      this.#storage().setItem(key, value);
      this.#inMemory.delete(operation.path);
    } catch {
      this.#inMemory.add(operation.path);
    }
  }

  /** Reads what is kept; what is in memory only stays. */
  #load() {
    for (const path of [...this.#operations.keys()]) {
      if (!this.#inMemory.has(path)) {
        this.#operations.delete(path);
      }
    }
    try {
      for (const key of keysFrom(this.#storage(), this.#prefix)) {
        this.#read(key, this.#storage().getItem(key));
      }
    } catch {
      // The browser keeps nothing for this site.
    }
    this.#changed();
  }

  #read(key: string, value: string | null) {
    const path = key.slice(this.#prefix.length);
    const operation = parseOperation(value);
    if (this.#inMemory.has(path)) {
      return;
    }
    if (operation?.path === path) {
      this.#operations.set(path, operation);
    } else {
      this.#operations.delete(path);
    }
  }

  /** Another tab wrote. */
  readonly #onStorage = (event: StorageEvent) => {
    if (event.key === null) {
      this.#load();
    } else if (event.key.startsWith(this.#prefix)) {
      this.#read(event.key, event.newValue);
      this.#changed();
    }
  };

  #changed() {
    this.#snapshot = {
      operations: [...this.#operations.values()].sort(byPath),
      kept: this.#inMemory.size === 0,
      commits: this.#commits,
    };
    this.#listeners.forEach(listener => listener());
  }
}
