import type {
  Finding,
  TouchedModule,
} from '@slipway/backstage-plugin-slipway-common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isWithin, type Snapshot } from '../../git';
import {
  duplicateObjects,
  objectKey,
  objectsOf,
  prunedObjects,
  type ManifestFile,
} from '../../manifests/checks';
import { appliedFiles } from '../../manifests/applied';
import { isKustomization } from '../../manifests/kustomize';
import type { PlannedChange } from '../plan/types';
import type { BlobTexts } from './BlobTexts';
import type { ChangedText } from './changedTexts';
import { moduleReadings, type ModuleReading } from './moduleReadings';
import type { ChangeFindings, FindingsOptions } from './types';

/** Modules that one plan looks into. */
const MAX_MODULES = 50;

/** What a change makes of each module as a whole: objects that are there twice, and objects that are no more. */
export async function moduleFindings(
  changed: readonly ChangedText[],
  options: FindingsOptions,
): Promise<ChangeFindings> {
  const { repo, planned, after, texts, mayRead, signal } = options;
  const found: ChangeFindings = { findings: [], pruned: [] };
  if (planned.edits.length === 0) return found;
  if (options.onlyErrors && keepsObjects(changed, planned)) return found;
  const modules = planned.touches.flatMap(touched => {
    const path = modulePath(options, touched);
    return path !== undefined && mayRead(path) ? [{ touched, path }] : [];
  });
  const looked = modules.slice(0, MAX_MODULES);
  const sources = await options.readSources(looked.map(one => one.touched));
  for (const reading of moduleReadings(looked, sources)) {
    signal?.throwIfAborted();
    // Others' requests are not to wait for all of them.
    await nextTurn();
    const [then, now] = [
      await applied(repo.snapshot, reading, texts),
      await applied(after, reading, texts),
    ];
    found.findings.push(
      ...duplicateObjects(now, then).filter(
        ({ file, params }) =>
          mayRead(file ?? '') && mayRead(params?.firstFile ?? ''),
      ),
    );
    for (const object of prunedObjects(then, now)) {
      const { apiVersion, kind, namespace, name, file } = object;
      if (!mayRead(file)) continue;
      found.pruned.push({
        apiVersion,
        kind,
        namespace,
        name,
        file,
        ...moduleOf(file, reading),
      });
    }
  }
  if (modules.length > MAX_MODULES || !texts.complete) {
    found.findings.push(incomplete(modules.length));
  }
  return { findings: unique(found.findings), pruned: unique(found.pruned) };
}

/** What several modules share is found once, whoever reads it. */
function unique<T>(found: T[]): T[] {
  return [...new Map(found.map(one => [JSON.stringify(one), one])).values()];
}

/** The module that a file is in; that of a file that modules share is the first one that it is read for. */
function moduleOf(file: string, { modules }: ModuleReading) {
  const { touched } =
    modules.find(({ path }) => isWithin(file, path)) ?? modules[0];
  return { environment: touched.environment, module: touched.module };
}

/** Whether the same objects are in the same files as before: then none is new, and none is gone. */
function keepsObjects(
  changed: readonly ChangedText[],
  { edits }: PlannedChange,
): boolean {
  const keys = (text: string, path: string) =>
    objectsOf(text, path).map(objectKey).sort().join('\n');
  return (
    changed.length === edits.length &&
    changed.every(
      ({ path, oldPath, text, before }) =>
        oldPath === path &&
        before !== undefined &&
        !isKustomization(path) &&
        keys(before, path) === keys(text, path),
    )
  );
}

function modulePath(
  { repo }: FindingsOptions,
  { environment, module }: TouchedModule,
): string | undefined {
  const { environments, layout } = repo.model;
  return (
    environments
      .find(one => one.name === environment)
      ?.modules.find(one => one.name === module)?.path ??
    layout.modulePath({ environment, module })
  );
}

async function applied(
  tree: Snapshot,
  { sources, modules }: ModuleReading,
  texts: BlobTexts,
): Promise<ManifestFile[]> {
  const textAt = (at: string) => {
    const entry = tree.entry(at);
    return entry?.mode.startsWith('100') ? texts.at(entry.oid) : undefined;
  };
  // Of a folder with many modules, the others' files are the same before and after.
  const read = sources.map(source => ({
    source,
    files: modules.flatMap(({ path }) =>
      filesAt(tree, isWithin(path, source.path) ? path : source.path),
    ),
  }));
  return texts.walk(() => {
    const paths = read.flatMap(one => appliedFiles({ ...one, textAt }));
    return [...new Set(paths)].flatMap(at => {
      const text = textAt(at);
      return text === undefined ? [] : [{ path: at, text }];
    });
  });
}

function filesAt(tree: Snapshot, path: string): string[] {
  const entry = tree.entry(path);
  if (path !== '' && entry?.mode !== '40000') return entry ? [path] : [];
  return [...tree.files(path)].map(file => file.path);
}

function incomplete(modules: number): Finding {
  return {
    severity: 'info',
    code: 'checksIncomplete',
    params: { modules: String(modules), limit: String(MAX_MODULES) },
  };
}
