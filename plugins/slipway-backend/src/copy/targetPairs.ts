import type { EnvironmentModel } from '../status/types';

type Target = EnvironmentModel['targets'][number];

/** Which target of the copy each target of the source becomes: that of the same cluster, else that in the same place. */
export function targetPairs(
  from: readonly Target[],
  to: readonly Target[],
): Array<[Target, Target]> {
  return from.flatMap((one, index): Array<[Target, Target]> => {
    const other =
      (from.length > 1 && to.find(({ cluster }) => cluster === one.cluster)) ||
      to[index];
    return other ? [[one, other]] : [];
  });
}
