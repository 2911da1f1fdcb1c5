import { setTimeout as pause } from 'timers/promises';
import { inspect } from 'util';
import type { PortalProcess } from './PortalProcess';
import { versionsOf } from './Writers';

/** Reads what a portal shows several times a second, and notes what it shows as it was before. */
export class PageWatch {
  /** Empty as long as every module only ever moved on. */
  readonly setbacks: string[] = [];
  looks = 0;
  readonly #portal: PortalProcess;
  readonly #latest = new Map<string, number>();
  readonly #ended: Promise<void>;
  #isStopping = false;

  static start(portal: PortalProcess): PageWatch {
    return new PageWatch(portal);
  }

  private constructor(portal: PortalProcess) {
    this.#portal = portal;
    this.#ended = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping && this.#portal.isRunning) {
      try {
        this.#compare(versionsOf(await this.#portal.modules()));
      } catch (error) {
        if (this.#portal.isRunning) {
          this.setbacks.push(`it did not answer: ${inspect(error)}`);
        }
      }
      await pause(200);
    }
  }

  #compare(versions: ReadonlyMap<string, number>): void {
    this.looks += 1;
    for (const [key, version] of versions) {
      const known = this.#latest.get(key) ?? 0;
      if (version < known) {
        this.setbacks.push(`${key}: ${known}, then ${version}`);
      }
      this.#latest.set(key, version);
    }
  }
}
