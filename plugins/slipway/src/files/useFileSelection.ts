import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What is done with the chosen path. */
export type FileView = 'file' | 'edit' | 'history' | 'blame' | 'compare';

const views: readonly FileView[] = [
  'file',
  'edit',
  'history',
  'blame',
  'compare',
];

/** What is chosen. All of it lives in the URL, so that a link shows a colleague the same. */
export interface FileSelection {
  configRepo?: string;
  path?: string;
  view: FileView;
  /** A line to show, from 1. */
  line?: number;
  /** A commit of the history, whose diff is shown. */
  commit?: string;
  /** The commit to compare it with, instead of its parent. */
  base?: string;
  /** A path in another environment to compare with. */
  other?: string;
  /** A cluster, to compare with what its engine applied. */
  deployed?: string;
  /** The commit at which the file is read, instead of the branch head. */
  revision?: string;
}

const names: { [key in keyof Required<FileSelection>]: string } = {
  configRepo: 'repo',
  path: 'file',
  view: 'view',
  line: 'line',
  commit: 'commit',
  base: 'base',
  other: 'with',
  deployed: 'deployed',
  revision: 'revision',
};
const COMMIT = /^[0-9a-f]{40}$/;

export function parseSelection(params: URLSearchParams): FileSelection {
  const view = views.find(name => name === params.get(names.view));
  const line = Number(params.get(names.line));
  const commitOf = (name: string) => {
    const value = params.get(name) ?? '';
    return COMMIT.test(value) ? value : undefined;
  };
  return {
    configRepo: params.get(names.configRepo) ?? undefined,
    path: params.get(names.path) ?? undefined,
    view: view ?? 'file',
    line: Number.isSafeInteger(line) && line > 0 ? line : undefined,
    commit: commitOf(names.commit),
    base: commitOf(names.base),
    other: params.get(names.other) ?? undefined,
    deployed: params.get(names.deployed) ?? undefined,
    revision: commitOf(names.revision),
  };
}

export interface FileSelectionState {
  selection: FileSelection;
  /** Chooses something: what is not named is forgotten, but for the path. */
  select: (selection: Partial<FileSelection>) => void;
}

/** The chosen file, kept in the URL; parameters of others are left alone. */
export function useFileSelection(): FileSelectionState {
  const [params, setParams] = useSearchParams();
  const selection = useMemo(() => parseSelection(params), [params]);
  const select = useCallback(
    (patch: Partial<FileSelection>) =>
      setParams(current => {
        const { configRepo, path } = parseSelection(current);
        const chosen: Partial<FileSelection> = { configRepo, path, ...patch };
        const next = new URLSearchParams(current);
        for (const [key, name] of Object.entries(names)) {
          const value = chosen[key as keyof FileSelection];
          if (value === undefined || value === 'file') {
            next.delete(name);
          } else {
            next.set(name, String(value));
          }
        }
        return next;
      }),
    [setParams],
  );
  return { selection, select };
}
