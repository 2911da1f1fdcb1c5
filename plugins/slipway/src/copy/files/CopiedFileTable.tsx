import { ReactNode, useCallback, useRef, useState } from 'react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type {
  CopiedFile,
  CopyPlace,
} from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../../layout';
import { useWindowed } from '../../modules/useWindowed';
import { useText } from '../../translation';
import { isWritten } from './copiedFileOrder';
import { CopiedFileRow } from './CopiedFileRow';

/** More rows than these are drawn only where they are in sight. */
const WINDOWED_FROM = 200;
const ROW_HEIGHT = 44;

const useStyles = makeStyles(
  theme => ({
    scroll: {
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    high: { overflow: 'auto', maxHeight: 'calc(100vh - 200px)' },
  }),
  { name: 'SlipwayCopiedFileTable' },
);

/** Rows out of sight, as one that is as high as they are. */
function Gap(props: { height: number }) {
  return props.height > 0 ? (
    <TableBody aria-hidden>
      <TableRow>
        <TableCell
          colSpan={4}
          padding="none"
          style={{ height: props.height }}
        />
      </TableRow>
    </TableBody>
  ) : null;
}

/** Files of a copy in the order in which they are given, which is by module. */
export function CopiedFileTable(props: {
  label: string;
  files: readonly CopiedFile[];
  source: CopyPlace;
  target: CopyPlace;
  done: boolean;
  detailsOf?: (file: CopiedFile) => ReactNode;
}) {
  const { detailsOf, done, files, label, source, target } = props;
  const classes = useStyles();
  const t = useText();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (path: string) =>
      setOpen(before => {
        const next = new Set(before);
        if (!next.delete(path)) {
          next.add(path);
        }
        return next;
      }),
    [],
  );
  const scroll = useRef<HTMLDivElement>(null);
  const on = files.length > WINDOWED_FROM;
  const { rows, before, after, measure } = useWindowed({
    on,
    count: files.length,
    height: ROW_HEIGHT,
    around: 6,
    scroll,
  });
  return (
    <TableContainer
      ref={scroll}
      className={`${classes.scroll} ${on ? classes.high : ''}`}
      // Whoever has no mouse must be able to scroll it.
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <DataTable
        size="small"
        stickyHeader={on}
        aria-label={label}
        aria-rowcount={files.length + 1}
      >
        <TableHead>
          <TableRow aria-rowindex={1}>
            <TableCell scope="col">{t('copy.moduleColumn')}</TableCell>
            <TableCell scope="col">{t('copy.fileColumn')}</TableCell>
            <TableCell scope="col">{t('copy.statusColumn')}</TableCell>
            <TableCell scope="col">{t('copy.remarkColumn')}</TableCell>
          </TableRow>
        </TableHead>
        <Gap height={before} />
        {rows.map(row => {
          const file = files[row];
          return (
            <CopiedFileRow
              key={file.path}
              file={file}
              source={source}
              target={target}
              first={row === 0 || files[row - 1].module !== file.module}
              done={done}
              index={row}
              measure={measure}
              open={open.has(file.path)}
              onToggle={detailsOf && isWritten(file) ? toggle : undefined}
              detailsOf={detailsOf}
            />
          );
        })}
        <Gap height={after} />
      </DataTable>
    </TableContainer>
  );
}
