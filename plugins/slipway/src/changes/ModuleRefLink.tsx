import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { ModuleRef } from '@slipway/backstage-plugin-slipway-common';
import { moduleRouteRef } from '../routes';

/** A module that a change names; it opens the module's page. Without words of its own it says `prod2/checkout`. */
export function ModuleRefLink(props: {
  configRepo: string;
  moduleRef: ModuleRef;
  children?: string;
}) {
  const { configRepo, moduleRef } = props;
  const { environment, module } = moduleRef;
  const words = props.children ?? `${environment}/${module}`;
  const link = useRouteRef(moduleRouteRef);
  return link ? (
    <Link to={link({ configRepo, environment, module })}>{words}</Link>
  ) : (
    <>{words}</>
  );
}
