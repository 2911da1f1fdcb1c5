import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { environmentRouteRef } from '../routes';
import type { ListedModule } from './moduleFilters';

/** The environment of a module; it opens the environment's page. */
export function EnvironmentLink(props: { listed: ListedModule }) {
  const { environmentTitle, module } = props.listed;
  const { configRepo, environment } = module;
  const link = useRouteRef(environmentRouteRef);
  const title = environmentTitle ?? environment;
  return link ? (
    <Link to={link({ configRepo, environment })}>{title}</Link>
  ) : (
    <>{title}</>
  );
}
