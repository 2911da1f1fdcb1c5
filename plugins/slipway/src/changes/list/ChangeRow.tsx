import { memo } from 'react';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { ChangeSummary } from '@slipway/backstage-plugin-slipway-common';
import { RelativeTime, StateMark } from '../../status';
import { useText } from '../../translation';
import { ChangeLink } from '../ChangeLink';
import { ChangeModules } from './ChangeModules';

const useStyles = makeStyles(
  theme => ({
    row: { position: 'relative' },
    title: {
      fontWeight: theme.typography.fontWeightBold as number,
      overflowWrap: 'anywhere',
      // The whole row opens the change; what is above it keeps its own pointer.
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    above: { position: 'relative', zIndex: 1 },
    subtle: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'SlipwayChangeRow' },
);

/** Which columns a list has. */
export interface ChangeColumns {
  /** Left out where the page is about one module. */
  modules: 'all' | 'inEnvironment' | 'none';
  /** Kind, author and time below the title instead of in columns. */
  narrow: boolean;
}

function Row(props: { summary: ChangeSummary; columns: ChangeColumns }) {
  const { columns, summary } = props;
  const { authorName, files, id, kind, requestedAt, title } = summary;
  const classes = useStyles();
  const t = useText();
  const state = (
    <StateMark
      of="change"
      state={summary.state}
      since={summary.since}
      reason={summary.reason}
    />
  );
  return (
    <TableRow hover className={classes.row}>
      <TableCell>#{id}</TableCell>
      <TableCell component="th" scope="row" variant="body">
        <ChangeLink change={id} className={classes.title}>
          {title}
        </ChangeLink>
        <div className={classes.subtle}>
          {columns.narrow && (
            <>
              {t(`changeKind.${kind}`)} · {authorName} ·{' '}
              <span className={classes.above}>
                <RelativeTime at={requestedAt} />
              </span>
              {' · '}
            </>
          )}
          {t('changes.files', { count: files })}
        </div>
      </TableCell>
      {!columns.narrow && <TableCell>{t(`changeKind.${kind}`)}</TableCell>}
      <TableCell>
        <span className={classes.above}>{state}</span>
      </TableCell>
      {columns.modules !== 'none' && (
        <TableCell>
          <div className={classes.above}>
            <ChangeModules
              summary={summary}
              inEnvironment={columns.modules === 'inEnvironment'}
            />
          </div>
        </TableCell>
      )}
      {!columns.narrow && (
        <>
          <TableCell>{authorName}</TableCell>
          <TableCell>
            <span className={classes.above}>
              <RelativeTime at={requestedAt} />
            </span>
          </TableCell>
        </>
      )}
    </TableRow>
  );
}

/** One change; the row opens it. */
export const ChangeRow = memo(Row);
