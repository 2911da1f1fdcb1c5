import { Fragment } from 'react';
import type { FileDiff } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { DiffLine, splitRows } from './diffRows';
import { useDiffStyles } from './diffStyles';

function Side(props: { line?: DiffLine; number?: number }) {
  const { line, number } = props;
  const classes = useDiffStyles();
  const tone =
    line?.sign === '+'
      ? classes.added
      : (line?.sign === '-' && classes.removed) || '';
  const side = line ? tone : classes.absent;
  return (
    <>
      <td className={`${classes.number} ${side}`}>{number}</td>
      <td className={`${classes.sign} ${side}`}>{line?.sign}</td>
      <td className={`${classes.text} ${side}`}>{line?.text}</td>
    </>
  );
}

/** Before at the left, after at the right. */
export function SplitDiff(props: { file: FileDiff }) {
  const { file } = props;
  const classes = useDiffStyles();
  const t = useText();
  return (
    <table
      className={`${classes.table} ${classes.split}`}
      aria-label={t('diff.table', { path: file.path })}
    >
      <thead>
        <tr>
          <th scope="col" className={classes.number}>
            {t('diff.oldLine')}
          </th>
          <th scope="colgroup" colSpan={2}>
            {t('diff.oldText')}
          </th>
          <th scope="col" className={classes.number}>
            {t('diff.newLine')}
          </th>
          <th scope="colgroup" colSpan={2}>
            {t('diff.newText')}
          </th>
        </tr>
      </thead>
      <tbody>
        {file.hunks.map((hunk, at) => (
          <Fragment key={at}>
            <tr>
              <th colSpan={6} className={classes.hunk}>
                {t('diff.hunk', {
                  from: String(hunk.oldStart),
                  to: String(hunk.newStart),
                })}
              </th>
            </tr>
            {splitRows(hunk).map(({ before, after }, index) => (
              <tr key={index}>
                <Side line={before} number={before?.oldLine} />
                <Side line={after} number={after?.newLine} />
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
