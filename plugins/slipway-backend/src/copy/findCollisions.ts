import type { Finding } from '@slipway/backstage-plugin-slipway-common';
import { objectsOf, type ManifestObject } from '../manifests/checks';
import { kustomizationPaths } from '../manifests/kustomize';
import type { EnvironmentModel } from '../status/types';
import type { CopiedModule } from './copyEngineManifests';
import type { CopyOptions, CopyRow, CopyTo } from './types';

/** What belongs to no namespace, of Kubernetes itself and of what is installed most. */
const CLUSTER_SCOPED = new Set(
  `APIService CSIDriver CSINode ClusterIssuer ClusterRole ClusterRoleBinding ClusterSecretStore CustomResourceDefinition GatewayClass
  IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass RuntimeClass StorageClass
  ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration VolumeAttachment
  VolumeSnapshotClass`.split(/\s+/),
);

/** Findings of one copy; more tell nobody more. */
const MAX_FINDINGS = 50;

/**
 * Objects of a copy that there are already on a cluster that it goes to: `copyClusterScoped` (`kind`, `name`) for what the source has
 * there too, `copyCollides` (`kind`, `name`, `namespace`, `engineObject`) for what an engine object manages, of whatever repository;
 * `copyCollidesUnnamed` where the caller may read nothing that it carries. What a Kustomization makes of its files is not known, so
 * that these are left out.
 */
export async function findCollisions(
  rows: readonly CopyRow[],
  places: {
    source: EnvironmentModel;
    to: CopyTo;
    modules: readonly CopiedModule[];
  },
  options: CopyOptions,
): Promise<Finding[]> {
  const { source, to, modules } = places;
  const plain = modules.filter(
    ({ module }) =>
      !kustomizationPaths(module.path).some(path =>
        options.repo.snapshot.entry(path),
      ),
  );
  const objects = await objectsOfCopy(rows, plain, options);
  if (objects.length === 0) return [];
  const shared = to.targets.some(({ cluster }) =>
    source.targets.some(one => one.cluster === cluster),
  );
  const managed = await managedObjects(objects, to, options);
  const findings: Finding[] = [];
  for (const { object, before } of objects) {
    const { kind, name, file } = object;
    const wide = CLUSTER_SCOPED.has(kind);
    if (wide && shared && before.has(nameOf(object))) {
      const params = { kind, name };
      findings.push({
        severity: 'warning',
        code: 'copyClusterScoped',
        params,
        file,
      });
      continue;
    }
    for (const { cluster, namespace } of to.targets) {
      const at = wide ? '' : object.namespace ?? namespace;
      const by = managed.get(keyOf(cluster, kind, at, name));
      if (!by) continue;
      const params = { kind, name, namespace: at };
      findings.push({
        severity: wide ? 'warning' : 'error',
        ...(by.name === undefined
          ? { code: 'copyCollidesUnnamed', params }
          : {
              code: 'copyCollides',
              params: { ...params, engineObject: by.name },
            }),
        file,
      });
    }
  }
  return findings.slice(0, MAX_FINDINGS);
}

interface CopiedObject {
  object: ManifestObject;
  /** Names of the objects in the file that it was copied from. */
  before: ReadonlySet<string>;
}

async function objectsOfCopy(
  rows: readonly CopyRow[],
  modules: readonly CopiedModule[],
  { repo, readBlob }: CopyOptions,
): Promise<CopiedObject[]> {
  const names = new Set(modules.map(({ module }) => module.name));
  const found: CopiedObject[] = [];
  for (const { file, operation } of rows) {
    const { from, path } = file;
    if (file.type !== 'file' || !operation || from === undefined) continue;
    if (!names.has(file.module ?? '') || !/\.(?:ya?ml|json)$/i.test(path))
      continue;
    const entry = repo.snapshot.entry(from);
    if (!entry?.mode.startsWith('100')) continue;
    const old = (await readBlob(entry.oid)).toString('utf8');
    const text = operation.content?.toString('utf8') ?? old;
    const before = new Set(objectsOf(old, from).map(nameOf));
    for (const object of objectsOf(text, path)) found.push({ object, before });
  }
  return found;
}

/** What is managed on the target's clusters by other engine objects than those that carry the target itself, and by which. */
async function managedObjects(
  copied: readonly CopiedObject[],
  to: CopyTo,
  { engine, mayRead }: CopyOptions,
): Promise<Map<string, { name?: string }>> {
  const clusters = new Set(to.targets.map(({ cluster }) => cluster));
  const own = new Set(to.present?.modules.map(({ path }) => path));
  const namespaces = new Set(to.targets.map(({ namespace }) => namespace));
  const names = new Set<string>();
  for (const { object } of copied) {
    if (CLUSTER_SCOPED.has(object.kind)) names.add(object.name);
    else if (object.namespace) namespaces.add(object.namespace);
  }
  const managed = new Map<string, { name?: string }>();
  const wanted = { namespaces: [...namespaces], names: [...names] };
  for await (const chunk of engine.managing(wanted)) {
    for (const { object, resources } of chunk) {
      const cluster = engine.resolveCluster(object);
      if (cluster === undefined || !clusters.has(cluster)) continue;
      const paths = object.sources
        .filter(engine.readsThisRepo)
        .flatMap(({ path }) => path ?? []);
      if (paths.some(path => own.has(path))) continue;
      const name = paths.some(mayRead) ? object.key.name : undefined;
      for (const one of resources) {
        managed.set(keyOf(cluster, one.kind, one.namespace, one.name), {
          name,
        });
      }
    }
  }
  return managed;
}

function keyOf(cluster: string, kind: string, namespace: string, name: string) {
  return `${cluster}/${kind}/${namespace}/${name}`;
}

function nameOf({ kind, name }: ManifestObject): string {
  return `${kind}/${name}`;
}
