import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { Diff, FileDiff } from '@slipway/backstage-plugin-slipway-common';
import { EmptyPanel } from '../states';
import { useText } from '../translation';
import { DiffLayoutChoice } from './DiffLayoutChoice';
import { FileDiffContent } from './FileDiffContent';
import { DiffLayout, useDiffLayout } from './useDiffLayout';

const useStyles = makeStyles(
  theme => ({
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      padding: theme.spacing(1, 2),
      fontSize: 'inherit',
      overflowWrap: 'anywhere',
    },
    subtle: { color: theme.palette.textSubtle, fontWeight: 'normal' },
  }),
  { name: 'SlipwayDiffView' },
);

/** Of each file, one below that of what the diff is part of. */
type Heading = 'h3' | 'h4';

function FileSection(props: {
  file: FileDiff;
  layout: DiffLayout;
  heading: Heading;
}) {
  const { file, layout, heading: Heading } = props;
  const { oldMode, mode, oldPath } = file;
  const classes = useStyles();
  const t = useText();
  return (
    <section aria-label={file.path}>
      <Heading className={classes.header}>
        <code>{file.path}</code>
        <span className={classes.subtle}>
          {t(`diff.${file.status}`)}{' '}
          {oldPath && t('diff.renamedFrom', { path: oldPath })}
        </span>
        <span className={classes.subtle}>
          +{file.additions} −{file.deletions}
        </span>
        {oldMode && mode && oldMode !== mode && (
          <span className={classes.subtle}>
            {t('diff.modeChanged', { from: oldMode, to: mode })}
          </span>
        )}
      </Heading>
      {file.masked > 0 && (
        <Box mx={2} mb={1}>
          <Alert severity="info">{t('diff.masked')}</Alert>
        </Box>
      )}
      <FileDiffContent file={file} layout={layout} />
    </section>
  );
}

/** What differs, by file; how it is laid out is remembered. */
export function DiffView(props: { diff: Diff; heading?: Heading }) {
  const { diff, heading = 'h4' } = props;
  const t = useText();
  const [layout, setLayout] = useDiffLayout();
  if (diff.files.length === 0) {
    return <EmptyPanel title={t('diff.sameTitle')} text={t('diff.same')} />;
  }
  return (
    <>
      <Box m={2}>
        <DiffLayoutChoice layout={layout} onChange={setLayout} />
      </Box>
      {diff.files.map(file => (
        <FileSection
          key={file.path}
          file={file}
          layout={layout}
          heading={heading}
        />
      ))}
      {diff.truncated && <Box m={2}>{t('diff.truncated')}</Box>}
    </>
  );
}
