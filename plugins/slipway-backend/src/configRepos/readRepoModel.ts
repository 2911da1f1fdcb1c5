import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CONFIG_REPO_FILE,
  DEFAULT_LAYOUTS,
  environmentFilePath,
  engineManifestPath,
  Layout,
  type CommitInfo,
  type ConfigRepoFile,
  type EnvironmentFile,
  type Finding,
  type LayoutProblem,
} from '@slipway/backstage-plugin-slipway-common';
import type { Snapshot, TreeEntry } from '../git';
import type { EnvironmentModel, ModuleModel, RepoModel } from '../status/types';
import { readSlipwayFiles, type ReadFile } from './readSlipwayFiles';

export interface ReadRepoModelOptions {
  snapshot: Snapshot;
  head: CommitInfo;
  readBlob: (oid: string) => Promise<Buffer>;
  /** Names of the configured clusters. */
  clusters: Set<string>;
  /** The last repo.yaml that could be read; stands in while the present one is broken. */
  lastGood?: ConfigRepoFile;
}

/**
 * Reads all that Git says about a config repo: the files under `.slipway/`, and what the layout finds.
 * What is broken becomes a finding of what it describes; the rest stands.
 */
export async function readRepoModel(
  options: ReadRepoModelOptions,
): Promise<RepoModel> {
  const { snapshot, head } = options;
  const files = await readSlipwayFiles(options);
  const { configRepo: repoFile, environments: declared } = files;
  const file =
    repoFile.value ?? (repoFile.exists ? options.lastGood : undefined);
  const spec = file?.spec;

  // Its problems are findings of the file already, with their lines.
  const { layout } = Layout.parse(spec?.layouts ?? DEFAULT_LAYOUTS, {
    ignore: spec?.ignore ?? [],
  });
  const findings = [...repoFile.findings, ...files.findings];
  const copyRules = [...files.copyRules.values()].flatMap(saved => {
    findings.push(...saved.findings);
    if (!saved.value) return [];
    const { metadata, spec: said } = saved.value;
    return [{ ...metadata, rules: said.rules }];
  });

  // Without a repo.yaml that can be read nobody said where environments are.
  const found = file
    ? findModules(layout, snapshot, findings)
    : new Map<string, ModuleModel[]>();

  const environments: EnvironmentModel[] = [];
  for (const name of new Set([...declared.keys(), ...found.keys()])) {
    environments.push(
      buildEnvironment({
        name,
        file: declared.get(name),
        modules: found.get(name) ?? [],
        layout,
        manifests: spec?.engine?.manifests,
        options,
      }),
    );
  }

  return {
    commit: snapshot.commit,
    head,
    file,
    title: file?.metadata.title,
    owner: entityRef(spec?.owner),
    stages: spec?.stages ?? [],
    layout,
    environments,
    copyRules: copyRules.sort((a, b) => (a.name < b.name ? -1 : 1)),
    findings,
    ignores: path => layout.isIgnored(path),
    structure: {},
  };
}

function findModules(
  layout: Layout,
  snapshot: Snapshot,
  findings: Finding[],
): Map<string, ModuleModel[]> {
  const found = new Map<string, ModuleModel[]>();
  const matches = layout.enumerate(
    path =>
      (snapshot.tree(path) ?? [])
        .filter(entry => !entry.invalidName)
        .map(entry => ({ name: entry.name, kind: entryKind(entry) })),
    { onProblem: problem => findings.push(layoutFinding(problem)) },
  );
  for (const { environment, module, modulePath } of matches) {
    const modules = found.get(environment) ?? [];
    modules.push({
      name: module,
      path: modulePath,
      objectId: snapshot.entry(modulePath)?.oid,
    });
    found.set(environment, modules);
  }
  return found;
}

function layoutFinding({ code, params }: LayoutProblem): Finding {
  return { severity: 'error', code, params, file: CONFIG_REPO_FILE };
}

function entryKind(entry: TreeEntry): 'directory' | 'file' | 'other' {
  if (entry.mode === '40000') return 'directory';
  return entry.mode.startsWith('100') ? 'file' : 'other';
}

interface BuildEnvironmentOptions {
  name: string;
  file: ReadFile<EnvironmentFile> | undefined;
  modules: ModuleModel[];
  layout: Layout;
  manifests: string | undefined;
  options: ReadRepoModelOptions;
}

function buildEnvironment(build: BuildEnvironmentOptions): EnvironmentModel {
  const { name, file, layout, options } = build;
  const value = file?.value;
  const findings = [...(file?.findings ?? [])];
  const targets = value?.spec.targets ?? [];
  for (const { cluster } of targets) {
    if (!options.clusters.has(cluster)) {
      findings.push({
        severity: 'error',
        code: 'targetClusterUnknown',
        params: { cluster },
        file: environmentFilePath(name),
      });
    }
  }

  const described = value?.spec.modules ?? {};
  const names = new Set([
    ...build.modules.map(module => module.name),
    ...Object.keys(described),
  ]);
  const modules = [...names].map((moduleName): ModuleModel => {
    const found = build.modules.find(module => module.name === moduleName);
    const about = described[moduleName];
    const path =
      found?.path ??
      layout.modulePath({ environment: name, module: moduleName }) ??
      moduleName;
    if (!found) {
      findings.push({
        severity: 'warning',
        code: 'moduleFilesMissing',
        params: { module: moduleName, path },
        file: environmentFilePath(name),
      });
    }
    return {
      name: moduleName,
      path,
      objectId: found?.objectId,
      title: about?.title,
      description: about?.description,
      owner: entityRef(about?.owner),
      entityRef: entityRef(about?.entity),
      manifest:
        build.manifests === undefined
          ? undefined
          : engineManifestPath(build.manifests, {
              environment: name,
              module: moduleName,
            }),
    };
  });

  return {
    name,
    managed: file !== undefined,
    title: value?.metadata.title,
    description: value?.metadata.description,
    stage: value?.spec.stage,
    path: layout.environmentPath(name) ?? name,
    owner: entityRef(value?.spec.owner),
    targets,
    modules: modules.sort((a, b) => (a.name < b.name ? -1 : 1)),
    files: countFiles(options.snapshot, modules),
    findings,
  };
}

/** As the catalog spells it; ownership claims are compared as text. */
function entityRef(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return stringifyEntityRef(parseEntityRef(text)).toLocaleLowerCase('en-US');
}

function countFiles(snapshot: Snapshot, modules: ModuleModel[]): number {
  let count = 0;
  for (const module of modules) {
    const entry = snapshot.entry(module.path);
    if (!entry) continue;
    if (entry.mode !== '40000') count += 1;
    else for (const _ of snapshot.files(module.path)) count += 1;
  }
  return count;
}
