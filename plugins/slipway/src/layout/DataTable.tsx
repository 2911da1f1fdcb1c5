import Table, { TableProps } from '@material-ui/core/Table';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  {
    // The portal's theme breaks words between any two letters, which in a narrow
    // window makes columns of single letters: scroll sideways instead.
    root: {
      '& th, & td': { lineHeight: 1.5, wordBreak: 'normal' },
      '& thead th': { whiteSpace: 'nowrap' },
      '& tbody th': { minWidth: 180 },
    },
  },
  { name: 'SlipwayDataTable' },
);

/** A table whose words stay whole. */
export function DataTable(props: TableProps) {
  const classes = useStyles();
  return <Table {...props} className={classes.root} />;
}
