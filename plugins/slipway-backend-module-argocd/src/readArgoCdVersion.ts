import {
  type ClusterConfig,
  type EngineVersion,
  engineVersionNotTold,
  engineVersionProblem,
  fields,
  KubernetesConnection,
  KubernetesError,
  type KubernetesObject,
  labelledVersion,
  rows,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { readArgoCdSettings } from './settings';

export interface ReadArgoCdVersionOptions {
  cluster: ClusterConfig;
  connection: KubernetesConnection;
  /** Where the controllers of its Applications are (`status.controllerNamespace`); one cluster may have several Argo CDs. */
  namespaces: ReadonlySet<string>;
  signal: AbortSignal;
}

/** Where Argo CD lives unless its Applications say otherwise. */
const DEFAULT_NAMESPACE = 'argocd';
const DEFAULT_CONTROLLER = 'argocd-application-controller';
const MOST_NAMESPACES = 10;
const MAXIMUM_BYTES = 64 * 1024;
/** So that there is time left to ask for the controller, and what was seen does not wait for long. */
const API_TIMEOUT_MILLISECONDS = 2_000;

/** Sharded, the controller may be a Deployment (dynamic cluster distribution). */
const WORKLOADS = [
  { kind: 'StatefulSet', resource: 'statefulsets' },
  { kind: 'Deployment', resource: 'deployments' },
];

/**
 * Argo CD's version: from its own API where that is configured, else from its application controller. Versions of several Argo CDs
 * are told together.
 */
export async function readArgoCdVersion(
  options: ReadArgoCdVersionOptions,
): Promise<EngineVersion> {
  const namespaces = [...options.namespaces].slice(0, MOST_NAMESPACES);
  if (namespaces.length <= 1) {
    const version = await askApi(options).catch(() => undefined);
    if (version) return { engineVersion: version };
  }
  const answers = await Promise.all(
    (namespaces.length > 0 ? namespaces : [DEFAULT_NAMESPACE]).map(namespace =>
      readController(options, namespace),
    ),
  );
  const known = new Set(
    answers.flatMap(({ engineVersion }) => engineVersion ?? []),
  );
  return known.size > 0
    ? { engineVersion: [...known].sort().join(', ') }
    : answers[0];
}

async function askApi({
  cluster,
  signal,
}: ReadArgoCdVersionOptions): Promise<string | undefined> {
  const { api } = readArgoCdSettings(cluster);
  if (!api) return undefined;
  const connection = KubernetesConnection.fromClusterConfig({
    ...cluster,
    auth: api,
  });
  const answer = await connection.getText({
    path: '/api/version',
    maximumBytes: MAXIMUM_BYTES,
    signal: AbortSignal.any([
      signal,
      AbortSignal.timeout(API_TIMEOUT_MILLISECONDS),
    ]),
  });
  // What follows the `+` is the commit that it was built from.
  return text(fields(JSON.parse(answer)).Version)?.split('+')[0];
}

async function readController(
  { cluster, connection, signal }: ReadArgoCdVersionOptions,
  namespace: string,
): Promise<EngineVersion> {
  const { controller: name = DEFAULT_CONTROLLER } = readArgoCdSettings(cluster);
  let problem: EngineVersion | undefined;
  for (const { kind, resource } of WORKLOADS) {
    const title = `${kind} ${namespace}/${name}`;
    try {
      const workload = await connection.getObject({
        group: 'apps',
        version: 'v1',
        resource,
        namespace,
        name,
        signal,
      });
      const version = versionOf(workload);
      return version ? { engineVersion: version } : engineVersionNotTold(title);
    } catch (error) {
      problem ??= engineVersionProblem(error, title);
      if (!isAbsent(error)) break;
    }
  }
  return problem ?? {};
}

/** The tag of the image is what runs; one that names no version, such as that of a mirror, says less than a label. */
function versionOf(workload: KubernetesObject): string | undefined {
  const { spec } = fields(fields(workload.spec).template);
  const tags = rows(fields(spec).containers).flatMap(
    ({ image }) => /:([^:/@]+)(?:@.*)?$/.exec(text(image) ?? '')?.[1] ?? [],
  );
  return tags.find(tag => /^v?\d+\.\d+/.test(tag)) ?? labelledVersion(workload);
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof KubernetesError && error.reason.params.status === '404'
  );
}
