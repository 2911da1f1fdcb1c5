import { ComponentType, ReactNode } from 'react';
import { compatWrapper } from '@backstage/core-compat-api';
import { Progress } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import { slipwayViewPermission } from '@slipway/backstage-plugin-slipway-common';
import { EmptyPanel } from '../states';
import { useText } from '../translation';

function Denied() {
  const t = useText();
  return (
    <EmptyPanel
      title={t('error.deniedTitle')}
      text={t('error.denied', { permission: slipwayViewPermission.name })}
    />
  );
}

function ViewGate(props: { children: ReactNode; quiet?: boolean }) {
  const { loading, allowed } = usePermission({
    permission: slipwayViewPermission,
  });
  if (loading) {
    return props.quiet ? null : <Progress />;
  }
  if (allowed) {
    return <>{props.children}</>;
  }
  return props.quiet ? null : <Denied />;
}

/**
 * Lets a component of the new frontend system run in the legacy one, which has no permission predicates on extensions:
 * the check happens inside. `quiet` shows nothing where the answer is no.
 */
export function withView(
  Component: ComponentType,
  options?: { quiet?: boolean },
): () => JSX.Element {
  return function Viewed() {
    return compatWrapper(
      <ViewGate quiet={options?.quiet}>
        <Component />
      </ViewGate>,
    );
  };
}
