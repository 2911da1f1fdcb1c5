import {
  type EngineDestination,
  type EngineObject,
  type EngineObjectKey,
  fields,
  type Fields,
  isFields,
  readMaker,
  text,
  texts,
} from '@slipway/backstage-plugin-slipway-node';
import { readHistory } from './deployments';
import { mergeResources } from './mergeResources';
import { readRevisions } from './revisions';
import { declaredSources, readSources } from './sources';
import {
  operationRuns,
  readConditions,
  readHealth,
  readOperation,
  readSync,
} from './states';

const APPLICATION = { group: 'argoproj.io', kind: 'Application' };

export interface ApplicationHome {
  /** Name of the cluster that the Application lives on. */
  cluster: string;
  /** Argo CD's own user interface. */
  url?: string;
}

/**
 * Says in Slipway's words what an `argoproj.io/v1alpha1` Application says. What is missing or foreign in it becomes
 * absent or Unknown; only an object without name, namespace or version is nothing at all.
 */
export function toEngineObject(
  application: unknown,
  home: ApplicationHome,
): EngineObject | undefined {
  const key = toEngineObjectKey(application, home);
  const resourceVersion = text(
    fields(fields(application).metadata).resourceVersion,
  );
  if (!key || !resourceVersion || !isFields(application)) {
    return undefined;
  }
  const status = fields(application.status);
  const conditions = readConditions(status);
  const { syncResult } = fields(status.operationState);
  return {
    key,
    uid: text(fields(application.metadata).uid) ?? '',
    resourceVersion,
    sources: sourcesOf(application),
    destination: destinationOf(fields(fields(application.spec).destination)),
    health: readHealth(status, conditions),
    sync: readSync(status, conditions),
    operation: readOperation(application),
    history: readHistory(application),
    conditions,
    images: texts(fields(status.summary).images),
    resources: mergeResources(
      fields(syncResult).resources,
      status.resources,
      operationRuns(status),
    ),
    controllerNamespace: controllerNamespaceOf(application),
    reportedAt: text(status.reconciledAt),
    url: home.url && `${home.url}/applications/${key.namespace}/${key.name}`,
    madeBy: readMaker(application, {
      ...APPLICATION,
      argoCdNamespace: controllerNamespaceOf(application),
    }),
  };
}

/** Enough to say that it is gone. */
export function toEngineObjectKey(
  application: unknown,
  { cluster }: ApplicationHome,
): EngineObjectKey | undefined {
  const metadata = fields(fields(application).metadata);
  const name = text(metadata.name);
  const namespace = text(metadata.namespace);
  return name && namespace
    ? { engine: 'argocd', cluster, namespace, name }
    : undefined;
}

/** Where the controller is that looks after an Application; absent before it did. */
export function controllerNamespaceOf(application: Fields): string | undefined {
  return text(fields(application.status).controllerNamespace);
}

function sourcesOf(application: Fields): EngineObject['sources'] {
  const declared = declaredSources(application);
  const revisions = readRevisions(application, declared);
  return readSources(declared).flatMap((source, index) =>
    source ? [{ ...source, ...revisions[index] }] : [],
  );
}

function destinationOf(destination: Fields): EngineDestination {
  const server = text(destination.server);
  const name = text(destination.name);
  return {
    server,
    name,
    inCluster:
      name === 'in-cluster' ||
      /^https:\/\/kubernetes\.default\.svc\/?$/.test(server ?? ''),
    namespace: text(destination.namespace),
  };
}
