import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import type { Text } from '../translation';
import { relativeTime } from './relativeTime';

/**
 * The few words that go behind a status on its row: `2 of 12`, `gd offline · 3h ago`.
 * Reasons that need a sentence have none here: the tooltip tells them.
 */
export function shortReasonText(
  t: Text,
  reason: Reason,
  now: number,
  language: string,
): string | undefined {
  const { code, params } = reason;
  const { cluster, done, file, module, modules, since, total } = params;
  switch (code) {
    case 'operationRunning':
    case 'modulesProgressing':
      return done && total
        ? t('shortReason.progress', { done, total })
        : undefined;
    case 'clusterUnreachable':
      if (!cluster) {
        return undefined;
      }
      return since
        ? t('shortReason.clusterOfflineSince', {
            cluster,
            age: relativeTime(since, now, language),
          })
        : t('shortReason.clusterOffline', { cluster });
    case 'operationFailed':
      return module && t('shortReason.operationFailed', { module });
    case 'engineObjectMissing':
      return file && t('shortReason.engineObjectMissing', { file });
    case 'notSynced':
      return modules && t('shortReason.notSynced', { modules });
    case 'noModules':
      return t('shortReason.noModules');
    case 'comparisonFailed':
      return t('shortReason.comparisonFailed');
    case 'notReported':
      return t('shortReason.notReported');
    case 'neverReached':
      return t('shortReason.neverReached');
    default:
      return undefined;
  }
}
