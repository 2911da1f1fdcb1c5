import { parseAllDocuments } from 'yaml';
import { KubernetesObject } from '../types';
import { RenderError } from './types';

function isManifest(value: unknown): value is KubernetesObject {
  const candidate = value as Partial<KubernetesObject> | undefined;
  return Boolean(
    candidate &&
      typeof candidate.apiVersion === 'string' &&
      typeof candidate.kind === 'string' &&
      (candidate.kind.endsWith('List') ||
        candidate.metadata?.name ||
        candidate.metadata?.generateName),
  );
}

const KEPT_FILES = 4000;
const parsed = new Map<string, KubernetesObject[]>();

/**
 * The objects of one YAML or JSON file. Callers share them and must not change
 * them: most files are the same from one commit to the next, and parsing is
 * nearly all of the work.
 *
 * As in Argo CD, a file that does not parse is an error only when it looks like
 * a manifest; any other YAML that lies beside manifests is passed over.
 */
export function parseManifests(
  path: string,
  content: string,
): KubernetesObject[] {
  const known = parsed.get(content);
  if (known) {
    return known;
  }
  const objects: KubernetesObject[] = [];
  const looksLikeManifest = ['apiVersion', 'kind', 'metadata'].every(key =>
    new RegExp(`(^|[\\s{,])"?${key}"?\\s*:`, 'm').test(content),
  );
  const fail = (reason: string) => {
    if (looksLikeManifest || objects.length > 0) {
      throw new RenderError(
        `Failed to unmarshal "${path
          .split('/')
          .pop()}": failed to unmarshal manifest: ${reason}`,
        'FailedPrecondition',
      );
    }
  };
  for (const document of parseAllDocuments(content, { logLevel: 'silent' })) {
    if (document.errors.length > 0) {
      fail(
        `error converting YAML to JSON: yaml: ${
          document.errors[0].message.split('\n')[0]
        }`,
      );
      return [];
    }
    const value = document.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined) {
      continue;
    }
    if (!isManifest(value)) {
      fail(`Object 'apiVersion', 'kind' or 'metadata.name' is missing`);
      return [];
    }
    objects.push(
      ...(value.kind.endsWith('List') && Array.isArray(value.items)
        ? (value.items as KubernetesObject[])
        : [value]),
    );
  }
  if (parsed.size >= KEPT_FILES) {
    parsed.clear();
  }
  parsed.set(content, objects);
  return objects;
}
