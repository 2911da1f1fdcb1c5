import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { EnvironmentPage } from '@slipway/backstage-plugin-slipway-common';
import { ConfigRepoFailure } from '../configRepos';
import { parseFilters, useEnvironments } from '../environments';
import { FindingAlert } from '../findings';
import { Body } from '../layout';
import { entityEnvironmentsRouteRef } from '../routes';
import { errorKind, ErrorState, LoadingRows, StaleNote } from '../states';
import { useText } from '../translation';
import { EnvironmentItem } from './EnvironmentItem';

/** More than these are a matter for the tab. */
const CARD_ROWS = 8;
const firstRows = { ...parseFilters(new URLSearchParams()), rows: CARD_ROWS };

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    links: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      marginTop: theme.spacing(2),
    },
  }),
  { name: 'SlipwayEntityCard' },
);

function EnvironmentList(props: { page: EnvironmentPage }) {
  const { page } = props;
  const classes = useStyles();
  const t = useText();
  const allLink = useRouteRef(entityEnvironmentsRouteRef);
  const hidden = page.total - page.items.length;
  const words =
    hidden > 0 ? t('card.more', { count: hidden }) : t('environments.all');
  return (
    <>
      {page.findings.map((finding, index) => (
        <FindingAlert key={index} finding={finding} />
      ))}
      {page.configRepos.map(configRepo => (
        <ConfigRepoFailure key={configRepo.name} configRepo={configRepo} />
      ))}
      <ul className={classes.list} aria-label={t('environments.list')}>
        {page.items.map(environment => (
          <EnvironmentItem
            key={`${environment.configRepo}/${environment.name}`}
            environment={environment}
          />
        ))}
      </ul>
      {allLink ? (
        <div className={classes.links}>
          <Link to={allLink()}>{words}</Link>
          {page.unmanaged > 0 && (
            <Link to={`${allLink()}?view=unmanaged`}>
              {t('environments.unmanaged', { number: String(page.unmanaged) })}
            </Link>
          )}
        </div>
      ) : (
        // The tab is switched off; that there is more is still worth saying.
        hidden > 0 && <p>{words}</p>
      )}
    </>
  );
}

function Card(props: { children: ReactNode }) {
  const t = useText();
  return (
    <InfoCard title={t('card.title')}>
      <Body>{props.children}</Body>
    </InfoCard>
  );
}

function EnvironmentsCard(props: { entityRef: string }) {
  const t = useText();
  const query = useEnvironments({ entityRef: props.entityRef }, firstRows);
  switch (query.status) {
    case 'loading':
      return (
        <Card>
          <LoadingRows label={t('environments.loading')} rows={2} />
        </Card>
      );
    case 'error':
      // A card that only says what one may not see is no use on an overview.
      return errorKind(query.error) === 'failed' ? (
        <Card>
          <ErrorState
            error={query.error}
            title={t('error.environments')}
            permission="slipway.environment.read"
            onRetry={query.refetch}
          />
        </Card>
      ) : null;
    default: {
      const { value: page } = query;
      const nothing =
        page.managed + page.unmanaged + page.findings.length === 0;
      return nothing ? null : (
        <Card>
          {query.refetchError && (
            <StaleNote
              error={query.refetchError}
              loadedAt={query.loadedAt}
              onRetry={query.refetch}
            />
          )}
          <EnvironmentList page={page} />
        </Card>
      );
    }
  }
}

/** The overview card of a catalog entity: where it is delivered to, and how it stands there. */
export function EntitySlipwayCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return <EnvironmentsCard key={entityRef} entityRef={entityRef} />;
}
