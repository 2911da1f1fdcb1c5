import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Change } from '@slipway/backstage-plugin-slipway-common';
import { Facts } from '../../layout';
import { configRepoRouteRef } from '../../routes';
import { RelativeTime } from '../../status';
import { useText } from '../../translation';
import { ChangeLink } from '../ChangeLink';
import { CommitId } from './CommitId';

const useStyles = makeStyles(
  theme => ({
    message: {
      margin: theme.spacing(2, 0, 0),
      fontFamily: 'inherit',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
    why: { whiteSpace: 'pre-wrap' },
  }),
  { name: 'SlipwayChangeFacts' },
);

function ChangeLinks(props: { changes: readonly number[] }) {
  return (
    <>
      {props.changes.map((change, index) => (
        <span key={change}>
          {index > 0 && ', '}
          <ChangeLink change={change} />
        </span>
      ))}
    </>
  );
}

/** Who did it, when and why, what became of it in Git, and the changes that belong to it. */
export function ChangeFacts(props: { change: Change }) {
  const { changeReason, commitUrl, message, summary, undoes, undoneBy } =
    props.change;
  const { authorName, authorRef, commit, configRepo, requestedAt } = summary;
  const classes = useStyles();
  const t = useText();
  const link = useRouteRef(configRepoRouteRef);
  const body = message.slice(message.indexOf(summary.title)).trim();
  return (
    <>
      <Facts
        facts={[
          {
            label: t('change.who'),
            value: authorRef ? (
              <EntityRefLink entityRef={authorRef} title={authorName} />
            ) : (
              authorName
            ),
          },
          {
            label: t('change.when'),
            value: <RelativeTime at={requestedAt} />,
          },
          {
            label: t('change.why'),
            value: changeReason && (
              <span className={classes.why}>{changeReason}</span>
            ),
          },
          {
            label: t('change.configRepo'),
            value: link ? (
              <Link to={link({ configRepo })}>{configRepo}</Link>
            ) : (
              configRepo
            ),
          },
          {
            label: t('change.commit'),
            value: commit ? (
              <CommitId commit={commit} url={commitUrl} />
            ) : (
              summary.state === 'Failed' && t('change.noCommit')
            ),
          },
          {
            label: t('change.undoes'),
            value: undoes !== undefined && <ChangeLink change={undoes} />,
          },
          {
            label: t('change.undoneBy'),
            value: undoneBy && undoneBy.length > 0 && (
              <ChangeLinks changes={undoneBy} />
            ),
          },
        ].map(({ label, value }) => ({ label, value: value || undefined }))}
      />
      {body !== summary.title && (
        <pre className={classes.message} aria-label={t('change.message')}>
          {body}
        </pre>
      )}
    </>
  );
}
