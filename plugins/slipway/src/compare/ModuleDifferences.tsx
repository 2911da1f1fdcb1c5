import { useState } from 'react';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import type { ModuleComparison } from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../layout';
import { useText } from '../translation';
import { ComparisonMark } from './ComparisonMark';
import { byState, isQuiet } from './comparisonOrder';
import { FileDifferences } from './FileDifferences';
import type { Sides } from './sides';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginTop: theme.spacing(2),
      paddingTop: theme.spacing(2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    heading: { ...theme.typography.h6, margin: 0 },
    button: {
      font: 'inherit',
      gap: theme.spacing(0.5),
      textAlign: 'start',
      overflowWrap: 'anywhere',
      borderRadius: theme.shape.borderRadius,
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
    subtle: { color: theme.palette.textSubtle },
    files: { paddingLeft: theme.spacing(3.5) },
  }),
  { name: 'SlipwayModuleDifferences' },
);

function Files(props: { module: ModuleComparison; sides: Sides }) {
  const { module, sides } = props;
  const t = useText();
  const differing = byState(module.files).filter(
    ({ state }) => state !== 'same',
  );
  const same = module.files.length - differing.length;
  return (
    <>
      {differing.map(file => (
        <FileDifferences key={file.path} file={file} sides={sides} />
      ))}
      {same > 0 && <p>{t('compare.filesSame', { count: same })}</p>}
      {module.files.length === 0 && <p>{t('compare.noFiles')}</p>}
    </>
  );
}

/** One module of either environment: how its sides stand, and on demand its files. */
export function ModuleDifferences(props: {
  module: ModuleComparison;
  sides: Sides;
  /** Whether it is open from the start. */
  open: boolean;
}) {
  const { module, sides } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('module');
  const [open, setOpen] = useState(props.open);
  const count = module.files.filter(file => !isQuiet(file)).length;
  const Icon = open ? ExpandLess : ExpandMore;
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <h3 className={classes.heading}>
          <ButtonBase
            className={classes.button}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            <Icon aria-hidden />
            {module.title ?? module.name}
          </ButtonBase>
        </h3>
        <ComparisonMark state={module.state} sides={sides} />
        {module.state === 'different' && count > 0 && (
          <span className={classes.subtle}>
            {t('compare.filesDiffer', { count })}
          </span>
        )}
      </div>
      {open && (
        <div id={id} className={classes.files}>
          <Files module={module} sides={sides} />
        </div>
      )}
    </div>
  );
}
