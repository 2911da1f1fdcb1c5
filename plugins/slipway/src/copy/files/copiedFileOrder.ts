import type { CopiedFile } from '@slipway/backstage-plugin-slipway-common';

export type CopiedStatus = CopiedFile['status'];

/** In the order in which a person wants to know of them. */
export const copiedStatuses: readonly CopiedStatus[] = [
  'refused',
  'leftOut',
  'skipped',
  'rewritten',
  'created',
  'verbatim',
  'same',
];

/** Whether the copy writes the file. */
export function isWritten({ status }: Pick<CopiedFile, 'status'>): boolean {
  return (
    status === 'verbatim' || status === 'rewritten' || status === 'created'
  );
}

function worst(files: readonly CopiedFile[]): number {
  return files.some(({ status }) => status === 'refused') ? 0 : 1;
}

/** By module, what is refused first; the order among equals stays, which is the API's. */
export function byModule(files: readonly CopiedFile[]): CopiedFile[] {
  const groups = new Map<string, CopiedFile[]>();
  for (const file of files) {
    const group = groups.get(file.module ?? '');
    if (group) {
      group.push(file);
    } else {
      groups.set(file.module ?? '', [file]);
    }
  }
  return [...groups.values()]
    .sort((a, b) => worst(a) - worst(b))
    .flatMap(group => [...group].sort((a, b) => worst([a]) - worst([b])));
}

/** How many files there are of each status. */
export function countCopied(files: readonly CopiedFile[]): {
  [status in CopiedStatus]: number;
} {
  const counts = {
    refused: 0,
    leftOut: 0,
    skipped: 0,
    rewritten: 0,
    created: 0,
    verbatim: 0,
    same: 0,
  };
  for (const { status } of files) {
    counts[status] += 1;
  }
  return counts;
}
