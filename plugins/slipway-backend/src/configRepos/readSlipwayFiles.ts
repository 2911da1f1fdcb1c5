import {
  CONFIG_REPO_FILE,
  COPY_RULES_DIRECTORY,
  ENVIRONMENTS_DIRECTORY,
  nameProblem,
  parseSlipwayFile,
  type ConfigRepoFile,
  type CopyRulesFile,
  type EnvironmentFile,
  type Finding,
  type SlipwayFileByKind,
} from '@slipway/backstage-plugin-slipway-common';
import type { Snapshot, TreeEntry } from '../git';

/** What a file under `.slipway/` says, as far as it can be read. */
export interface ReadFile<T> {
  exists: boolean;
  value?: T;
  findings: Finding[];
}

export interface SlipwayFiles {
  configRepo: ReadFile<ConfigRepoFile>;
  /** By name. */
  environments: Map<string, ReadFile<EnvironmentFile>>;
  copyRules: Map<string, ReadFile<CopyRulesFile>>;
  /** Of files that are left out. */
  findings: Finding[];
}

export interface ReadSlipwayFilesOptions {
  snapshot: Snapshot;
  readBlob: (oid: string) => Promise<Buffer>;
}

/** Reads the files under `.slipway/`; never throws over what is in them. */
export async function readSlipwayFiles(
  options: ReadSlipwayFilesOptions,
): Promise<SlipwayFiles> {
  const findings: Finding[] = [];
  const read = { ...options, findings };
  return {
    configRepo: await readRepoFile(options),
    environments: await readAll(ENVIRONMENTS_DIRECTORY, 'Environment', read),
    copyRules: await readAll(COPY_RULES_DIRECTORY, 'CopyRules', read),
    findings,
  };
}

async function readRepoFile(
  options: ReadSlipwayFilesOptions,
): Promise<ReadFile<ConfigRepoFile>> {
  const entry = options.snapshot.entry(CONFIG_REPO_FILE);
  if (!entry) {
    return {
      exists: false,
      findings: [{ severity: 'info', code: 'notDeclared', params: {} }],
    };
  }
  return {
    exists: true,
    ...parseSlipwayFile({
      path: CONFIG_REPO_FILE,
      text: await readText(entry, options),
      kind: 'ConfigRepo',
    }),
  };
}

async function readAll<K extends 'Environment' | 'CopyRules'>(
  directory: string,
  kind: K,
  options: ReadSlipwayFilesOptions & { findings: Finding[] },
): Promise<Map<string, ReadFile<SlipwayFileByKind[K]>>> {
  const files = new Map<string, ReadFile<SlipwayFileByKind[K]>>();
  for (const entry of options.snapshot.tree(directory) ?? []) {
    const name = /^(.+)\.ya?ml$/.exec(entry.name)?.[1];
    if (!name || entry.mode === '40000') continue;
    const path = `${directory}/${entry.name}`;
    const problem = nameProblem(name);
    if (problem) {
      const params = { path, problem };
      const code = 'nameUnusable';
      options.findings.push({ severity: 'error', code, params, file: path });
      continue;
    }
    const text = await readText(entry, options);
    files.set(name, {
      exists: true,
      ...parseSlipwayFile({ path, text, kind }),
    });
  }
  return files;
}

async function readText(
  entry: TreeEntry,
  options: ReadSlipwayFilesOptions,
): Promise<string> {
  // A link could point anywhere: its own text is what is judged.
  return (await options.readBlob(entry.oid)).toString('utf8');
}
