import type { SignalsService } from '@backstage/plugin-signals-node';
import type { ChangeFeed } from './ChangeFeed';

/** Channel on which open pages hear that something changed. */
const CHANNEL = 'slipway';

/**
 * Tells open pages that something changed, never what: they refetch with their own rights. Each replica tells the
 * pages that are connected to it, so this needs no shared events backend.
 */
export function publishChanges(options: {
  feed: ChangeFeed;
  signals: SignalsService;
}): void {
  const { feed, signals } = options;
  feed.subscribe(sequence =>
    signals.publish({
      recipients: { type: 'broadcast' },
      channel: CHANNEL,
      message: { sequence },
    }),
  );
}
