import type { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { changeRouteRef } from '../routes';

/** `#131`, or other words for a change; it opens the change's page. */
export function ChangeLink(props: {
  change: number;
  className?: string;
  children?: ReactNode;
}) {
  const { change, children = `#${change}`, className } = props;
  const link = useRouteRef(changeRouteRef);
  return link ? (
    <Link className={className} to={link({ change: String(change) })}>
      {children}
    </Link>
  ) : (
    <span className={className}>{children}</span>
  );
}
