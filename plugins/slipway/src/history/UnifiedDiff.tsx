import { Fragment } from 'react';
import type { FileDiff } from '@slipway/backstage-plugin-slipway-common';
import { useText } from '../translation';
import { DiffLine, unifiedRows } from './diffRows';
import { useDiffStyles } from './diffStyles';

/** Removed and added lines below each other. */
export function UnifiedDiff(props: { file: FileDiff }) {
  const { file } = props;
  const classes = useDiffStyles();
  const t = useText();
  const className: { [sign in DiffLine['sign']]?: string } = {
    '+': classes.added,
    '-': classes.removed,
  };
  return (
    <table
      className={classes.table}
      aria-label={t('diff.table', { path: file.path })}
    >
      <thead>
        <tr>
          <th scope="col">{t('diff.oldLine')}</th>
          <th scope="col">{t('diff.newLine')}</th>
          <th scope="col">{t('diff.sign')}</th>
          <th scope="col">{t('diff.text')}</th>
        </tr>
      </thead>
      <tbody>
        {file.hunks.map((hunk, at) => (
          <Fragment key={at}>
            <tr>
              <th colSpan={4} className={classes.hunk}>
                {t('diff.hunk', {
                  from: String(hunk.oldStart),
                  to: String(hunk.newStart),
                })}
              </th>
            </tr>
            {unifiedRows(hunk).map((line, index) => (
              <tr key={index} className={className[line.sign]}>
                <td className={classes.number}>{line.oldLine}</td>
                <td className={classes.number}>{line.newLine}</td>
                <td className={classes.sign}>{line.sign}</td>
                <td className={classes.text}>{line.text}</td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
