import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  type EngineSource,
  fields,
  type Fields,
  isFields,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import type { ConfigRepoHead } from '../../configRepos/ConfigRepoReader';
import { textContent } from '../../files/textContent';
import { GitError } from '../../git';
import { sourceFilter } from '../../manifests/applied';
import { readApplied } from '../../manifests/schema';
import { TooManyValues, ValueBudget } from '../../manifests/yaml/ValueBudget';
import { toValue, UnusableDocument } from '../values/toValue';
import type { DeclaredObject } from './types';

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** What makes a directory something that is rendered. */
const RENDERED =
  /(?:^|\/)(?:kustomization\.ya?ml|Kustomization|Chart\.yaml|[^/]+\.jsonnet)$/;
const MAX_FILES = 1_000;
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_OBJECTS = 5_000;
/** What all files of a source may declare, aliases followed. */
const VALUES = { values: 200_000, characters: 16 * 1024 * 1024 };

export type PlainManifests =
  | {
      state: 'read';
      objects: DeclaredObject[];
      /** Bytes that they take in memory, roughly. */
      size: number;
    }
  /** Why Slipway cannot tell what Git declares. */
  | { state: 'notRead'; reason: Reason };

/**
 * What a source declares at the branch head, where its manifests are read as they are in Git. Kustomize, Helm, jsonnet and plugins are
 * not rendered here.
 */
export async function readPlainManifests(
  source: EngineSource,
  { git, snapshot }: Pick<ConfigRepoHead, 'git' | 'snapshot'>,
): Promise<PlainManifests> {
  const { path } = source;
  if (source.rendered || source.chart || path === undefined) {
    return notRead('gitNotRendered');
  }
  const reads = sourceFilter({ ...source, path });
  // Flux leaves out what it names.
  if (snapshot.entry('.sourceignore')) return notRead('gitNotRendered');
  const files = [];
  for (const file of snapshot.files(path)) {
    if (RENDERED.test(file.path) && isNear(file.path, source)) {
      return notRead('gitNotRendered');
    }
    if (!MANIFEST.test(file.path) || !reads(file.path)) continue;
    // A link leads wherever it likes.
    if (!file.entry.mode.startsWith('100')) return notRead('gitNotRendered');
    if (files.length === MAX_FILES) return notRead('gitTooLarge');
    files.push(file);
  }
  const objects: DeclaredObject[] = [];
  const budget = new ValueBudget(VALUES);
  let bytes = 0;
  for (const file of files) {
    // Others have their turn between one file and the next.
    await nextTurn();
    const read = await readText(git, file.entry.oid);
    bytes += read.bytes;
    if (read.text === undefined || bytes > MAX_BYTES) {
      return read.tooLarge || bytes > MAX_BYTES
        ? notRead('gitTooLarge')
        : notRead('manifestUnreadable', { file: file.path });
    }
    const declared = objectsOf(read.text, budget);
    if (declared === 'unreadable') {
      return notRead('manifestUnreadable', { file: file.path });
    }
    if (declared === 'tooLarge') return notRead('gitTooLarge');
    objects.push(...declared);
    if (objects.length > MAX_OBJECTS) return notRead('gitTooLarge');
  }
  const values = VALUES.values - budget.left;
  return { state: 'read', objects, size: 1_000 + 2 * bytes + 100 * values };
}

/** Flux reads all below; a directory that is not recursed into may hold whatever it likes below. */
function isNear(file: string, { path = '', recurse }: EngineSource): boolean {
  return recurse || !file.slice(path ? path.length + 1 : 0).includes('/');
}

async function readText(
  git: ConfigRepoHead['git'],
  oid: string,
): Promise<{ text?: string; bytes: number; tooLarge?: boolean }> {
  try {
    const data = await git.readBlob(oid, { maxBytes: MAX_FILE_BYTES });
    return { text: textContent(data), bytes: data.length };
  } catch (error) {
    if (error instanceof GitError && error.problem === 'tooLarge') {
      return { bytes: 0, tooLarge: true };
    }
    throw error;
  }
}

/** `unreadable`: by any engine. */
function objectsOf(
  manifests: string,
  budget: ValueBudget,
): DeclaredObject[] | 'unreadable' | 'tooLarge' {
  const { objects, broken } = readApplied(manifests);
  if (broken) return 'unreadable';
  try {
    return objects.flatMap(({ gvk, node, targets }) => {
      const object = toValue(node, targets, budget);
      return isFields(object) ? toDeclared(object, gvk) : [];
    });
  } catch (error) {
    if (error instanceof UnusableDocument) return 'unreadable';
    if (error instanceof TooManyValues) return 'tooLarge';
    throw error;
  }
}

function toDeclared(
  object: Fields,
  gvk: { group: string; version: string; kind: string },
): DeclaredObject[] {
  const metadata = fields(object.metadata);
  const name = text(metadata.name);
  const namespace = text(metadata.namespace) ?? '';
  const encrypted = isFields(object.sops);
  // What gets its name from the cluster is another object each time.
  return name ? [{ ref: { ...gvk, namespace, name }, object, encrypted }] : [];
}

function notRead(
  code: string,
  params: Record<string, string> = {},
): PlainManifests {
  return { state: 'notRead', reason: { code, params } };
}
