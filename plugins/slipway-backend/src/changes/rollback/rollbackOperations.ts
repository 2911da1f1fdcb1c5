import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { pathOf } from '../../files/compareTrees';
import { checkTreePath, isWithin } from '../../git';
import { BlobReader } from './BlobReader';
import { filesToRestore, restoreFiles } from './restorePath';
import { settle } from './settle';
import type { RollbackOperations, RollbackOperationsOptions } from './types';
import { filesToUndo, undoFiles } from './undoChange';

/**
 * Finds the operations that make a file, a directory or a module again what it was at a revision, or that take back what one change
 * did. They are for a new commit on the branch head: history stays as it is.
 *
 * @throws InputError for a rollback that is none of the three, NotFoundError for what is not there or may not be read, ConflictError
 * for a change that is not in the branch
 */
export async function rollbackOperations(
  options: RollbackOperationsOptions,
): Promise<RollbackOperations> {
  const { path, environment, module, revision, change } = options.rollback;
  const ofModule = environment !== undefined && module !== undefined;
  const forms = [
    path !== undefined && revision !== undefined,
    ofModule && revision !== undefined,
    change !== undefined && revision === undefined,
  ];
  const parts = [path, environment ?? module, change];
  if (
    forms.filter(form => form).length !== 1 ||
    parts.filter(part => part !== undefined).length !== 1
  ) {
    throw new InputError(
      `A rollback names a 'path' and a 'revision', or an 'environment', a 'module' and a 'revision', or a 'change' alone`,
    );
  }
  return change === undefined ? restore(options) : undo(options, change);
}

async function restore(
  options: RollbackOperationsOptions,
): Promise<RollbackOperations> {
  const { rollback, repo, mayRead, settled = [], signal } = options;
  const { git, snapshot } = repo;
  const path = rollback.path ?? modulePath(options);
  const revision = rollback.revision!;
  checkTreePath(path);
  const missing = () =>
    new NotFoundError(
      `There is no ${JSON.stringify(
        path,
      )} in the config repo, neither now nor at commit ${revision}, or you may not read all of it`,
    );
  if (!mayRead(path)) throw missing();
  // Other branches hold what may not be read here.
  if (!(await git.inHistory(revision, { signal }))) {
    throw new NotFoundError(
      `There is no commit ${revision} in the history of the branch`,
    );
  }
  const then = await git.snapshotAt(revision, { signal });
  if (!snapshot.entry(path) && !then.entry(path)) throw missing();
  const pairs = filesToRestore({ head: snapshot, revision: then, path });
  if (!pairs.every(pair => mayRead(pathOf(pair)))) throw missing();
  const blobs = new BlobReader(options);
  const { operations, findings } = await restoreFiles(pairs, blobs);
  const covers = (one: string) => isWithin(one, path) && mayRead(one);
  return {
    operations: settle(operations, settled, covers),
    findings: [
      ...(await droppedCommits(options, path)),
      ...findings,
      ...blobs.findings,
    ],
  };
}

function modulePath({ rollback, repo }: RollbackOperationsOptions): string {
  const { environment = '', module = '' } = rollback;
  const path =
    repo.model.environments
      .find(one => one.name === environment)
      ?.modules.find(one => one.name === module)?.path ??
    // It may have been removed.
    repo.model.layout.modulePath({ environment, module });
  if (path === undefined) {
    throw new NotFoundError(
      `There is no module '${module}' in environment '${environment}', or you may not read it`,
    );
  }
  return path;
}

/** How many later commits a restore undoes besides the one that is regretted. */
async function droppedCommits(
  { rollback, repo, signal }: RollbackOperationsOptions,
  path: string,
): Promise<Finding[]> {
  const result = await repo.git.commitsTouching({
    path,
    applied: rollback.revision!,
    head: repo.snapshot.commit,
    signal,
  });
  if (result.type !== 'behind' || result.commits === 0) return [];
  const params = { count: String(result.commits), path };
  return [{ severity: 'warning', code: 'rollbackDropsCommits', params }];
}

async function undo(
  options: RollbackOperationsOptions,
  id: number,
): Promise<RollbackOperations> {
  const { repo, change, mayRead, settled = [], signal } = options;
  const { git, snapshot: head } = repo;
  const oid = change?.commit;
  if (oid === undefined || !(await git.inHistory(oid, { signal }))) {
    throw new ConflictError(
      `Change ${id} is not in the branch, so there is nothing to take back`,
    );
  }
  const { parents } = await git.commitInfo(oid, { signal });
  const commit = await git.snapshotAt(oid, { signal });
  const parent =
    parents.length > 0
      ? await git.snapshotAt(parents[0], { signal })
      : undefined;
  const { renamed } = change ?? {};
  const pairs = filesToUndo({ head, parent, commit, renamed });
  const paths = new Set(
    pairs.flatMap(({ before, after }) =>
      [before, after].flatMap(file => file?.path ?? []),
    ),
  );
  if (![...paths].every(mayRead)) {
    throw new NotFoundError(
      `There is no change ${id}, or you may not read all that it changed`,
    );
  }
  const blobs = new BlobReader(options);
  const { operations, findings } = await undoFiles(pairs, head, blobs);
  return {
    operations: settle(operations, settled, path => paths.has(path)),
    findings: [...findings, ...blobs.findings],
    undoes: id,
  };
}
