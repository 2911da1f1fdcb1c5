import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { ChangeFeed } from './ChangeFeed';

/** Channel on which open pages hear that something changed. */
const CHANNEL = 'slipway';

/** A flood of changes becomes a few signals. */
const PAUSE_MILLISECONDS = 100;

/**
 * Tells open pages that something changed, never what: they refetch with their own rights. Each replica tells the
 * pages that are connected to it, so this needs no shared events backend.
 */
export function publishChanges(options: {
  feed: Pick<ChangeFeed, 'subscribe'>;
  signals: SignalsService;
  /** Whether what took this value of the sequence shows on no page. */
  isInvisible: (sequence: number) => Promise<boolean>;
  logger: LoggerService;
}): void {
  const { feed, signals, isInvisible, logger } = options;
  let seen: number | undefined;
  let newest: number | undefined;
  let publishing = false;

  async function publish(): Promise<void> {
    publishing = true;
    while (newest !== undefined) {
      const sequence = newest;
      newest = undefined;
      try {
        await signals.publish({
          recipients: { type: 'broadcast' },
          channel: CHANNEL,
          message: { sequence },
        });
      } catch (error) {
        logger.warn('Open pages could not be told of a change', error as Error);
      }
      await sleep(PAUSE_MILLISECONDS);
    }
    publishing = false;
  }

  feed.subscribe(async sequence => {
    // Pages refetch only so often: what changes nothing would delay what comes of it.
    const isNext = seen !== undefined && sequence === seen + 1;
    seen = sequence;
    if (isNext && (await isInvisible(sequence))) return;
    newest = sequence;
    if (!publishing) publish();
  });
}
