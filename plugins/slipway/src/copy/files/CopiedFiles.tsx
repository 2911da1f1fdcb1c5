import { ReactNode, useMemo, useState } from 'react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import type {
  CopiedFile,
  CopyResult,
} from '@slipway/backstage-plugin-slipway-common';
import { EmptyPanel } from '../../states';
import { useText } from '../../translation';
import {
  byModule,
  CopiedStatus,
  copiedStatuses,
  countCopied,
} from './copiedFileOrder';
import { CopiedFileTable } from './CopiedFileTable';

const useStyles = makeStyles(
  theme => ({
    totals: {
      position: 'sticky',
      top: 0,
      zIndex: 3,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5, 2),
      backgroundColor: theme.palette.background.paper,
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    chip: { margin: 0 },
  }),
  { name: 'SlipwayCopiedFiles' },
);

/** Every file of a copy by module, errors first, under totals that filter it. */
export function CopiedFiles(props: {
  label: string;
  copy: CopyResult;
  /** The copy has been carried out. */
  done: boolean;
  detailsOf?: (file: CopiedFile) => ReactNode;
}) {
  const { copy, detailsOf, done, label } = props;
  const classes = useStyles();
  const t = useText();
  const [chosen, setChosen] = useState<CopiedStatus>();
  const ordered = useMemo(() => byModule(copy.files), [copy.files]);
  const counts = useMemo(() => countCopied(copy.files), [copy.files]);
  const modules = useMemo(
    () => new Set(copy.files.flatMap(({ module }) => module ?? [])).size,
    [copy.files],
  );
  // What there is no longer any of cannot stay the filter.
  const filter = chosen && counts[chosen] > 0 ? chosen : undefined;
  const shown = useMemo(
    () => (filter ? ordered.filter(file => file.status === filter) : ordered),
    [ordered, filter],
  );
  if (copy.files.length === 0) {
    return (
      <EmptyPanel title={t('copy.noFiles')} text={t('copy.noFilesText')} />
    );
  }
  const chip = (text: string, status: CopiedStatus | undefined) => (
    <Chip
      key={text}
      clickable
      size="small"
      className={classes.chip}
      label={text}
      color={filter === status ? 'primary' : 'default'}
      variant={filter === status ? 'default' : 'outlined'}
      aria-pressed={filter === status}
      onClick={() => setChosen(status)}
    />
  );
  return (
    <>
      <div
        role="group"
        aria-label={t('copy.filter')}
        className={classes.totals}
      >
        <span>{t('copy.modules', { count: modules })}</span>
        {chip(t('copy.files', { count: copy.files.length }), undefined)}
        {copiedStatuses
          .filter(status => counts[status] > 0)
          .map(status =>
            chip(`${counts[status]} ${t(`copyStatus.${status}`)}`, status),
          )}
      </div>
      <CopiedFileTable
        label={label}
        files={shown}
        source={copy.source}
        target={copy.target}
        done={done}
        detailsOf={detailsOf}
      />
    </>
  );
}
