import {
  type EngineDestination,
  type EngineObject,
  type EngineObjectKey,
  type Fields,
  fields,
  isFields,
  readMaker,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { type EngineKind, KINDS } from '../kinds';
import { problemsOf } from './conditions';
import { readHelmRelease } from './helmRelease';
import { readInventory } from './inventory';
import { readKustomization } from './kustomization';
import { type FindSource, titleOf } from './sources';
import { readHealth, readSync } from './states';
import type { Delivered } from './types';
import { isRequested, requesterOf } from './request';

export interface ToEngineObjectOptions {
  kind: EngineKind;
  /** Name of the cluster that the object lives on. */
  cluster: string;
  find: FindSource;
}

/**
 * Says in Slipway's words what a Kustomization or a HelmRelease says, together with the sources that it reads. What is missing or
 * foreign in it becomes absent or Unknown; only an object without name, namespace or version is nothing at all.
 */
export function toEngineObject(
  object: unknown,
  { kind, cluster, find }: ToEngineObjectOptions,
): EngineObject | undefined {
  const key = toEngineObjectKey(object, { kind, cluster });
  const metadata = fields(fields(object).metadata);
  const resourceVersion = text(metadata.resourceVersion);
  if (!key || !resourceVersion || !isFields(object)) return undefined;
  const sourceProblems: EngineObject['conditions'] = [];
  const read = kind === 'Kustomization' ? readKustomization : readHelmRelease;
  const delivered = read(object, key.namespace, ref => {
    const found = find(ref);
    if (found.state === 'found') {
      for (const problem of problemsOf(found.object)) {
        sourceProblems.push(toCondition(problem, titleOf(ref)));
      }
    }
    return found;
  });
  const states = { object, ...delivered };
  const sync = readSync(states);
  return {
    key,
    uid: text(metadata.uid) ?? '',
    resourceVersion,
    sources: delivered.sources,
    destination: destinationOf(object, delivered),
    health: readHealth(states),
    sync,
    operation: operationOf(object, delivered),
    history: delivered.history?.length ? delivered.history : undefined,
    conditions: [
      ...problemsOf(object).map(problem => toCondition(problem)),
      ...sourceProblems,
    ],
    images: delivered.images,
    // What is in the inventory was applied, all of it, with the last success.
    resources: readInventory(
      object,
      sync.state === 'Synced' ? 'Synced' : undefined,
    ),
    prunes: delivered.prunes,
    reportedAt: delivered.reportedAt,
    madeBy: readMaker(object, { group: KINDS[kind].group, kind }),
  };
}

/** Enough to say that it is gone. */
export function toEngineObjectKey(
  object: unknown,
  { kind, cluster }: Pick<ToEngineObjectOptions, 'kind' | 'cluster'>,
): EngineObjectKey | undefined {
  const metadata = fields(fields(object).metadata);
  const name = text(metadata.name);
  const namespace = text(metadata.namespace);
  return name && namespace
    ? { engine: 'flux', cluster, namespace, name, kind }
    : undefined;
}

/** What was asked for runs from the wish until the controller says that it has handled it. */
function operationOf(
  object: Fields,
  { operation }: Delivered,
): EngineObject['operation'] {
  if (!isRequested(object)) return operation;
  const running = operation?.phase === 'Running' ? operation : undefined;
  return { ...running, phase: 'Running', initiatedBy: requesterOf(object) };
}

/** `spec.kubeConfig` names a Secret, or a ConfigMap, with the way to another cluster; what is in it cannot be seen. */
function destinationOf(
  object: Fields,
  { targetNamespace }: Delivered,
): EngineDestination {
  const { kubeConfig } = fields(object.spec);
  const { secretRef, configMapRef } = fields(kubeConfig);
  return {
    name: text(fields(secretRef).name) ?? text(fields(configMapRef).name),
    inCluster: !isFields(kubeConfig),
    namespace: targetNamespace,
    overridesNamespace: targetNamespace ? true : undefined,
  };
}

function toCondition(
  { type, reason: why, message = '', since }: ReturnType<typeof problemsOf>[0],
  of?: string,
): EngineObject['conditions'][number] {
  const name = why ?? type;
  return { type: of ? `${of}: ${name}` : name, message, since };
}
