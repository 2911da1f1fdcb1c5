export interface EventBatcherOptions<T> {
  deliver(batch: T[]): Promise<void>;
  /** Called once, when a delivery that nobody awaits was rejected. */
  onFailure(): void;
  maximumSize: number;
  /** How long an event may wait for others. */
  maximumDelayMilliseconds: number;
}

/**
 * Gathers events and delivers them in order, never two batches at once.
 * `add` waits while a full batch is being delivered, which holds the sender back and bounds the memory.
 */
export class EventBatcher<T> {
  readonly #options: EventBatcherOptions<T>;
  #pending: T[] = [];
  #timer: NodeJS.Timeout | undefined;
  #deliveries: Promise<void> = Promise.resolve();

  constructor(options: EventBatcherOptions<T>) {
    this.#options = options;
  }

  async add(event: T): Promise<void> {
    this.#pending.push(event);
    if (this.#pending.length >= this.#options.maximumSize) {
      await this.flush();
    } else {
      this.#timer ??= setTimeout(() => {
        this.flush().catch(() => this.#options.onFailure());
      }, this.#options.maximumDelayMilliseconds);
    }
  }

  /** Resolves when everything added so far is delivered; after a rejection it rejects for good. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#deliveries = this.#deliveries.then(async () => {
      const batch = this.#pending;
      this.#pending = [];
      if (batch.length > 0) {
        await this.#options.deliver(batch);
      }
    });
    return this.#deliveries;
  }

  /** Forgets what is not delivered yet. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
  }
}
