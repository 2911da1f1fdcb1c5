import { memo, ReactNode, Ref } from 'react';
import IconButton from '@material-ui/core/IconButton';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import type {
  CopiedFile,
  CopyPlace,
} from '@slipway/backstage-plugin-slipway-common';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';
import { CopiedFileMark } from './CopiedFileMark';
import { isWritten } from './copiedFileOrder';
import { shortPath } from './shortPath';

const useStyles = makeStyles(
  theme => ({
    // The theme stripes the rows of each body, and here each row is a body of its own.
    row: { '&&': { backgroundColor: theme.palette.background.paper } },
    first: { '& > *': { borderTop: `2px solid ${theme.palette.divider}` } },
    repeated: { color: theme.palette.textSubtle },
    module: { minWidth: 180, verticalAlign: 'top', overflowWrap: 'anywhere' },
    file: { minWidth: 300, width: '40%', verticalAlign: 'top' },
    name: { display: 'flex', alignItems: 'flex-start' },
    path: { overflowWrap: 'anywhere' },
    top: { verticalAlign: 'top' },
    remark: { minWidth: 200, verticalAlign: 'top' },
    toggle: { padding: theme.spacing(0.25), marginRight: theme.spacing(0.5) },
    // A table in it is not one of ours.
    details: { padding: 0, '&& th': { minWidth: 0 } },
  }),
  { name: 'SlipwayCopiedFileRow' },
);

export interface CopiedFileRowProps {
  file: CopiedFile;
  source: CopyPlace;
  target: CopyPlace;
  /** The row above is of another module. */
  first: boolean;
  /** The copy has been carried out. */
  done: boolean;
  index: number;
  measure?: Ref<HTMLTableSectionElement>;
  open: boolean;
  /** Opens and closes the details, where there are any. */
  onToggle?: (path: string) => void;
  /** Draws the details while the row is open. */
  detailsOf?: (file: CopiedFile) => ReactNode;
}

function Remarks(props: { file: CopiedFile }) {
  const { overwrites, remarks, values } = props.file;
  const t = useText();
  const language = useLanguage();
  return (
    <>
      {overwrites && isWritten(props.file) && <div>{t('copy.overwrites')}</div>}
      {values > 0 && <div>{t('copy.values', { count: values })}</div>}
      {remarks.map((remark, index) => (
        <div key={index}>{reasonText(t, remark, language)}</div>
      ))}
    </>
  );
}

function Row(props: CopiedFileRowProps) {
  const { detailsOf, done, file, first, index, onToggle, open } = props;
  const { from, module, path, status, type } = file;
  const classes = useStyles();
  const t = useText();
  const to = shortPath(path, props.target, module);
  const name = from ? `${shortPath(from, props.source, module)} → ${to}` : to;
  const Icon = open ? ExpandLess : ExpandMore;
  return (
    <TableBody ref={props.measure} data-index={index}>
      <TableRow
        hover
        aria-rowindex={index + 2}
        className={`${classes.row} ${first && index > 0 ? classes.first : ''}`}
      >
        <TableCell
          className={`${classes.module} ${first ? '' : classes.repeated}`}
        >
          {type === 'file' && module
            ? `${module} → ${module}`
            : [t(`copyType.${type}`), module].filter(Boolean).join(' · ')}
        </TableCell>
        <TableCell
          component="th"
          scope="row"
          variant="body"
          className={classes.file}
        >
          <div className={classes.name}>
            {onToggle && (
              <IconButton
                size="small"
                className={classes.toggle}
                aria-expanded={open}
                aria-label={t('copy.differenceOf', { path })}
                onClick={() => onToggle(path)}
              >
                <Icon fontSize="small" />
              </IconButton>
            )}
            <code className={classes.path} title={path}>
              {name}
            </code>
          </div>
        </TableCell>
        <TableCell className={classes.top}>
          <CopiedFileMark status={status} done={done} />
        </TableCell>
        <TableCell className={classes.remark}>
          <Remarks file={file} />
        </TableCell>
      </TableRow>
      {open && detailsOf && (
        <TableRow className={classes.row}>
          <TableCell colSpan={4} className={classes.details}>
            {detailsOf(file)}
          </TableCell>
        </TableRow>
      )}
    </TableBody>
  );
}

/** One file of a copy: where from, where to, what becomes of it and why. */
export const CopiedFileRow = memo(Row);
