import type {
  Finding,
  TouchedModule,
} from '@slipway/backstage-plugin-slipway-common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Snapshot } from '../../git';
import {
  duplicateObjects,
  objectKey,
  objectsOf,
  prunedObjects,
  type ManifestFile,
} from '../../manifests/checks';
import { appliedFiles, isKustomization } from '../../manifests/kustomize';
import type { PlannedChange } from '../plan/types';
import type { BlobTexts } from './BlobTexts';
import type { ChangedText } from './changedTexts';
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
  for (const { touched, path } of modules.slice(0, MAX_MODULES)) {
    signal?.throwIfAborted();
    // Others' requests are not to wait for all of them.
    await nextTurn();
    const [then, now] = [
      await applied(repo.snapshot, path, texts),
      await applied(after, path, texts),
    ];
    const { environment, module } = touched;
    found.findings.push(...duplicateObjects(now, then));
    for (const object of prunedObjects(then, now)) {
      const { apiVersion, kind, namespace, name, file } = object;
      found.pruned.push({
        apiVersion,
        kind,
        namespace,
        name,
        file,
        environment,
        module,
      });
    }
  }
  if (modules.length > MAX_MODULES || !texts.complete) {
    found.findings.push(incomplete(modules.length));
  }
  return {
    // A base that several modules share is found wrong once.
    findings: [
      ...new Map(
        found.findings.map(one => [JSON.stringify(one), one]),
      ).values(),
    ],
    pruned: found.pruned,
  };
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
  path: string,
  texts: BlobTexts,
): Promise<ManifestFile[]> {
  const textAt = (at: string) => {
    const entry = tree.entry(at);
    return entry?.mode.startsWith('100') ? texts.at(entry.oid) : undefined;
  };
  const files = [...tree.files(path)].map(file => file.path);
  return texts.walk(() => {
    const paths =
      tree.entry(path)?.mode === '40000'
        ? appliedFiles({ directory: path, files, textAt })
        : [path];
    return paths.flatMap(at => {
      const text = textAt(at);
      return text === undefined ? [] : [{ path: at, text }];
    });
  });
}

function incomplete(modules: number): Finding {
  return {
    severity: 'info',
    code: 'checksIncomplete',
    params: { modules: String(modules), limit: String(MAX_MODULES) },
  };
}
