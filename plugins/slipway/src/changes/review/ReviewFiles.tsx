import { useState } from 'react';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMore from '@material-ui/icons/ExpandMore';
import Alert from '@material-ui/lab/Alert';
import type { PlannedFile } from '@slipway/backstage-plugin-slipway-common';
import { DiffLayoutChoice } from '../../history/DiffLayoutChoice';
import { FileDiffContent } from '../../history/FileDiffContent';
import { DiffLayout, useDiffLayout } from '../../history/useDiffLayout';
import { useUniqueId } from '../../layout';
import { reasonText } from '../../status';
import { useLanguage, useText } from '../../translation';
import { FileStatusMark } from './FileStatusMark';
import { ReviewSection } from './ReviewSection';

/** With more than these, each is opened when it is wanted. */
const OPEN_FILES = 20;
/** With more than these, the others are listed when they are wanted. */
const LISTED_FILES = 100;

const useStyles = makeStyles(
  theme => ({
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      overflowWrap: 'anywhere',
    },
    subtle: { color: theme.palette.textSubtle },
    details: { display: 'block', padding: 0 },
  }),
  { name: 'SlipwayReviewFiles' },
);

function ReviewFile(props: {
  file: PlannedFile;
  layout: DiffLayout;
  open: boolean;
}) {
  const { file, layout, open } = props;
  const { diff, oldPath, path, reason, status } = file;
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const id = useUniqueId('file');
  return (
    <Accordion
      variant="outlined"
      defaultExpanded={open}
      TransitionProps={{ unmountOnExit: true, timeout: 0 }}
    >
      <AccordionSummary
        expandIcon={<ExpandMore />}
        id={`${id}-header`}
        aria-controls={`${id}-content`}
      >
        <span className={classes.header}>
          <FileStatusMark status={status} />
          <code>{path}</code>
          {oldPath && oldPath !== path && (
            <span className={classes.subtle}>
              {t('diff.renamedFrom', { path: oldPath })}
            </span>
          )}
          {diff && (
            <span className={classes.subtle}>
              +{diff.additions} −{diff.deletions}
            </span>
          )}
          {diff?.oldMode && diff.mode && diff.oldMode !== diff.mode && (
            <span className={classes.subtle}>
              {t('diff.modeChanged', { from: diff.oldMode, to: diff.mode })}
            </span>
          )}
          {reason && <span>{reasonText(t, reason, language)}</span>}
        </span>
      </AccordionSummary>
      <AccordionDetails
        className={classes.details}
        id={`${id}-content`}
        aria-labelledby={`${id}-header`}
      >
        {diff && diff.masked > 0 && (
          <Box mx={2} mb={1}>
            <Alert severity="info" role="note">
              {t('diff.masked')}
            </Alert>
          </Box>
        )}
        {diff ? (
          <FileDiffContent file={diff} layout={layout} />
        ) : (
          <Box m={2}>{t('review.noDiff')}</Box>
        )}
      </AccordionDetails>
    </Accordion>
  );
}

/** Each file with what becomes of it, and its diff, secret values masked. */
export function ReviewFiles(props: { files: readonly PlannedFile[] }) {
  const { files } = props;
  const t = useText();
  const [layout, setLayout] = useDiffLayout();
  const [all, setAll] = useState(false);
  const shown = all ? files : files.slice(0, LISTED_FILES);
  return (
    <ReviewSection
      title={t('review.changedFiles')}
      action={<DiffLayoutChoice layout={layout} onChange={setLayout} />}
    >
      {shown.map(file => {
        const open = files.length <= OPEN_FILES && file.status !== 'conflict';
        return (
          <ReviewFile
            key={`${file.path} ${open}`}
            file={file}
            layout={layout}
            open={open}
          />
        );
      })}
      {shown.length < files.length && (
        <Box mt={1} textAlign="center">
          <Button size="small" onClick={() => setAll(true)}>
            {t('review.showFiles', {
              number: String(files.length - shown.length),
            })}
          </Button>
        </Box>
      )}
    </ReviewSection>
  );
}
