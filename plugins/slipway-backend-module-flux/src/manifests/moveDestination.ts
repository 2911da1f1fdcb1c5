import type {
  CopyEngineManifestOptions,
  EngineManifestPlace,
} from '@slipway/backstage-plugin-slipway-node';
import { type Document, isMap } from 'yaml';

type Target = EngineManifestPlace['targets'][number];

const SECRET = ['spec', 'kubeConfig', 'secretRef', 'name'];

/**
 * Points an engine object to the target of the copy. A Kustomization that leaves namespaces to its manifests goes on doing so.
 *
 * @returns the cluster of which nobody knows by which Secret Flux reaches it
 */
export function moveDestination(
  document: Document,
  { from, to }: Pick<CopyEngineManifestOptions, 'from' | 'to'>,
): string | undefined {
  const secret = document.getIn(SECRET);
  const home = document.getIn(['metadata', 'namespace']);
  const named = document.getIn(['spec', 'targetNamespace']);
  // A HelmRelease without a namespace of its own delivers to the one that it is in.
  const isHome = named === undefined && document.get('kind') === 'HelmRelease';
  const index = targetOf(from.targets, isHome ? home : named, secret);
  const source: Target | undefined = from.targets[index];
  const target = to.targets[index] ?? to.targets[0];
  if (!target) return undefined;
  if (named !== undefined) {
    document.setIn(['spec', 'targetNamespace'], target.namespace);
  } else if (isHome && home === source?.namespace) {
    document.setIn(['metadata', 'namespace'], target.namespace);
    keepSources(document, home);
  }
  if (target.cluster === source?.cluster) return undefined;
  const known = target.destination;
  if (known?.inCluster) {
    document.deleteIn(['spec', 'kubeConfig']);
    return undefined;
  }
  setSecret(document, known?.name ?? target.cluster);
  return known?.name ? undefined : target.cluster;
}

/** The key in the Secret stays as it was; a Secret and a ConfigMap exclude each other. */
function setSecret(document: Document, name: string): void {
  if (isMap(document.getIn(SECRET.slice(0, -1), true))) {
    document.setIn(SECRET, name);
  } else {
    const kubeConfig = document.createNode({ secretRef: { name } });
    document.setIn(['spec', 'kubeConfig'], kubeConfig);
  }
}

/** What is named without a namespace is looked for in that of the HelmRelease. */
function keepSources(document: Document, home: unknown): void {
  for (const place of [
    ['spec', 'chartRef'],
    ['spec', 'chart', 'spec', 'sourceRef'],
  ]) {
    const namespace = [...place, 'namespace'];
    if (document.hasIn(place) && !document.hasIn(namespace)) {
      document.setIn(namespace, home);
    }
  }
}

/** Which of the source's targets it delivers to. */
function targetOf(
  targets: readonly Target[],
  namespace: unknown,
  secret: unknown,
): number {
  const matches = ({ namespace: own, destination }: Target) =>
    (namespace === undefined || own === namespace) &&
    (destination === undefined || destination.name === secret);
  return Math.max(0, targets.findIndex(matches));
}
