import type {
  Module,
  ModuleRefInEnvironment,
} from '@slipway/backstage-plugin-slipway-common';

/** What names a module in the API. */
export function moduleRefOf(module: Module): ModuleRefInEnvironment {
  const { configRepo, environment, name } = module;
  return { configRepo, environment, module: name };
}
