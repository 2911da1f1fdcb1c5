import { useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import type { Module } from '@slipway/backstage-plugin-slipway-common';
import { Hint } from '../status';
import { useText } from '../translation';
import { ModuleStateCells } from './ModuleStateCells';

const useStyles = makeStyles(
  theme => ({
    name: { minWidth: 200 },
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

/** The part of an image that tells versions apart: `checkout:v2.4.0`. */
function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}

/** One module with its worst state; on several targets it opens to show each. */
export function ModuleRow(props: { module: Module }) {
  const { module } = props;
  const classes = useStyles();
  const t = useText();
  const [open, setOpen] = useState(false);
  const several = module.states.length > 1;
  const title = module.title ?? module.name;
  const [image, ...otherImages] = module.images;

  return (
    <>
      <TableRow hover>
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
          <strong>{title}</strong>
          <div className={classes.subtle}>
            <span className={classes.path}>{module.path}</span>
            {module.description && ` · ${module.description}`}
          </div>
        </TableCell>
        <ModuleStateCells states={module.states} />
        <TableCell className={classes.images}>
          {image && (
            <Hint
              hint={module.images.map(name => (
                <p key={name}>{name}</p>
              ))}
            >
              {shortImage(image)}
              {otherImages.length > 0 && ` +${otherImages.length}`}
            </Hint>
          )}
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
            <ModuleStateCells states={[state]} />
            <TableCell>
              <span className={classes.subtle}>
                {state.appliedRevision?.slice(0, 7)}
              </span>
            </TableCell>
          </TableRow>
        ))}
    </>
  );
}
