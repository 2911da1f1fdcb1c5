import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { environmentFilesRouteRef, moduleRouteRef } from '../../routes';
import { useText } from '../../translation';
import type { ChangeScope } from './useChanges';

/** Where a change begins: the files of what the list is about. Nothing where it is about more than one environment. */
export function FilesLink(props: { scope: ChangeScope }) {
  const { scope } = props;
  const t = useText();
  const filesOf = useRouteRef(environmentFilesRouteRef);
  const moduleOf = useRouteRef(moduleRouteRef);
  if (!('configRepo' in scope) || !scope.environment) {
    return null;
  }
  const { configRepo, environment, module } = scope;
  const to = module
    ? moduleOf && `${moduleOf({ configRepo, environment, module })}?tab=files`
    : filesOf?.({ configRepo, environment });
  return to ? (
    <LinkButton to={to} variant="outlined">
      {t('changes.openFiles')}
    </LinkButton>
  ) : null;
}
