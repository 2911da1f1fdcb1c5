import {
  engineManifestPath,
  type Finding,
} from '@slipway/backstage-plugin-slipway-common';
import type { EngineManifestPlace } from '@slipway/backstage-plugin-slipway-node';
import { parseChunk, splitDocuments } from '../manifests/yaml/documents';
import type { EnvironmentModel, ModuleModel } from '../status/types';
import { destinationOf, isRead } from './engine';
import { targetPairs } from './targetPairs';
import type { CopyOptions, CopyRow, CopyTo } from './types';

/** Characters of a manifest of engine objects. Engines read it as a whole, and compare each key of a map with every other. */
const MAX_MANIFEST_LENGTH = 64 * 1024;

/** A module and where its copy goes. */
export interface CopiedModule {
  module: ModuleModel;
  path: string;
}

/**
 * Makes what tells the sync engine of the modules of a copy, where the config repo says that files do. Files that are there already
 * stay as they are. `copyEngineUnread` (`path`, `count`): no engine object reads them.
 */
export async function copyEngineManifests(
  source: EnvironmentModel,
  to: CopyTo,
  modules: readonly CopiedModule[],
  options: CopyOptions,
): Promise<{ rows: CopyRow[]; findings: Finding[] }> {
  const { repo, engine } = options;
  const { model, snapshot } = repo;
  const template = model.file?.spec.engine?.manifests;
  if (!engine.copyManifest || template === undefined) {
    return { rows: [], findings: [] };
  }
  const rows: CopyRow[] = [];
  const unread: string[] = [];
  for (const { module, path } of modules) {
    const manifestAt = (modulePath: string) => {
      const match = model.layout.match(modulePath);
      return (
        match &&
        engineManifestPath(template, {
          ...match.values,
          environment: match.environment,
          module: match.module,
        })
      );
    };
    const [before, after] = [manifestAt(module.path), manifestAt(path)];
    if (after === undefined) continue;
    const present = snapshot.entry(after);
    const file: CopyRow['file'] = {
      type: 'engine',
      module: module.name,
      from: before,
      path: after,
      status: 'created',
      values: 0,
      remarks: [],
    };
    if (present) {
      rows.push({
        file: {
          ...file,
          status: 'same',
          remarks: [{ code: 'copyExistsSame', params: {} }],
        },
      });
      continue;
    }
    rows.push(await copyOne(file, { source, to, module, path }, options));
    if (!isRead(engine, after)) unread.push(after);
  }
  const [first] = unread;
  return {
    rows,
    findings:
      first === undefined || engine.objects.length === 0
        ? []
        : [
            {
              severity: 'warning',
              code: 'copyEngineUnread',
              params: { path: first, count: String(unread.length) },
            },
          ],
  };
}

function isSmallAndSound(text: string): boolean {
  return (
    text.length <= MAX_MANIFEST_LENGTH &&
    splitDocuments(text).every(
      chunk => parseChunk(chunk.text).errors.length === 0,
    )
  );
}

async function copyOne(
  file: CopyRow['file'],
  copied: {
    source: EnvironmentModel;
    to: CopyTo;
    module: ModuleModel;
    path: string;
  },
  { repo, engine, mayRead, readBlob, repoUrl, branch }: CopyOptions,
): Promise<CopyRow> {
  const { source, to, module, path } = copied;
  const entry =
    file.from === undefined || !mayRead(module.path)
      ? undefined
      : repo.snapshot.entry(file.from);
  const text = entry?.mode.startsWith('100')
    ? (await readBlob(entry.oid)).toString('utf8')
    : undefined;
  const host = engine.objects.find(object =>
    object.sources.some(one => one.path === module.path),
  )?.key.cluster;
  const place = (
    environment: string,
    at: string,
    targets: EnvironmentModel['targets'],
  ): EngineManifestPlace => ({
    environment,
    module: module.name,
    path: at,
    targets: targets.map(target => ({
      ...target,
      destination: destinationOf(engine, target.cluster, host),
    })),
  });
  if (text !== undefined && !isSmallAndSound(text)) {
    const params = { message: '' };
    return {
      file: {
        ...file,
        status: 'refused',
        remarks: [{ code: 'copyUnparsable', params }],
      },
    };
  }
  const pairs = targetPairs(source.targets, to.targets);
  const made = engine.copyManifest!({
    text,
    from: place(
      source.name,
      module.path,
      pairs.map(([one]) => one),
    ),
    to: place(
      to.name,
      path,
      pairs.map(([, other]) => other),
    ),
    repoUrl,
    branch,
  });
  if (made.text === undefined) {
    return { file: { ...file, status: 'refused', remarks: made.remarks } };
  }
  return {
    file: {
      ...file,
      from: entry ? file.from : undefined,
      status: entry ? 'rewritten' : 'created',
      remarks: made.remarks,
    },
    operation: {
      type: 'write',
      path: file.path,
      content: Buffer.from(made.text),
    },
  };
}
