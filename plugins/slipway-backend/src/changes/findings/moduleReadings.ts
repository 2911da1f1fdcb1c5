import type { TouchedModule } from '@slipway/backstage-plugin-slipway-common';
import type { EngineSource } from '@slipway/backstage-plugin-slipway-node';
import { isWithin } from '../../git';
import type { AppliedSource } from '../../manifests/applied';
import { moduleKey } from '../../status/linking';
import type { ModuleSources } from './types';

export interface ModuleAt {
  touched: TouchedModule;
  /** Where its files are. */
  path: string;
}

/** Sources that are applied together, and the modules that a change touches of what they read. */
export interface ModuleReading {
  sources: AppliedSource[];
  modules: ModuleAt[];
}

/**
 * How sync engines read modules: an object may read many modules at once, and several objects that read the same count once. A
 * module that no engine object carries is read with everything below it, as most would.
 */
export function moduleReadings(
  modules: readonly ModuleAt[],
  carried: ModuleSources,
): ModuleReading[] {
  const readings = new Map<string, ModuleReading>();
  const add = (sources: AppliedSource[], module: ModuleAt) => {
    const key = JSON.stringify(sources);
    const known = readings.get(key);
    if (!known) readings.set(key, { sources, modules: [module] });
    else if (!known.modules.includes(module)) known.modules.push(module);
  };
  for (const module of modules) {
    const { environment, module: name } = module.touched;
    const carriers = carried.get(moduleKey(environment, name)) ?? [];
    if (carriers.length === 0) {
      add([{ path: module.path, recurse: true }], module);
    }
    for (const carrier of carriers) {
      const sources = carrier.flatMap(source => applied(source, module.path));
      if (sources.length > 0) add(sources, module);
    }
  }
  return [...readings.values()];
}

function applied(source: EngineSource, modulePath: string): AppliedSource[] {
  const { path, recurse, include, exclude, refOnly } = source;
  if (path === undefined || refOnly) return [];
  return isWithin(path, modulePath) || isWithin(modulePath, path)
    ? [{ path, recurse, include, exclude }]
    : [];
}
