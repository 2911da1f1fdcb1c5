import { InputError, NotFoundError } from '@backstage/errors';
import type {
  ChangeRequest,
  EnvironmentCopy,
  Finding,
  PlannedFile,
} from '@slipway/backstage-plugin-slipway-common';
import type { CurrentConfigRepo } from '../../configRepos/ConfigRepoReader';
import { planCopy, type CopyOptions, type PlannedCopy } from '../../copy';
import {
  rollbackOperations,
  type RollbackOperationsOptions,
} from '../rollback';
import { checkBases } from './checkBases';
import { resolveOperations } from './resolveOperations';
import { screenOperations } from './screenOperations';
import type { ContentOperation } from './types';

export interface ReadOperationsOptions {
  request: ChangeRequest;
  repo: CurrentConfigRepo;
  /** By its place at the branch head. */
  mayRead: (path: string) => boolean;
  /** A change of this config repo. */
  changeToUndo: (
    id: number,
  ) => Promise<RollbackOperationsOptions['change'] | undefined>;
  /** What a copy needs to know. */
  copyContext: () => Promise<
    Pick<CopyOptions, 'repoUrl' | 'branch' | 'policy' | 'engine'>
  >;
  readBlob: (oid: string) => Promise<Buffer>;
  signal?: AbortSignal;
}

/** What a request comes to, before it is planned. */
export interface ReadOperations {
  operations: ContentOperation[];
  findings: Finding[];
  /** The change that is rolled back. */
  undoes?: number;
  copy?: PlannedCopy;
  /** Adds the files that were refused before anything was read for them. */
  merge(planned: readonly PlannedFile[]): PlannedFile[];
}

/** Finds the operations that a request asks for. Nothing is read for it that the caller may not read. */
export async function readOperations(
  options: ReadOperationsOptions,
): Promise<ReadOperations> {
  const { request, repo, mayRead, readBlob, signal } = options;
  const { kind, rollback, operations: asked = [] } = request;
  checkKind(request);
  if (request.copy) return copyOperations(request.copy, options);
  const screened = screenOperations(asked, mayRead);
  await checkBases({ ...repo, operations: screened.visible, signal });
  const { operations, findings } = await resolveOperations(
    screened.visible,
    readBlob,
    repo.shared.secretSource,
  );
  if (kind !== 'rollback' || !rollback) {
    return { operations, findings, merge: screened.merge };
  }
  const rolledBack = await rollbackOperations({
    rollback,
    repo,
    change: await changeOf(options),
    mayRead,
    settled: operations,
    readBlob,
    signal,
  });
  const refused = screened
    .merge(operations.map(({ path }) => ({ path, status: 'unchanged' })))
    .filter(({ status }) => status === 'refused');
  return {
    ...rolledBack,
    findings: [...findings, ...rolledBack.findings],
    merge: planned => [...planned, ...refused],
  };
}

async function copyOperations(
  copy: EnvironmentCopy,
  options: ReadOperationsOptions,
): Promise<ReadOperations> {
  const planned = await planCopy({
    ...options,
    ...(await options.copyContext()),
    copy,
  });
  const { operations, findings } = planned;
  return {
    operations,
    findings,
    copy: planned,
    merge: files => [...files],
  };
}

async function changeOf({
  request,
  changeToUndo,
}: ReadOperationsOptions): Promise<RollbackOperationsOptions['change']> {
  const id = request.rollback?.change;
  if (id === undefined) return undefined;
  const change = await changeToUndo(id);
  if (!change) {
    throw new NotFoundError(
      `There is no change ${id}, or you may not read all that it changed`,
    );
  }
  return change;
}

function checkKind({ kind, rollback, copy, operations }: ChangeRequest): void {
  if (kind === 'rollback' && (!rollback || copy)) {
    throw new InputError(
      `A change of kind 'rollback' needs 'rollback', and no 'copy'`,
    );
  }
  if (kind === 'copy' && (!copy || rollback || operations?.length)) {
    throw new InputError(
      `A change of kind 'copy' needs 'copy' and nothing else`,
    );
  }
  if (kind === 'edit' && (rollback || copy || !operations?.length)) {
    throw new InputError(
      `A change of kind 'edit' needs 'operations' and nothing else`,
    );
  }
}
