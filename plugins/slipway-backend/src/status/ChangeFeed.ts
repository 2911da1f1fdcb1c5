import type { LoggerService } from '@backstage/backend-plugin-api';

/** Called with the newest sequence; calls never overlap and may skip values. */
export type ChangeListener = (sequence: number) => Promise<void> | void;

export interface ChangeFeedOptions {
  /** Reads the sequence that every replica shares. */
  currentSequence: () => Promise<number>;
  logger: LoggerService;
  /** How often to look for what other replicas wrote. */
  pollMilliseconds?: number;
}

/**
 * Tells listeners that the read model moved: at once for writes of this process, within a poll for writes of others.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #listeners = new Set<ChangeListener>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #seen = -1;
  #looking: Promise<void> | undefined;
  #again = false;

  private constructor(options: ChangeFeedOptions) {
    this.#options = options;
  }

  static create(options: ChangeFeedOptions): ChangeFeed {
    return new ChangeFeed(options);
  }

  start(): void {
    this.#timer = setInterval(
      () => this.notify(),
      this.#options.pollMilliseconds ?? 1000,
    );
    this.notify();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#listeners.clear();
    await this.#looking;
  }

  /** Says that this process wrote; cheap, call it after every commit. */
  notify(): void {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (this.#again) {
        this.#again = false;
        this.notify();
      }
    });
  }

  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #look(): Promise<void> {
    try {
      const sequence = await this.#options.currentSequence();
      if (sequence === this.#seen) return;
      this.#seen = sequence;
      for (const listener of [...this.#listeners]) {
        await listener(sequence);
      }
    } catch (error) {
      this.#options.logger.warn(
        'Could not follow the read model',
        error as Error,
      );
    }
  }
}
