import { ApplicationSource, KubernetesObject } from '../types';
import { matchesGlob } from './glob';
import { parseManifests } from './manifests';
import { RenderError, RenderInput } from './types';

/** Renders a plain directory of YAML and JSON. */
export function renderDirectory(
  { files, path }: RenderInput,
  directory: ApplicationSource['directory'] = {},
): KubernetesObject[] {
  const prefix = path ? `${path}/` : '';
  const objects: KubernetesObject[] = [];
  for (const file of [...files.keys()].sort()) {
    if (!file.startsWith(prefix)) {
      continue;
    }
    const relative = file.slice(prefix.length);
    if (
      !/\.(ya?ml|json|jsonnet)$/.test(relative) ||
      (!directory.recurse && relative.includes('/')) ||
      (directory.exclude && matchesGlob(directory.exclude, relative)) ||
      (directory.include && !matchesGlob(directory.include, relative))
    ) {
      continue;
    }
    if (relative.endsWith('.jsonnet')) {
      throw new RenderError(`${file}: Jsonnet is not supported by the demo`);
    }
    objects.push(...parseManifests(file, files.get(file)!));
  }
  return objects;
}
