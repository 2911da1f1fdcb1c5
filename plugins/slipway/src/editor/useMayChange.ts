import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  FilePlace,
  slipwayChangeCreatePermission,
  slipwayConfigRepoAdminPermission,
  stringifyEnvironmentRef,
} from '@slipway/backstage-plugin-slipway-common';

/** Whether the signed-in person may change something, and if not, what they lack. */
export type MayChange =
  | { status: 'loading' }
  | { status: 'allowed' }
  | { status: 'denied'; permission: string };

/** The environments that a change to a file reaches. */
export function environmentsOf(place: FilePlace): string[] {
  const { environment, touches } = place;
  return [
    ...new Set([
      ...(environment ? [environment] : []),
      ...touches.map(touched => touched.environment),
    ]),
  ].sort();
}

/**
 * Asks whether somebody may change files: `slipway.change.create` on every environment that it reaches, and where it reaches none,
 * `slipway.config-repo.admin`. Nothing is asked until the environments are known. The backend judges again.
 */
export function useMayChange(
  configRepo: string,
  environments: readonly string[] | undefined,
): MayChange {
  const permissions = useApi(permissionApiRef);
  const [answer, setAnswer] = useState<{ key: string; result: MayChange }>();
  const key = JSON.stringify([configRepo, environments]);
  useEffect(() => {
    const [repo, names]: [string, string[] | null] = JSON.parse(key);
    if (!names) {
      return undefined;
    }
    let current = true;
    const permission =
      names.length > 0
        ? slipwayChangeCreatePermission
        : slipwayConfigRepoAdminPermission;
    const refs =
      names.length > 0
        ? names.map(environment =>
            stringifyEnvironmentRef({ configRepo: repo, environment }),
          )
        : [repo];
    const denied: MayChange = { status: 'denied', permission: permission.name };
    Promise.all(
      refs.map(resourceRef =>
        permissions.authorize({ permission, resourceRef }),
      ),
    ).then(
      decisions =>
        current &&
        setAnswer({
          key,
          result: decisions.every(({ result }) => String(result) === 'ALLOW')
            ? { status: 'allowed' }
            : denied,
        }),
      () => current && setAnswer({ key, result: denied }),
    );
    return () => {
      current = false;
    };
  }, [permissions, key]);
  return answer?.key === key ? answer.result : { status: 'loading' };
}
