import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { changeNotification } from './notification';
import type { FollowedChange } from './types';

const ATTEMPTS = 5;
const PAUSE_MILLISECONDS = 5_000;

/**
 * Tells people how their changes ended. Should a process die between telling and recording it, the same is told again: the scope makes
 * it the same notification.
 */
export class EndNotifier {
  readonly #configRepo: string;
  #notify:
    | ((notification: NotificationSendOptions) => Promise<void>)
    | undefined;
  readonly #logger: LoggerService;
  readonly #failures = new Map<number, { count: number; at: number }>();

  constructor(options: {
    configRepo: string;
    notify?: (notification: NotificationSendOptions) => Promise<void>;
    logger: LoggerService;
  }) {
    this.#configRepo = options.configRepo;
    this.#notify = options.notify;
    this.#logger = options.logger;
  }

  /** @returns changes of which nobody is to be told any more */
  async tell(changes: readonly FollowedChange[]): Promise<number[]> {
    const told: number[] = [];
    for (const change of changes) {
      if (await this.#tellOne(change)) told.push(change.id);
    }
    return told;
  }

  async #tellOne(change: FollowedChange): Promise<boolean> {
    const notification = changeNotification(this.#configRepo, change);
    if (!this.#notify || !notification) return true;
    const failed = this.#failures.get(change.id);
    const pause = failed ? failed.at + PAUSE_MILLISECONDS : 0;
    if (performance.now() < pause) return false;
    try {
      await this.#notify(notification);
    } catch (error) {
      if (isNotInstalled(error)) {
        this.#notify = undefined;
        this.#logger.info(
          'This portal has no notifications, so nobody is told how changes end',
        );
        return true;
      }
      const count = (failed?.count ?? 0) + 1;
      this.#failures.set(change.id, { count, at: performance.now() });
      this.#logger.warn(
        `Nobody could be told how change ${change.id} of config repo '${
          this.#configRepo
        }' ended`,
        error as Error,
      );
      if (count < ATTEMPTS) return false;
    }
    this.#failures.delete(change.id);
    return true;
  }
}

/** The service says no more than this of a backend without the notifications plugin. */
function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && /status 404\b/.test(error.message);
}
