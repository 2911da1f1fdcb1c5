import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { Module } from '@slipway/backstage-plugin-slipway-common';
import { moduleRouteRef } from '../routes';

/** A module's title; it opens the module's page. */
export function ModuleLink(props: { module: Module; className?: string }) {
  const { className, module } = props;
  const link = useRouteRef(moduleRouteRef);
  const title = module.title ?? module.name;
  if (!link) {
    return <strong className={className}>{title}</strong>;
  }
  const { configRepo, environment, name } = module;
  return (
    <Link
      className={className}
      to={link({ configRepo, environment, module: name })}
    >
      {title}
    </Link>
  );
}
