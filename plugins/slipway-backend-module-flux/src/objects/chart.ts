import {
  type EngineSource,
  type Fields,
  fields,
  text,
  texts,
} from '@slipway/backstage-plugin-slipway-node';
import { reason } from './reasons';
import { commitOf, revisionOf } from './revision';
import {
  artifactRevision,
  type FindSource,
  type FoundSource,
  pathIn,
  problemOf,
  readSourceRef,
  type SourceProblem,
  type SourceRef,
  targetRevisionOf,
  urlOf,
} from './sources';

/** Where a HelmRelease takes its chart from. */
export interface Chart {
  /** Without the applied revision. */
  source?: EngineSource;
  problem?: SourceProblem;
  /** `status.artifact.revision` of the HelmChart or OCIRepository: the version of the chart, or `tag@digest`. */
  wanted?: string;
  /** Commit that the chart was packaged from; absent unless every commit makes a package. */
  commit?: string;
}

/** The chart by `spec.chartRef`, or by the HelmChart or OCIRepository that Flux makes of `spec.chart`. */
export function readChart(
  release: Fields,
  namespace: string,
  find: FindSource,
): Chart {
  const { chart: template } = fields(release.spec);
  const named = readChartRef(release, namespace);
  if (!named) {
    return { problem: { reason: reason('sourceUnnamed'), failed: true } };
  }
  const found = find(named);
  if (named.kind !== 'HelmChart') return artifactOf(named, found);
  // While Flux has not made the HelmChart, the template says the same.
  const spec =
    found.state === 'found'
      ? fields(found.object.spec)
      : fields(fields(template).spec);
  return packageOf(named, found, spec, find);
}

/** What holds the artifact of the chart. */
export function readChartRef(
  release: Fields,
  namespace: string,
): SourceRef | undefined {
  const { chartRef } = fields(release.spec);
  return readSourceRef(chartRef, namespace) ?? generatedRef(release, namespace);
}

/**
 * `status.helmChart`: `<namespace>/<name>` of a HelmChart, or `<kind>/<namespace>/<name>`. Before it is there, the name
 * that Flux will give.
 */
function generatedRef(
  release: Fields,
  namespace: string,
): SourceRef | undefined {
  const { chart } = fields(release.spec);
  const { kind, spec } = fields(chart);
  const parts = (text(fields(release.status).helmChart) ?? '').split('/');
  const [name, home, madeKind = 'HelmChart'] = [...parts].reverse();
  if (name && home) return { kind: madeKind, namespace: home, name };
  const own = text(fields(release.metadata).name);
  const sourceRef = readSourceRef(fields(spec).sourceRef, namespace);
  const generated = `${namespace}-${own}`;
  if (kind === 'OCIRepository') return { kind, namespace, name: generated };
  return (
    sourceRef && {
      kind: 'HelmChart',
      namespace: sourceRef.namespace,
      name: generated,
    }
  );
}

/** A chart that is an artifact by itself, in a registry. */
function artifactOf(ref: SourceRef, found: FoundSource): Chart {
  const problem = problemOf(ref, found);
  const wanted = artifactRevision(found);
  const repoUrl =
    found.state === 'found' ? urlOf(ref, found.object) : undefined;
  if (found.state !== 'found' || !repoUrl) return { problem, wanted };
  return {
    problem,
    wanted,
    source: {
      repoUrl,
      chart: repoUrl.slice(repoUrl.lastIndexOf('/') + 1),
      targetRevision: targetRevisionOf(ref, found.object),
      recurse: false,
      comparedRevision: revisionOf(ref.kind, wanted),
    },
  };
}

/** A chart that source-controller packages out of a repository. */
function packageOf(
  ref: SourceRef,
  found: FoundSource,
  spec: Fields,
  find: FindSource,
): Chart {
  const repositoryRef = readSourceRef(spec.sourceRef, ref.namespace);
  if (!repositoryRef) return { problem: problemOf(ref, found) };
  const repository = find(repositoryRef);
  const problem = problemOf(repositoryRef, repository) ?? problemOf(ref, found);
  const wanted = artifactRevision(found);
  const repoUrl =
    repository.state === 'found'
      ? urlOf(repositoryRef, repository.object)
      : undefined;
  const name = text(spec.chart);
  if (repository.state !== 'found' || !repoUrl || !name) {
    return { problem, wanted };
  }
  if (repositoryRef.kind === 'HelmRepository') {
    const source: EngineSource = {
      repoUrl,
      chart: name,
      targetRevision: text(spec.version) ?? '*',
      recurse: false,
      comparedRevision: wanted,
    };
    return { problem, wanted, source };
  }
  const path = pathIn(name);
  const observed =
    found.state === 'found'
      ? fields(found.object.status).observedSourceArtifactRevision
      : undefined;
  return {
    problem,
    wanted,
    commit:
      spec.reconcileStrategy === 'Revision' ? commitOf(observed) : undefined,
    source: {
      repoUrl,
      path,
      targetRevision: targetRevisionOf(repositoryRef, repository.object),
      recurse: true,
      alsoReads: valuesFilesOf(spec, path),
      comparedRevision: revisionOf(repositoryRef.kind, observed),
    },
  };
}

/** `spec.valuesFiles` are relative to the root of the source; those in the chart are read anyway. */
function valuesFilesOf(spec: Fields, path: string): string[] | undefined {
  const outside = texts(spec.valuesFiles)
    .map(file => pathIn(file))
    .filter(file => path !== '' && !file.startsWith(`${path}/`));
  return outside.length > 0 ? [...new Set(outside)] : undefined;
}
