import { useState } from 'react';
import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { makeStyles } from '@material-ui/core/styles';
import type {
  CopyPlan,
  EnvironmentCopy,
} from '@slipway/backstage-plugin-slipway-common';
import { useDiffLayout } from '../../history/useDiffLayout';
import { useUniqueId } from '../../layout';
import { useText } from '../../translation';
import { isWritten } from '../files';
import { CopyPreview } from '../plan/CopyPreview';

/** A list of thousands is searched, not scrolled. */
const MAX_OPTIONS = 100;

const useStyles = makeStyles(
  theme => ({
    preview: {
      marginTop: theme.spacing(1),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
  }),
  { name: 'SlipwayPreviewChoice' },
);

/** One file as it would be in the target, kept current while the rules are edited. */
export function PreviewChoice(props: {
  configRepo: string;
  /** What was planned. */
  copy: EnvironmentCopy;
  plan: CopyPlan;
}) {
  const { configRepo, copy, plan } = props;
  const classes = useStyles();
  const t = useText();
  const id = useUniqueId('preview');
  const [layout] = useDiffLayout();
  const [chosen, setChosen] = useState<string>();
  const written = plan.files.filter(isWritten);
  const shown =
    written.find(({ path }) => path === chosen) ??
    written.find(({ status }) => status === 'rewritten') ??
    written[0];
  if (!shown) {
    return <>{t('copy.nothingToPreview')}</>;
  }
  return (
    <>
      <Autocomplete
        id={id}
        size="small"
        disableClearable
        options={written.map(({ path }) => path)}
        value={shown.path}
        filterOptions={(options, { inputValue }) =>
          options
            .filter(
              option =>
                inputValue === shown.path || option.includes(inputValue),
            )
            .slice(0, MAX_OPTIONS)
        }
        noOptionsText={t('copy.noSuchFile')}
        openText={t('copy.openFiles')}
        closeText={t('copy.closeFiles')}
        onChange={(_event, path) => setChosen(path)}
        renderInput={params => (
          <TextField
            {...params}
            variant="outlined"
            label={t('copy.previewFile')}
          />
        )}
      />
      <Box className={classes.preview}>
        <CopyPreview
          configRepo={configRepo}
          copy={copy}
          path={shown.path}
          layout={layout}
        />
      </Box>
    </>
  );
}
