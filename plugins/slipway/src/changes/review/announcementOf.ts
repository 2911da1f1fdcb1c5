import type { Text } from '../../translation';
import type { CommitState } from './useCommit';
import type { PlanState } from './usePlan';

/** What a screen reader is told of a review's steps. */
export function announcementOf(
  t: Text,
  planState: PlanState,
  commitState: CommitState,
): string {
  if (commitState.status === 'committing') {
    return t('review.committing');
  }
  if (commitState.status === 'committed') {
    const { state } = commitState.change.summary;
    return state === 'Accepted' || state === 'Pushing'
      ? t('review.accepted')
      : t('review.committed');
  }
  if (planState.status === 'error') {
    return t('review.planError');
  }
  if (planState.status === 'planning') {
    return t('review.planning');
  }
  if (planState.outdated) {
    return t('review.replanning');
  }
  const { files, findings } = planState.plan;
  return t('review.ready', {
    files: t('review.files', { count: files.length }),
    errors: t('review.errors', {
      count: findings.filter(({ severity }) => severity === 'error').length,
    }),
  });
}
