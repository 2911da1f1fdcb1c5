import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { EnvironmentPage } from '@slipway/backstage-plugin-slipway-common';
import { EmptyPanel } from '../states';
import { useText } from '../translation';
import { isNarrowed } from './environmentFilters';
import type { EnvironmentFiltersState } from './useEnvironmentFilters';
import type { EnvironmentScope } from './useEnvironments';

const annotation = `metadata:
  annotations:
    slipway.dev/config-repo: shop`;

const useStyles = makeStyles(
  theme => ({
    code: {
      margin: 0,
      padding: theme.spacing(2),
      overflowX: 'auto',
      userSelect: 'all',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
  }),
  { name: 'SlipwayEnvironmentsEmpty' },
);

/** A System or Domain shows what its parts name, unless it names something itself. */
function standsForParts(scope: EnvironmentScope): boolean {
  return 'entityRef' in scope && /^(system|domain):/.test(scope.entityRef);
}

function HowTo(props: { children?: ReactNode }) {
  const t = useText();
  const docsUrl = useApi(configApiRef).getOptionalString('slipway.docsUrl');
  return (
    <>
      {props.children}
      {docsUrl && <Link to={docsUrl}>{t('empty.docs')}</Link>}
    </>
  );
}

/** Why there is no row, and what to do about it. */
export function EnvironmentsEmpty(
  props: {
    page: EnvironmentPage;
    scope: EnvironmentScope;
  } & EnvironmentFiltersState,
) {
  const { page, scope, filters, change, clear } = props;
  const classes = useStyles();
  const t = useText();
  if (isNarrowed(filters)) {
    return (
      <EmptyPanel title={t('empty.matchTitle')} text={t('empty.match')}>
        <Button variant="outlined" onClick={clear}>
          {t('empty.clear')}
        </Button>
      </EmptyPanel>
    );
  }
  if (!filters.managed) {
    return (
      <EmptyPanel
        title={t('empty.unmanagedTitle')}
        text={t('empty.unmanaged')}
      />
    );
  }
  if (page.unmanaged > 0) {
    return (
      <EmptyPanel title={t('empty.managedTitle')} text={t('empty.managed')}>
        <Button variant="outlined" onClick={() => change({ managed: false })}>
          {t('empty.showUnmanaged')}
        </Button>
      </EmptyPanel>
    );
  }
  if ('cluster' in scope) {
    return (
      <EmptyPanel
        title={t('empty.onClusterTitle')}
        text={t('empty.onCluster')}
      />
    );
  }
  if (standsForParts(scope) && page.configRepos.length === 0) {
    return (
      <EmptyPanel title={t('empty.groupTitle')} text={t('empty.group')}>
        <HowTo>
          <Typography variant="body2">{t('empty.annotation')}</Typography>
          <Box textAlign="left" my={1}>
            <pre className={classes.code}>{annotation}</pre>
          </Box>
        </HowTo>
      </EmptyPanel>
    );
  }
  return (
    <EmptyPanel
      title={t('empty.environmentsTitle')}
      text={t('empty.environments')}
    >
      <HowTo />
    </EmptyPanel>
  );
}
