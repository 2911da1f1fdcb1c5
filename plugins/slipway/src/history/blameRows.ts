import type { Blame, Commit } from '@slipway/backstage-plugin-slipway-common';

/** A line of a file, and who last changed it. */
export interface BlameRow {
  /** From 1. */
  line: number;
  text: string;
  commit?: Commit;
  /** The line before is another commit's. */
  first: boolean;
}

/** The lines of the text that was blamed, each with its commit. */
export function blameRows(blame: Blame, text: string): BlameRow[] {
  const commits = new Map(blame.commits.map(commit => [commit.commit, commit]));
  const lines = text.split('\n');
  return blame.lines.map((id, index) => ({
    line: index + 1,
    text: lines[index] ?? '',
    commit: commits.get(id),
    first: id !== blame.lines[index - 1],
  }));
}
