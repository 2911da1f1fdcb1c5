import type { ReactNode } from 'react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import ErrorOutline from '@material-ui/icons/ErrorOutline';
import InfoOutlined from '@material-ui/icons/InfoOutlined';
import ReportProblemOutlined from '@material-ui/icons/ReportProblemOutlined';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { DataTable } from '../layout';
import { reasonText } from '../status';
import { useLanguage, useText } from '../translation';
import { FindingPlace } from './FindingPlace';

const icons = {
  error: ErrorOutline,
  warning: ReportProblemOutlined,
  info: InfoOutlined,
};

const useStyles = makeStyles(
  theme => ({
    severity: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      '& svg': { fontSize: '1.25em' },
    },
    error: { '& svg': { color: theme.palette.status.error } },
    warning: { '& svg': { color: theme.palette.status.warning } },
    info: { '& svg': { color: theme.palette.textSubtle } },
    place: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  }),
  { name: 'SlipwayFindingsTable' },
);

const bySeverity = { error: 0, warning: 1, info: 2 };

/** Everything that a person should mend, the worst first, each with its place. */
export function FindingsTable(props: {
  findings: Finding[];
  label: string;
  /** Draws the place, where it leads somewhere. */
  placeOf?: (finding: Finding) => ReactNode;
}) {
  const classes = useStyles();
  const t = useText();
  const language = useLanguage();
  const findings = [...props.findings].sort(
    (a, b) => bySeverity[a.severity] - bySeverity[b.severity],
  );
  return (
    <TableContainer>
      <DataTable size="small" aria-label={props.label}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('table.severity')}</TableCell>
            <TableCell scope="col">{t('table.place')}</TableCell>
            <TableCell scope="col">{t('table.message')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {findings.map((finding, index) => {
            const Icon = icons[finding.severity];
            return (
              <TableRow key={index}>
                <TableCell>
                  <span
                    className={`${classes.severity} ${
                      classes[finding.severity]
                    }`}
                  >
                    <Icon aria-hidden />
                    {t(`severity.${finding.severity}`)}
                  </span>
                </TableCell>
                <TableCell className={classes.place}>
                  {props.placeOf ? (
                    props.placeOf(finding)
                  ) : (
                    <FindingPlace finding={finding} />
                  )}
                </TableCell>
                <TableCell>{reasonText(t, finding, language)}</TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </DataTable>
    </TableContainer>
  );
}
