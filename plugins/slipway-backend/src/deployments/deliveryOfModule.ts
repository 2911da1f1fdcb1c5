import type { EngineDelivery } from '@slipway/backstage-plugin-slipway-node';
import { isWithin } from '../git';

/**
 * Finds what an operation delivered of the folder that a module is in: the source that it is below, or that is below it; else one
 * that the engine object still reads, as it may reach the module through a file that it names.
 *
 * @param sources - those of the config repo
 * @returns undefined when none of them had to do with the module
 */
export function deliveryOfModule(
  sources: readonly EngineDelivery[],
  modulePath: string,
  declared: ReadonlyArray<{ path?: string }>,
): EngineDelivery | undefined {
  return (
    sources.find(
      ({ path }) =>
        path !== undefined &&
        (isWithin(modulePath, path) || isWithin(path, modulePath)),
    ) ??
    sources.find(({ path }) => declared.some(source => source.path === path))
  );
}
