import { posix } from 'path';
import { GitSnapshot } from '../../git';
import { ApplicationSource, KubernetesObject } from '../types';
import { renderDirectory } from './renderDirectory';
import { findKustomization, renderKustomize } from './renderKustomize';
import { RenderedSource, RenderError } from './types';

/**
 * Renders one source of an Application from the files of its commit.
 *
 * @throws RenderError for what the real Argo CD could not render either, and
 * for what only this demo cannot (Helm, plugins, most of Kustomize).
 */
export function renderSource(
  files: GitSnapshot,
  source: ApplicationSource,
): RenderedSource {
  if (source.ref && !source.path && !source.chart) {
    return { sourceType: '', objects: [] };
  }
  for (const tool of ['chart', 'helm', 'plugin', 'kustomize'] as const) {
    if (source[tool] && Object.keys(source[tool]).length > 0) {
      throw new RenderError(`source.${tool} is not supported by the demo`);
    }
  }
  const path = posix.normalize(source.path ?? '.').replace(/^\.$|\/$/g, '');
  if (path.startsWith('..') || posix.isAbsolute(path)) {
    throw new RenderError(
      `${source.path}: app path is absolute or outside the repository`,
    );
  }
  if (path && ![...files.keys()].some(file => file.startsWith(`${path}/`))) {
    throw new RenderError(`${source.path}: app path does not exist`);
  }
  if (files.has(posix.join(path, 'Chart.yaml'))) {
    throw new RenderError(`${path}: Helm charts are not supported by the demo`);
  }
  const input = { files, path };
  const isKustomize = findKustomization(input) !== undefined;
  const objects = isKustomize
    ? renderKustomize(input)
    : renderDirectory(input, source.directory);
  return {
    sourceType: isKustomize ? 'Kustomize' : 'Directory',
    objects: objects.map(encodeStringData),
  };
}

/** A cluster answers `data` only, so `stringData` would never compare equal. */
function encodeStringData(object: KubernetesObject): KubernetesObject {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret') {
    return object;
  }
  const { stringData, data, ...rest } = object;
  const encoded = Object.entries(
    (stringData as Record<string, string> | undefined) ?? {},
  ).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]);
  return {
    ...rest,
    data: { ...(data as object), ...Object.fromEntries(encoded) },
  };
}
