import type {
  EngineObjectLive,
  LiveObject,
  LiveObjectState,
} from '@slipway/backstage-plugin-slipway-common';
import { engineName } from '../status';
import type { Text } from '../translation';

/** How an object is known: `apps/Deployment shop/cart`. */
export function objectName({ kind, name, namespace }: LiveObject): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** Where the desired state comes from, and so how far the answer goes. */
export function sourceText(t: Text, item: EngineObjectLive): string {
  const commit = item.commit?.slice(0, 10) ?? '…';
  switch (item.source) {
    case 'engine':
      return t('live.sourceEngine', {
        engine: engineName(item.engineObject.engine),
        commit,
      });
    case 'git':
      return t('live.sourceGit', { commit });
    case 'lastApplied':
      return t('live.sourceApplied');
    default:
      return t('live.sourceNone');
  }
}

/** The same state in other words where nobody knows what Git holds. */
export function stateText(
  t: Text,
  state: LiveObjectState,
  source: EngineObjectLive['source'],
): string {
  if (source === 'lastApplied' && state !== 'Unknown' && state !== 'Pruned') {
    return t(`liveApplied.${state}`);
  }
  return t(`liveState.${state}`);
}

const TOLD: readonly LiveObjectState[] = [
  'Created',
  'Changed',
  'Pruned',
  'Hook',
  'Unknown',
  'Same',
];

/** `1 would be created, 2 would be changed`; what there is none of is left out. */
export function countsText(t: Text, item: EngineObjectLive): string {
  const counts = TOLD.flatMap(state => {
    const count = item.counts[state] ?? 0;
    return count > 0 ? [`${count} ${stateText(t, state, item.source)}`] : [];
  });
  return counts.join(t('live.separator'));
}
