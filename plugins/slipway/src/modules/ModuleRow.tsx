import { memo, Ref, useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { useText } from '../translation';
import { EnvironmentLink } from './EnvironmentLink';
import { Images } from './Images';
import { LastChange } from './LastChange';
import type { ListedModule } from './moduleFilters';
import { ModuleLink } from './ModuleLink';
import { ModuleStateCells } from './ModuleStateCells';

const useStyles = makeStyles(
  theme => ({
    name: { minWidth: 200 },
    title: { fontWeight: theme.typography.fontWeightBold as number },
    change: {
      minWidth: 120,
      fontSize: theme.typography.caption.fontSize,
    },
    subtle: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
      overflowWrap: 'anywhere',
    },
    path: { fontFamily: 'monospace' },
    target: { paddingLeft: theme.spacing(6) },
    images: {
      minWidth: 140,
      fontFamily: 'monospace',
      fontSize: theme.typography.caption.fontSize,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'SlipwayModuleRow' },
);

function Row(props: {
  listed: ListedModule;
  showEnvironment: boolean;
  index: number;
  measure?: Ref<HTMLTableSectionElement>;
}) {
  const { index, listed, measure, showEnvironment } = props;
  const { module } = listed;
  const classes = useStyles();
  const t = useText();
  const [open, setOpen] = useState(false);
  const several = module.states.length > 1;
  const title = module.title ?? module.name;

  return (
    <TableBody ref={measure} data-index={index}>
      <TableRow hover aria-rowindex={index + 2}>
        <TableCell
          component="th"
          scope="row"
          variant="body"
          className={classes.name}
        >
          {several && (
            <IconButton
              size="small"
              aria-expanded={open}
              aria-label={t(
                open ? 'module.hideTargets' : 'module.showTargets',
                {
                  module: title,
                },
              )}
              onClick={() => setOpen(!open)}
            >
              {open ? <ExpandLess /> : <ExpandMore />}
            </IconButton>
          )}
          <ModuleLink module={module} className={classes.title} />
          <div className={classes.subtle}>
            <span className={classes.path}>{module.path}</span>
            {module.description && ` · ${module.description}`}
          </div>
        </TableCell>
        {showEnvironment && (
          <TableCell>
            <EnvironmentLink listed={listed} />
          </TableCell>
        )}
        <ModuleStateCells states={module.states} />
        <TableCell className={classes.images}>
          <Images images={module.images} version={module.version} />
        </TableCell>
        <TableCell className={classes.change}>
          {module.lastChange && <LastChange change={module.lastChange} />}
        </TableCell>
      </TableRow>
      {open &&
        module.states.map(state => (
          <TableRow key={`${state.cluster}/${state.namespace}`}>
            <TableCell
              component="th"
              scope="row"
              variant="body"
              className={classes.target}
            >
              {state.cluster}{' '}
              <span className={classes.subtle}>{state.namespace}</span>
            </TableCell>
            {showEnvironment && <TableCell />}
            <ModuleStateCells states={[state]} />
            <TableCell colSpan={2}>
              <span className={classes.subtle}>
                {state.appliedRevision?.slice(0, 7)}
              </span>
            </TableCell>
          </TableRow>
        ))}
    </TableBody>
  );
}

/** One module with its worst state; on several targets it opens to show each. */
export const ModuleRow = memo(Row);
