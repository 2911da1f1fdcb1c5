import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  type CopiedEngineManifest,
  type CopyEngineManifestOptions,
  type EngineManifestPlace,
  isObjectName,
  renameForCopy,
} from '@slipway/backstage-plugin-slipway-node';
import {
  Document,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
} from 'yaml';
import { hydratedPath, moveHydration } from './moveHydration';

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

type Target = EngineManifestPlace['targets'][number];

/**
 * Makes Applications for a copy of a module out of those that carry it: name, labels, paths below the module and destination are
 * those of the copy, and it removes what it deployed when it is deleted; all else stays. Where there are none, a plain one is made.
 */
export function copyApplications(
  options: CopyEngineManifestOptions,
): CopiedEngineManifest {
  const { text, from, to } = options;
  const remarks: Reason[] = [];
  const documents: Document[] =
    text === undefined
      ? [plainApplication(options)]
      : [...parseAllDocuments(text)];
  if (text === undefined) {
    remarks.push({
      code: 'copyEngineMissing',
      params: { module: from.module },
    });
  }
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      const message = error.message.split('\n', 1)[0];
      return { remarks: [{ code: 'copyUnparsable', params: { message } }] };
    }
    if (document.get('kind') !== 'Application') continue;
    const old = String(document.getIn(['metadata', 'name']) ?? '');
    const name = renameForCopy(old, from, to) ?? `${to.environment}-${old}`;
    if (!isObjectName(name)) {
      return { remarks: [{ code: 'copyNameInvalid', params: { name } }] };
    }
    document.setIn(['metadata', 'name'], name);
    addFinalizer(document);
    moveLabels(document, options);
    const hydrated = hydratedPath(document);
    movePaths(document, from.path, to.path);
    const branch = moveHydration(document, options, hydrated);
    if (branch !== undefined) {
      remarks.push({ code: 'copyHydratedTogether', params: { branch } });
    }
    const unknown = moveDestination(document, options);
    if (unknown !== undefined) {
      remarks.push({
        code: 'copyDestinationUnknown',
        params: { cluster: unknown },
      });
    }
  }
  return { text: documents.map(String).join(''), remarks };
}

function plainApplication({
  from,
  to,
  repoUrl,
  branch,
}: CopyEngineManifestOptions): Document {
  const [target] = from.targets;
  return new Document({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${from.environment}-${from.module}`,
      namespace: 'argocd',
      labels: { environment: from.environment, module: to.module },
    },
    spec: {
      project: 'default',
      source: { repoURL: repoUrl, targetRevision: branch, path: from.path },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: target?.namespace,
      },
      syncPolicy: { syncOptions: ['CreateNamespace=true'] },
    },
  });
}

/** So that what the copy brings goes with it (https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/). */
function addFinalizer(document: Document): void {
  const path = ['metadata', 'finalizers'];
  const present = document.getIn(path, true);
  const names: unknown[] = isSeq(present) ? present.toJSON() : [];
  if (names.some(name => String(name).startsWith(FINALIZER))) return;
  document.setIn(path, document.createNode([...names, FINALIZER]));
}

function moveLabels(
  document: Document,
  { from, to }: Pick<CopyEngineManifestOptions, 'from' | 'to'>,
): void {
  const labels = document.getIn(['metadata', 'labels'], true);
  if (!isMap(labels)) return;
  for (const { value } of labels.items) {
    if (isScalar(value) && value.value === from.environment) {
      value.value = to.environment;
    }
  }
}

/** Whole paths, and value files of another source (`$ref/path`). */
function movePaths(document: Document, from: string, to: string): void {
  visit(document.getIn(['spec'], true) as Document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      const [, ref, rest] = /^(\$[^/]+\/)?([^]*)$/.exec(node.value)!;
      if (rest === from || rest.startsWith(`${from}/`)) {
        node.value = `${ref ?? ''}${to}${rest.slice(from.length)}`;
      }
    },
  });
}

/** @returns the cluster of which nobody knows how Argo CD calls it */
function moveDestination(
  document: Document,
  { from, to }: Pick<CopyEngineManifestOptions, 'from' | 'to'>,
): string | undefined {
  const destination = ['spec', 'destination'];
  const at = (field: string) => document.getIn([...destination, field]);
  const index = targetOf(from.targets, {
    namespace: at('namespace'),
    server: at('server'),
    name: at('name'),
  });
  const source: Target | undefined = from.targets[index];
  const target = to.targets[index] ?? to.targets[0];
  if (!target) return undefined;
  document.setIn([...destination, 'namespace'], target.namespace);
  if (target.cluster === source?.cluster) return undefined;
  const known = target.destination;
  const server =
    known?.server ??
    (known?.inCluster && !known.name
      ? 'https://kubernetes.default.svc'
      : undefined);
  document.deleteIn([...destination, server ? 'name' : 'server']);
  document.setIn(
    [...destination, server ? 'server' : 'name'],
    server ?? known?.name ?? target.cluster,
  );
  return known ? undefined : target.cluster;
}

/** Which of the source's targets a destination is. */
function targetOf(
  targets: readonly Target[],
  destination: Record<'namespace' | 'server' | 'name', unknown>,
): number {
  const matches = ({ namespace, destination: known }: Target) =>
    namespace === destination.namespace &&
    (known?.name === undefined || known.name === destination.name) &&
    (known?.server === undefined || known.server === destination.server);
  return Math.max(0, targets.findIndex(matches));
}
