import { memo } from 'react';
import ReportProblemOutlined from '@material-ui/icons/ReportProblemOutlined';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/backstage-plugin-slipway-common';
import { environmentRouteRef } from '../routes';
import { Age, Hint, reasonText, RelativeTime } from '../status';
import { useLanguage, useText } from '../translation';
import { DeployStatus, isStale } from './DeployStatus';
import { EnvironmentFacts } from './EnvironmentFacts';
import { ModuleCountMarks } from './ModuleCountMarks';
import { useTableStyles } from './tableStyles';

function Findings(props: { environment: Environment }) {
  const { findings } = props.environment;
  const t = useText();
  const language = useLanguage();
  if (findings.length === 0) {
    return null;
  }
  return (
    <Hint
      hint={findings.map((finding, index) => (
        <p key={index}>{reasonText(t, finding, language)}</p>
      ))}
    >
      <ReportProblemOutlined fontSize="inherit" aria-hidden />
      &nbsp;{t('environments.findings', { count: findings.length })}
    </Hint>
  );
}

function LastChange(props: { environment: Environment }) {
  const { lastChange } = props.environment;
  if (!lastChange) {
    return null;
  }
  return (
    <div>
      <RelativeTime at={lastChange.at} />
      {' · '}
      <Hint hint={`${lastChange.commit.slice(0, 7)} ${lastChange.subject}`}>
        {lastChange.authorName}
      </Hint>
    </div>
  );
}

function Row(props: { environment: Environment }) {
  const { environment } = props;
  const classes = useTableStyles();
  const link = useRouteRef(environmentRouteRef);
  const stale = isStale(environment);
  const href = link?.({
    configRepo: environment.configRepo,
    environment: environment.name,
  });
  const title = environment.title ?? environment.name;

  return (
    <div role="row" className={`${classes.row} ${stale ? classes.stale : ''}`}>
      <div role="cell" className={classes.stage}>
        {environment.stage && (
          <span className={classes.stageChip}>{environment.stage}</span>
        )}
      </div>
      <div role="rowheader" className={classes.name}>
        {href ? (
          <Link to={href} className={classes.title}>
            {title}
          </Link>
        ) : (
          <strong>{title}</strong>
        )}
        <EnvironmentFacts environment={environment} />
      </div>
      <div role="cell" className={classes.status}>
        <span className={classes.above}>
          <DeployStatus environment={environment} />
        </span>
        <div className={classes.above}>
          <Findings environment={environment} />
        </div>
      </div>
      <div role="cell" className={classes.counts}>
        <div className={classes.above}>
          <ModuleCountMarks environment={environment} href={href} />
        </div>
      </div>
      <div role="cell" className={classes.version}>
        {environment.version}
      </div>
      <div role="cell" className={classes.change}>
        <div className={classes.above}>
          <LastChange environment={environment} />
          {!stale && <Age asOf={environment.asOf} />}
        </div>
      </div>
    </div>
  );
}

/** One environment. Its title opens it, and so does the row. */
export const EnvironmentRow = memo(Row);
