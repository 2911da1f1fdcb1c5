import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { FileComparison } from '@slipway/backstage-plugin-slipway-common';
import { environmentFilesRouteRef } from '../routes';
import { useText } from '../translation';
import type { Sides } from './sides';

/** The way to both files line by line, or to the one that there is. */
export function FileLinks(props: { file: FileComparison; sides: Sides }) {
  const { file, sides } = props;
  const { leftPath, path, rightPath } = file;
  const t = useText();
  const link = useRouteRef(environmentFilesRouteRef);
  const { configRepo } = sides;
  const linkTo = (environment: string, query: { [name: string]: string }) =>
    `${link?.({ configRepo, environment })}?${new URLSearchParams({
      repo: configRepo,
      ...query,
    })}`;
  if (!link) {
    return null;
  }
  if (leftPath && rightPath) {
    return (
      <Link
        to={linkTo(sides.left, {
          file: leftPath,
          view: 'compare',
          with: rightPath,
        })}
        aria-label={t('compare.sideBySideOf', { path })}
      >
        {t('compare.sideBySide')}
      </Link>
    );
  }
  const only = leftPath ?? rightPath;
  return only ? (
    <Link
      to={linkTo(leftPath ? sides.left : sides.right, { file: only })}
      aria-label={t('compare.openOf', { path })}
    >
      {t('compare.open')}
    </Link>
  ) : null;
}
