import { memo, useState } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLess from '@material-ui/icons/ExpandLess';
import ExpandMore from '@material-ui/icons/ExpandMore';
import type {
  CopiedFile,
  Module,
} from '@slipway/backstage-plugin-slipway-common';
import { useUniqueId } from '../../layout';
import { useText } from '../../translation';
import { shortPath } from '../files';

const useStyles = makeStyles(
  theme => ({
    head: { display: 'flex', alignItems: 'center' },
    label: { margin: 0, flex: 1, overflowWrap: 'anywhere' },
    subtle: { color: theme.palette.textSubtle },
    files: {
      listStyle: 'none',
      margin: 0,
      padding: theme.spacing(0, 0, 1, 4),
    },
  }),
  { name: 'SlipwayModuleItem' },
);

export interface ModuleItemProps {
  module: Module;
  taken: boolean;
  /** Of the source, as the plan knows them. */
  files: readonly CopiedFile[];
  sourcePath: string | undefined;
  excluded: ReadonlySet<string>;
  onTake: (module: string, taken: boolean) => void;
  onExclude: (path: string, excluded: boolean) => void;
}

function Files(props: ModuleItemProps) {
  const { excluded, files, module, onExclude, sourcePath, taken } = props;
  const classes = useStyles();
  const t = useText();
  if (!taken || files.length === 0) {
    return (
      <p className={classes.subtle}>
        {t(taken ? 'copy.filesUnknown' : 'copy.takeFirst')}
      </p>
    );
  }
  return (
    <ul className={classes.files}>
      {files.map(({ from = '' }) => (
        <li key={from}>
          <FormControlLabel
            className={classes.label}
            control={
              <Checkbox
                size="small"
                color="primary"
                checked={!excluded.has(from)}
                onChange={(_event, checked) => onExclude(from, !checked)}
              />
            }
            label={
              <code>{shortPath(from, { path: sourcePath }, module.name)}</code>
            }
          />
        </li>
      ))}
    </ul>
  );
}

function Item(props: ModuleItemProps) {
  const { excluded, files, module, onTake, taken } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('module-files');
  const [open, setOpen] = useState(false);
  const left = files.filter(({ from }) => from && excluded.has(from)).length;
  const title = module.title ?? module.name;
  const Icon = open ? ExpandLess : ExpandMore;
  return (
    <>
      <div className={classes.head}>
        <FormControlLabel
          className={classes.label}
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={taken}
              indeterminate={taken && left > 0}
              onChange={(_event, checked) => onTake(module.name, checked)}
            />
          }
          label={
            <>
              {title}{' '}
              {title !== module.name && (
                <span className={classes.subtle}>{module.name}</span>
              )}
            </>
          }
        />
        {taken && files.length > 0 && (
          <span className={classes.subtle}>
            {t('copy.filesOf', {
              number: String(files.length - left),
              total: String(files.length),
            })}
          </span>
        )}
        <IconButton
          size="small"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={t('copy.chooseFiles', { module: title })}
          onClick={() => setOpen(!open)}
        >
          <Icon fontSize="small" />
        </IconButton>
      </div>
      {open && (
        <div id={id}>
          <Files {...props} />
        </div>
      )}
    </>
  );
}

/** One module to take or not, and on demand its files. */
export const ModuleItem = memo(Item);
