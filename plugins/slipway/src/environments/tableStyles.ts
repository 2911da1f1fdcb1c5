import { makeStyles } from '@material-ui/core/styles';

const narrow = '@media (max-width: 1199px)';

/** One grid for the head and all rows; below 1200 px a row becomes a small card. */
export const useTableStyles = makeStyles(
  theme => ({
    row: {
      position: 'relative',
      display: 'grid',
      gridTemplateColumns:
        '64px minmax(240px, 4fr) minmax(150px, 2.2fr) minmax(150px, 2fr) minmax(72px, 1fr) minmax(104px, 1.3fr)',
      columnGap: theme.spacing(2),
      alignItems: 'start',
      padding: theme.spacing(1.25, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      borderLeft: '3px solid transparent',
      '&:hover': { backgroundColor: theme.palette.action.hover },
      [narrow]: {
        gridTemplateColumns: 'minmax(0, 1fr) auto',
        gridTemplateAreas: '"name stage" "status version" "counts change"',
        rowGap: theme.spacing(0.75),
      },
    },
    head: {
      color: theme.palette.textSubtle,
      borderTop: 'none',
      paddingTop: theme.spacing(1),
      paddingBottom: theme.spacing(0.5),
      '&:hover': { backgroundColor: 'transparent' },
      [narrow]: {
        display: 'flex',
        flexWrap: 'wrap',
      },
    },
    // Rows out of sight cost no layout, so that hundreds of them scroll smoothly.
    long: {
      '& $row': {
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 72px',
      },
    },
    stale: {
      color: theme.palette.textSubtle,
      borderLeft: `3px dashed ${theme.palette.status.warning}`,
      '& a': { color: 'inherit' },
    },
    stage: {
      [narrow]: { gridArea: 'stage', justifySelf: 'end' },
    },
    stageChip: {
      display: 'inline-block',
      minWidth: 44,
      padding: theme.spacing(0, 0.75),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      textAlign: 'center',
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.7,
    },
    name: { minWidth: 0, [narrow]: { gridArea: 'name' } },
    title: {
      fontWeight: theme.typography.fontWeightBold as number,
      overflowWrap: 'anywhere',
      // The whole row opens the environment; what is above it keeps its own pointer.
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    above: { position: 'relative', zIndex: 1 },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(1.5),
      margin: theme.spacing(0.25, 0, 0),
      fontSize: theme.typography.caption.fontSize,
      '& > div': { display: 'flex', gap: theme.spacing(0.5), minWidth: 0 },
      '& dt': { color: theme.palette.textSubtle, flex: 'none' },
      '& dd': { margin: 0, overflowWrap: 'anywhere', minWidth: 0 },
    },
    path: { fontFamily: 'monospace' },
    status: { minWidth: 0, [narrow]: { gridArea: 'status' } },
    counts: { minWidth: 0, [narrow]: { gridArea: 'counts' } },
    version: {
      minWidth: 0,
      overflowWrap: 'anywhere',
      fontFamily: 'monospace',
      [narrow]: { gridArea: 'version', textAlign: 'right' },
    },
    change: {
      minWidth: 0,
      fontSize: theme.typography.caption.fontSize,
      [narrow]: {
        gridArea: 'change',
        textAlign: 'right',
      },
    },
    hideNarrow: { [narrow]: { display: 'none' } },
  }),
  { name: 'SlipwayEnvironmentTable' },
);
