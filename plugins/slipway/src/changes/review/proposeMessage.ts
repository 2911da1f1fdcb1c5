import type {
  ChangePlan,
  Rollback,
} from '@slipway/backstage-plugin-slipway-common';
import type { Text } from '../../translation';

const COMMIT_LENGTH = 7;

/** The summary that a person would write of a change, in the language of the app. */
export function proposeMessage(
  t: Text,
  options: {
    plan: Pick<ChangePlan, 'files'>;
    rollback?: Rollback;
    configRepo: string;
  },
): string {
  const { plan, rollback, configRepo } = options;
  if (rollback) {
    return proposeRollback(t, rollback);
  }
  const files = plan.files.filter(({ status }) => status !== 'unchanged');
  if (files.length === 0) {
    return '';
  }
  const [first] = files;
  const only = (status: string) => files.every(file => file.status === status);
  const environment = oneOf(files.map(file => file.environment));
  const module = environment && oneOf(files.map(file => file.module));
  const place = environment ?? configRepo;
  const number = String(files.length);
  const alone = files.length === 1;
  if (only('created')) {
    return alone
      ? t('review.addFile', { path: first.path })
      : t('review.addFiles', { number, place });
  }
  if (only('deleted')) {
    return alone
      ? t('review.removeFile', { path: first.path })
      : t('review.removeFiles', { number, place });
  }
  if (only('renamed') && alone && first.oldPath) {
    return t('review.renameFile', { from: first.oldPath, path: first.path });
  }
  if (environment && module) {
    return t('review.updateModule', { module, environment });
  }
  return alone
    ? t('review.updateFile', { path: first.path })
    : t('review.updateFiles', { number, place });
}

function proposeRollback(t: Text, rollback: Rollback): string {
  const { path, environment, module, revision, change } = rollback;
  const commit = (revision ?? '').slice(0, COMMIT_LENGTH);
  if (change !== undefined) {
    return t('review.undoChange', { change: String(change) });
  }
  return environment && module
    ? t('review.rollBackModule', { module, environment, commit })
    : t('review.restoreFile', { path: path ?? '', commit });
}

/** The value that all have, if they have one. */
function oneOf(values: Array<string | undefined>): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
