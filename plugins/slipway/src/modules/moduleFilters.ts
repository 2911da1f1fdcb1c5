import type {
  FileSyncState,
  FoundModule,
  HealthState,
  Module,
  SyncState,
} from '@slipway/backstage-plugin-slipway-common';
import { worstState } from './worstState';

/** A module, with its environment where that is not the page's own. */
export type ListedModule = Pick<FoundModule, 'module'> & Partial<FoundModule>;

/** The three states that the list filters by, named as in the URL. */
export const moduleFilterNames = ['health', 'sync', 'fileSync'] as const;
export type ModuleFilterName = (typeof moduleFilterNames)[number];

export const moduleStates: {
  health: readonly HealthState[];
  sync: readonly SyncState[];
  fileSync: readonly FileSyncState[];
} = {
  health: [
    'Healthy',
    'Progressing',
    'Degraded',
    'Suspended',
    'Missing',
    'Unknown',
  ],
  sync: ['Synced', 'OutOfSync', 'Unknown'],
  fileSync: ['Current', 'Behind', 'Diverged', 'NotDeployed', 'Unknown'],
};

/** What is asked of the list. */
export type ModuleFilterValues = {
  [name in ModuleFilterName]?: string;
} & { search: string };

/** The filters of the URL; a state that there is none of by that name filters nothing. */
export function parseModuleFilters(
  params: URLSearchParams,
): ModuleFilterValues {
  const state = (name: ModuleFilterName) =>
    moduleStates[name].find(known => known === params.get(name));
  return {
    health: state('health'),
    sync: state('sync'),
    fileSync: state('fileSync'),
    search: params.get('q') ?? '',
  };
}

/** Modules keep their identity while they stay the same, so a letter more in the search writes no text again. */
const texts = new WeakMap<Module, string>();

function textOf({ environmentTitle, module }: ListedModule): string {
  let text = texts.get(module);
  if (text === undefined) {
    text = [
      module.name,
      module.title,
      module.path,
      module.description,
      module.environment,
      environmentTitle,
      module.version,
      module.lastChange?.authorName,
      ...module.images,
    ]
      .join('\n')
      .toLocaleLowerCase();
    texts.set(module, text);
  }
  return text;
}

/** The modules whose worst state is the one asked for, in each of the three, and that have every word of the search. */
export function filterModules(
  modules: ListedModule[],
  filters: ModuleFilterValues,
): ListedModule[] {
  const words = filters.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const asked = moduleFilterNames.filter(name => filters[name]);
  return modules.filter(listed => {
    const text = words.length > 0 ? textOf(listed) : '';
    if (!words.every(word => text.includes(word))) {
      return false;
    }
    if (asked.length === 0) {
      return true;
    }
    const worst = worstState(listed.module.states);
    return asked.every(name => worst[name]?.state === filters[name]);
  });
}
