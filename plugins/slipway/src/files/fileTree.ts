import type {
  FileEntry,
  FilePage,
} from '@slipway/backstage-plugin-slipway-common';

/** What a row of the tree stands for. */
export interface FileNode {
  /** Unlike every other node's. */
  id: string;
  type: 'environment' | 'module' | 'folder' | 'file';
  label: string;
  configRepo: string;
  /** Where it is in the config repo; absent where no directory is this node's alone. */
  path?: string;
  children: FileNode[];
  /** Files below. */
  files: number;
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The deepest directory that holds all paths; empty for the root. */
export function commonDirectory(paths: readonly string[]): string {
  let common = directoryOf(paths[0] ?? '').split('/');
  for (const path of paths) {
    const parts = directoryOf(path).split('/');
    const end = common.findIndex((part, index) => part !== parts[index]);
    if (end >= 0) {
      common = common.slice(0, end);
    }
  }
  return common.join('/');
}

/** Directories that hold files of more than one module, by config repo. */
function sharedDirectories(items: readonly FileEntry[]): Set<string> {
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const item of items) {
    const owner = `${item.environment}/${item.module}`;
    let directory = directoryOf(item.path);
    while (directory) {
      const key = `${item.configRepo}:${directory}`;
      const known = owners.get(key);
      if (known === undefined) {
        owners.set(key, owner);
      } else if (known !== owner) {
        shared.add(key);
      }
      directory = directoryOf(directory);
    }
  }
  return shared;
}

function byLabel(a: FileNode, b: FileNode): number {
  return a.label < b.label ? -1 : Number(a.label > b.label);
}

/** Folders first, as file managers have it. */
function sortFolder(node: FileNode): number {
  node.files = node.children.reduce(
    (sum, child) => sum + (child.type === 'file' ? 1 : sortFolder(child)),
    0,
  );
  node.children.sort(
    (a, b) =>
      Number(a.type === 'file') - Number(b.type === 'file') || byLabel(a, b),
  );
  return node.files;
}

/** Where a module's files are; `own` when nobody else's are there. */
export interface ModuleRoot {
  directory: string;
  own: boolean;
}

export function moduleKey(item: FileEntry): string {
  return `${item.configRepo}/${item.environment}/${item.module}`;
}

function groupByModule(items: readonly FileEntry[]): Map<string, FileEntry[]> {
  const groups = new Map<string, FileEntry[]>();
  for (const item of items) {
    const key = moduleKey(item);
    const known = groups.get(key);
    if (known) {
      known.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** The directory of each module, from every file in scope: made once, not for each search. */
export function moduleRoots(
  all: readonly FileEntry[],
): Map<string, ModuleRoot> {
  const shared = sharedDirectories(all);
  return new Map(
    [...groupByModule(all)].map(([key, items]) => {
      const directory = commonDirectory(items.map(({ path }) => path));
      const own =
        directory !== '' && !shared.has(`${items[0].configRepo}:${directory}`);
      return [key, { directory, own }];
    }),
  );
}

function moduleNode(
  id: string,
  name: string,
  items: readonly FileEntry[],
  moduleRoot: ModuleRoot | undefined,
): FileNode {
  const configRepo = items[0]?.configRepo ?? '';
  const root = moduleRoot?.directory ?? '';
  const node: FileNode = {
    id,
    type: 'module',
    label: name,
    configRepo,
    path: moduleRoot?.own ? root : undefined,
    children: [],
    files: 0,
  };
  const folders = new Map([[root, node]]);
  const folderAt = (path: string): FileNode => {
    const known = folders.get(path);
    if (known) {
      return known;
    }
    const folder: FileNode = {
      id: `${id}:${path}/`,
      type: 'folder',
      label: path.slice(path.lastIndexOf('/') + 1),
      configRepo,
      path,
      children: [],
      files: 0,
    };
    folders.set(path, folder);
    folderAt(directoryOf(path)).children.push(folder);
    return folder;
  };
  for (const { path } of items) {
    folderAt(directoryOf(path)).children.push({
      id: `${id}:${path}`,
      type: 'file',
      label: path.slice(path.lastIndexOf('/') + 1),
      configRepo,
      path,
      children: [],
      files: 1,
    });
  }
  sortFolder(node);
  return node;
}

/**
 * Environments, their modules, folders and files. With one environment only its modules, without that step.
 */
export function buildFileTree(options: {
  items: readonly FileEntry[];
  roots: ReadonlyMap<string, ModuleRoot>;
  environments: FilePage['environments'];
  /** Leaves out modules without files to show. */
  filtered: boolean;
}): FileNode[] {
  const { items, roots, environments, filtered } = options;
  const byModule = groupByModule(items);
  const nodes = environments
    .map(({ configRepo, name, title, modules }): FileNode => {
      const id = `${configRepo}/${name}`;
      const children = modules
        .filter(module => !filtered || byModule.has(`${id}/${module}`))
        .map(module =>
          moduleNode(
            `${id}/${module}`,
            module,
            byModule.get(`${id}/${module}`) ?? [],
            roots.get(`${id}/${module}`),
          ),
        );
      return {
        id,
        type: 'environment',
        label: title ?? name,
        configRepo,
        children,
        files: children.reduce((sum, child) => sum + child.files, 0),
      };
    })
    .filter(({ children }) => !filtered || children.length > 0);
  return environments.length === 1 ? nodes[0]?.children ?? [] : nodes;
}

export interface FileRow {
  node: FileNode;
  /** From 1. */
  level: number;
  parent?: string;
}

/** The rows that show with these nodes open, top to bottom. */
export function visibleRows(
  nodes: readonly FileNode[],
  isOpen: (node: FileNode) => boolean,
): FileRow[] {
  const rows: FileRow[] = [];
  const add = (level: number, parent: FileNode | undefined, node: FileNode) => {
    rows.push({ node, level, parent: parent?.id });
    if (node.children.length > 0 && isOpen(node)) {
      node.children.forEach(child => add(level + 1, node, child));
    }
  };
  nodes.forEach(node => add(1, undefined, node));
  return rows;
}

/** The ids of what must be open for a path to show. */
export function waysTo(
  nodes: readonly FileNode[],
  configRepo: string,
  path: string,
): string[] {
  const ids: string[] = [];
  const walk = (node: FileNode): boolean => {
    if (node.configRepo === configRepo && node.path === path) {
      return true;
    }
    const found = node.children.filter(walk).length > 0;
    if (found) {
      ids.push(node.id);
    }
    return found;
  };
  nodes.forEach(walk);
  return ids;
}
