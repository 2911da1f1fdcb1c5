import type {
  FileOperation,
  PlannedFile,
  Reason,
} from '@slipway/backstage-plugin-slipway-common';
import { checkPath } from './checkPath';

/** Operations that may be looked at, and those that are refused before anything is read for them. */
export interface ScreenedOperations {
  visible: FileOperation[];
  /**
   * The files of all operations, in their order.
   *
   * @param planned - of those that are visible, in their order
   */
  merge(planned: readonly PlannedFile[]): PlannedFile[];
}

/**
 * Sets aside what is at paths that nobody may write at, and at paths that the caller may not read: those are not found, whether
 * anything is there or not.
 */
export function screenOperations(
  operations: readonly FileOperation[],
  mayRead: (path: string) => boolean,
): ScreenedOperations {
  const reasons = operations.map(operation => screen(operation, mayRead));
  return {
    visible: operations.filter((_, index) => !reasons[index]),
    merge(planned) {
      const rest = [...planned];
      return operations.flatMap(({ path, from }, index): PlannedFile[] => {
        const reason = reasons[index];
        return reason
          ? [{ path, oldPath: from, status: 'refused', reason }]
          : rest.splice(0, 1);
      });
    },
  };
}

function screen(
  { path, from = path }: FileOperation,
  mayRead: (path: string) => boolean,
): Reason | undefined {
  const escaping =
    checkPath(from, { present: true }) ?? checkPath(path, { present: true });
  if (escaping) return escaping;
  const hidden = [from, path].find(one => !mayRead(one));
  return hidden === undefined
    ? undefined
    : { code: 'fileNotFound', params: { path: hidden } };
}
