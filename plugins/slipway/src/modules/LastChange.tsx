import type { CommitInfo } from '@slipway/backstage-plugin-slipway-common';
import { Hint, RelativeTime } from '../status';

/** When the files last changed and by whom, with the commit on hover. */
export function LastChange(props: { change: CommitInfo }) {
  const { at, authorName, commit, subject } = props.change;
  return (
    <>
      <RelativeTime at={at} />
      {' · '}
      <Hint hint={`${commit.slice(0, 7)} ${subject}`}>{authorName}</Hint>
    </>
  );
}
