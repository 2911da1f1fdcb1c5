import { InputError } from '@backstage/errors';
import type { ContentOperation } from '../plan/types';

/**
 * Puts what the person decided in the place of what the rollback comes to at the same paths.
 *
 * @param covers - whether the rollback is about a path
 * @throws InputError for a path that it is not about
 */
export function settle(
  operations: readonly ContentOperation[],
  settled: readonly ContentOperation[],
  covers: (path: string) => boolean,
): ContentOperation[] {
  const decided = settled.map(operation => {
    for (const path of pathsOf(operation)) {
      if (!covers(path)) {
        throw new InputError(
          `'${path}' is not part of this rollback; change it in an edit`,
        );
      }
    }
    const renaming = operations.find(
      ({ type, path }) => type === 'rename' && path === operation.path,
    );
    // The text that was settled is that of the file before it is moved back.
    return operation.type === 'write' && renaming?.from !== undefined
      ? { ...operation, type: renaming.type, from: renaming.from }
      : operation;
  });
  const replaced = new Set(decided.flatMap(pathsOf));
  return [
    ...operations.filter(
      operation => !pathsOf(operation).some(path => replaced.has(path)),
    ),
    ...decided,
  ];
}

function pathsOf({ path, from }: ContentOperation): string[] {
  return from === undefined ? [path] : [from, path];
}
