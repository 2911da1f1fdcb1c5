import { Socket } from 'net';
import { LinkState } from './types';

const MAX_WAITING_BYTES = 1024 * 1024;

/** One direction of one connection. */
export class Pipe {
  readonly #source: Socket;
  readonly #target: Socket;
  #state: LinkState = { type: 'open' };
  /** In order; `undefined` stands for the end of the stream. */
  readonly #waiting: Array<{ chunk: Buffer | undefined; due: number }> = [];
  #waitingBytes = 0;
  /** When the last byte that was accepted has passed. */
  #free = 0;
  #timer: NodeJS.Timeout | undefined;

  static create(source: Socket, target: Socket): Pipe {
    return new Pipe(source, target);
  }

  private constructor(source: Socket, target: Socket) {
    this.#source = source;
    this.#target = target;
    source.on('data', chunk => this.#accept(chunk));
    source.on('end', () => this.#accept(undefined));
    target.on('drain', () => this.#forward());
  }

  /** What is on its way already keeps its time, and waits while the link is stalled. */
  setState(state: LinkState): void {
    this.#state = state;
    this.#forward();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }

  #accept(chunk: Buffer | undefined): void {
    this.#waiting.push({ chunk, due: this.#dueTime(chunk?.length ?? 0) });
    this.#waitingBytes += chunk?.length ?? 0;
    if (this.#waitingBytes > MAX_WAITING_BYTES) {
      this.#source.pause();
    }
    this.#forward();
  }

  #dueTime(bytes: number): number {
    const now = Date.now();
    if (this.#state.type !== 'slow') {
      return now;
    }
    const { delayMs, bytesPerSecond = Infinity } = this.#state;
    this.#free = Math.max(this.#free, now) + (bytes / bytesPerSecond) * 1000;
    return this.#free + delayMs;
  }

  #forward(): void {
    clearTimeout(this.#timer);
    if (this.#state.type === 'stalled') {
      return;
    }
    for (
      let next = this.#waiting[0];
      next && !this.#target.writableNeedDrain;
      next = this.#waiting[0]
    ) {
      const wait = next.due - Date.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#forward(), wait);
        return;
      }
      this.#waiting.shift();
      if (next.chunk) {
        this.#waitingBytes -= next.chunk.length;
        this.#target.write(next.chunk);
      } else {
        this.#target.end();
      }
    }
    if (this.#waitingBytes <= MAX_WAITING_BYTES) {
      this.#source.resume();
    }
  }
}
