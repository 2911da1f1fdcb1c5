import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ModuleDetails } from '@slipway/backstage-plugin-slipway-common';
import { Facts } from '../layout';
import { Age, engineName, engineObjectName } from '../status';
import { useText } from '../translation';
import { EnvironmentLink } from './EnvironmentLink';
import { Images } from './Images';
import { LastChange } from './LastChange';
import { MadeBy } from './MadeBy';
import { worstState } from './worstState';

/** Where and what a module is. */
export function ModuleFacts(props: { details: ModuleDetails }) {
  const { details } = props;
  const { engineObjects, forgeUrl, module } = details;
  const t = useText();
  const { asOf, stale } = worstState(module.states);
  return (
    <Facts
      facts={[
        {
          label: t('module.environment'),
          value: <EnvironmentLink listed={details} />,
        },
        {
          label: t('module.path'),
          value: forgeUrl ? (
            <Link to={forgeUrl}>
              <code>{module.path}</code>
            </Link>
          ) : (
            <code>{module.path}</code>
          ),
        },
        { label: t('module.description'), value: module.description },
        {
          label: t('module.version'),
          value:
            module.version || module.images.length > 0 ? (
              <Images images={module.images} version={module.version} />
            ) : undefined,
        },
        {
          label: t('module.lastChange'),
          value: module.lastChange && (
            <>
              <LastChange change={module.lastChange} /> ·{' '}
              {module.lastChange.subject}
            </>
          ),
        },
        {
          label: t('module.component'),
          value: module.entityRef && (
            <EntityRefLink entityRef={parseEntityRef(module.entityRef)} />
          ),
        },
        {
          label: t('module.engineObject'),
          value:
            engineObjects.length > 0
              ? engineObjects
                  .map(
                    ({ ref }) =>
                      `${engineName(ref.engine)} ${engineObjectName(ref)}`,
                  )
                  .join(', ')
              : undefined,
        },
        {
          label: t('module.madeBy'),
          value: engineObjects.some(({ madeBy }) => madeBy) ? (
            <MadeBy engineObjects={engineObjects} />
          ) : undefined,
        },
        {
          label: t('cluster.heard'),
          value:
            asOf || stale ? (
              <Age asOf={asOf} offline={stale} evenFresh />
            ) : undefined,
        },
      ]}
    />
  );
}
