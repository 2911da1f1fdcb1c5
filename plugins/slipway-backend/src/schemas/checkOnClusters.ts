import { objectsOf } from '../manifests/checks';
import {
  type AppliedObject,
  appliedObjects,
  type GroupVersionKind,
  kindsOfObjects,
  type SchemaNode,
  validateObjects,
} from '../manifests/schema';
import type { Finding } from '../schema/openapi/generated/models';
import type { ClusterSchemas } from './ClusterSchemas';

export interface CheckOnClustersOptions {
  schemas: Pick<ClusterSchemas, 'get'>;
  /** Names of the clusters that the file is delivered to. */
  clusters: readonly string[];
  /** In the config repo. */
  path: string;
  text: string;
  /** What the file was: an error that was there before is but a warning, so that it is in nobody's way. */
  before?: string;
  /** For patches: what is missing is not missed. */
  partial?: boolean;
}

type Answers = ReadonlyMap<string, SchemaNode | 'unavailable' | undefined>;

const MAX_FINDINGS = 50;

/**
 * Holds a file against the schemas of each cluster that it goes to. Findings of {@link validateAgainst} have a further parameter `clusters`,
 * the names of those that they hold for; an info `schemasUnavailable` names the clusters that could not be asked.
 */
export async function checkOnClusters(
  options: CheckOnClustersOptions,
): Promise<Finding[]> {
  const { clusters, path, text, before } = options;
  if (await isSilent(options)) {
    return [unavailable(path, clusters.join(', '))];
  }
  const objects = appliedObjects(text);
  const kinds = kindsOfObjects(objects);
  if (kinds.length === 0) {
    return [];
  }
  const groups = await groupClusters(options, kinds);
  const objectsBefore = before === undefined ? [] : appliedObjects(before);
  const found = new Map<string, { finding: Finding; clusters: string[] }>();
  const silent = new Set<string>();
  for (const { names, answers } of groups) {
    if ([...answers.values()].includes('unavailable')) {
      names.forEach(name => silent.add(name));
    }
    for (const finding of findingsOf(
      options,
      answers,
      objects,
      objectsBefore,
    )) {
      const key = JSON.stringify(finding);
      const entry = found.get(key) ?? { finding, clusters: [] };
      entry.clusters.push(...names);
      found.set(key, entry);
    }
  }
  const list = (names: Iterable<string>) => {
    const chosen = new Set(names);
    return clusters.filter(name => chosen.has(name)).join(', ');
  };
  const findings = [...found.values()]
    .map(({ finding, clusters: names }) => ({
      ...finding,
      params: { ...finding.params, clusters: list(names) },
    }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .slice(0, MAX_FINDINGS);
  return silent.size === 0
    ? findings
    : [...findings, unavailable(path, list(silent))];
}

function unavailable(file: string, clusters: string): Finding {
  return {
    severity: 'info',
    code: 'schemasUnavailable',
    params: { clusters },
    file,
  };
}

/** Whether no cluster tells anything of what the file describes: then it need not be read for that. */
async function isSilent({
  schemas,
  clusters,
  path,
  text,
}: CheckOnClustersOptions): Promise<boolean> {
  // Each kind once, whatever number of objects there is.
  const kinds = new Map(
    objectsOf(text, path).map(({ apiVersion, kind }) => [
      JSON.stringify([apiVersion, kind]),
      { apiVersion, kind },
    ]),
  );
  const answers = await Promise.all(
    clusters.flatMap(name =>
      [...kinds.values()].map(({ apiVersion, kind }) => {
        const [version, group = ''] = apiVersion.split('/').reverse();
        return schemas.get(name, { group, version, kind });
      }),
    ),
  );
  return (
    answers.length > 0 && answers.every(answer => answer === 'unavailable')
  );
}

/** Clusters that publish the very same schemas need one look. */
async function groupClusters(
  { schemas, clusters }: CheckOnClustersOptions,
  kinds: readonly GroupVersionKind[],
): Promise<Array<{ names: string[]; answers: Answers }>> {
  const ids = new Map<unknown, number>();
  const groups = new Map<string, { names: string[]; answers: Answers }>();
  const asked = await Promise.all(
    [...new Set(clusters)].map(async name => ({
      name,
      answers: await Promise.all(kinds.map(kind => schemas.get(name, kind))),
    })),
  );
  for (const { name, answers } of asked) {
    const signature = answers
      .map(answer => {
        const same = typeof answer === 'object' ? answer.schema : answer;
        ids.set(same, ids.get(same) ?? ids.size);
        return ids.get(same);
      })
      .join();
    const group = groups.get(signature) ?? {
      names: [],
      answers: new Map(
        kinds.map((kind, index) => [kindKey(kind), answers[index]]),
      ),
    };
    group.names.push(name);
    groups.set(signature, group);
  }
  return [...groups.values()];
}

function findingsOf(
  { path, text, before = '', partial }: CheckOnClustersOptions,
  answers: Answers,
  objects: readonly AppliedObject[],
  objectsBefore: readonly AppliedObject[],
): Finding[] {
  const schemaOf = (gvk: GroupVersionKind) => {
    const key = kindKey(gvk);
    // A kind that was in the file before and is no more is nobody's concern.
    return answers.has(key) ? answers.get(key) : 'unavailable';
  };
  const options = { path, schemaOf, partial };
  const findings = validateObjects(objects, { ...options, text });
  const known = new Set(
    findings.length > 0
      ? validateObjects(objectsBefore, { ...options, text: before }).map(
          identity,
        )
      : [],
  );
  return findings.map(finding =>
    finding.severity === 'error' && known.has(identity(finding))
      ? { ...finding, severity: 'warning' }
      : finding,
  );
}

function identity({ code, params }: Finding): string {
  return JSON.stringify([code, params]);
}

function kindKey({ group, version, kind }: GroupVersionKind): string {
  return JSON.stringify([group, version, kind]);
}
