import { cleanDetail, GitError } from './gitError';

/** Ends a request by its own signal when nothing moved for a while. */
export class IdleWatch {
  readonly signal: AbortSignal;
  readonly #outer: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #ms: number;

  constructor(ms: number, outer: AbortSignal) {
    this.#ms = ms;
    this.#outer = outer;
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
    this.#timer = setTimeout(() => this.#controller.abort(), ms);
  }

  touch(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  explain(error: unknown): unknown {
    if (this.#outer.aborted) {
      return this.#outer.reason;
    }
    if (this.#controller.signal.aborted) {
      const seconds = this.#ms / 1000;
      return new GitError('timeout', `no answer for ${seconds} seconds`);
    }
    if (error instanceof GitError) {
      return error;
    }
    return new GitError('unreachable', describe(error), error);
  }
}

/** The code that Node or undici gave to an error. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

function describe(error: unknown): string {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  return cleanDetail(
    code && !message.includes(code) ? `${message} (${code})` : message,
  );
}
