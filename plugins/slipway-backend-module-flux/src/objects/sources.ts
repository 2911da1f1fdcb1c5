import { posix } from 'node:path';
import type { Reason } from '@slipway/backstage-plugin-slipway-common';
import {
  type Fields,
  fields,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import { isOutdated, numberOf, problemsOf } from './conditions';
import { reason } from './reasons';

/** Names a source of Flux. */
export interface SourceRef {
  kind: string;
  namespace: string;
  name: string;
}

export type FoundSource =
  | { state: 'found'; object: Fields }
  | { state: 'missing' }
  /** Slipway does not follow its kind. */
  | { state: 'foreign' }
  /** Objects of its kind cannot be seen. */
  | { state: 'unreadable'; reason: Reason };

export type FindSource = (ref: SourceRef) => FoundSource;

/** Why nothing can be said of what Git holds. */
export interface SourceProblem {
  reason: Reason;
  /** It failed; else it only does not tell. */
  failed: boolean;
}

/** A `sourceRef` or `chartRef`; its namespace is that of the object that holds it, unless it names one. */
export function readSourceRef(
  reference: unknown,
  namespace: string,
): SourceRef | undefined {
  const { kind, name, ...rest } = fields(reference);
  const [ownKind, ownName] = [text(kind), text(name)];
  return ownKind && ownName
    ? {
        kind: ownKind,
        namespace: text(rest.namespace) ?? namespace,
        name: ownName,
      }
    : undefined;
}

/** `GitRepository flux-system/ops`. */
export function titleOf({ kind, namespace, name }: SourceRef): string {
  return `${kind} ${namespace}/${name}`;
}

/** What stands in the way of comparing with a source; a Helm repository has no artifact when it is a registry. */
export function problemOf(
  ref: SourceRef,
  found: FoundSource,
): SourceProblem | undefined {
  const source = titleOf(ref);
  if (found.state === 'missing') {
    return { reason: reason('sourceMissing', { source }), failed: true };
  }
  if (found.state === 'foreign') {
    return { reason: reason('sourceForeign', { source }), failed: true };
  }
  if (found.state === 'unreadable') {
    const { detail = found.reason.code } = found.reason.params;
    return {
      reason: reason('sourceUnreadable', { source, detail }),
      failed: true,
    };
  }
  const { object } = found;
  const [problem] = problemsOf(object);
  if (problem) {
    const words = problem.message ?? problem.reason ?? problem.type;
    return {
      reason: reason('comparisonFailed', { message: `${source}: ${words}` }),
      failed: true,
    };
  }
  const { observedGeneration, artifact } = fields(object.status);
  if (fields(object.spec).suspend === true) {
    return { reason: reason('sourceSuspended', { source }), failed: false };
  }
  const lacksArtifact =
    ref.kind !== 'HelmRepository' && !text(fields(artifact).revision);
  return lacksArtifact || isOutdated(object, numberOf(observedGeneration))
    ? { reason: reason('notCompared'), failed: false }
    : undefined;
}

/** `status.artifact.revision`. */
export function artifactRevision(found: FoundSource): string | undefined {
  return found.state === 'found'
    ? text(fields(fields(found.object.status).artifact).revision)
    : undefined;
}

/** Where a source reads from; a bucket has no URL of its own. */
export function urlOf({ kind }: SourceRef, source: Fields): string | undefined {
  const { url, bucketName, endpoint, insecure } = fields(source.spec);
  if (kind !== 'Bucket') return text(url);
  return text(endpoint) && text(bucketName)
    ? `${insecure === true ? 'http' : 'https'}://${endpoint}/${bucketName}`
    : undefined;
}

/** What a source follows, by the precedence of `spec.ref`; a GitRepository that names nothing follows `master`. */
export function targetRevisionOf(
  { kind }: SourceRef,
  source: Fields,
): string | undefined {
  const ref = fields(fields(source.spec).ref);
  if (kind === 'GitRepository') {
    const { commit, name, semver, tag, branch } = ref;
    const branchOfName = /^refs\/(?:heads|tags)\/(.+)$/.exec(text(name) ?? '');
    return (
      text(commit) ??
      branchOfName?.[1] ??
      text(name) ??
      text(semver) ??
      text(tag) ??
      text(branch) ??
      'master'
    );
  }
  if (kind === 'OCIRepository') {
    return text(ref.digest) ?? text(ref.semver) ?? text(ref.tag) ?? 'latest';
  }
  return undefined;
}

/** A folder below the root of a source, `''` for the root. Flux joins it so that `..` never leads out. */
export function pathIn(...parts: Array<string | undefined>): string {
  const joined = parts.filter(part => part !== undefined).join('/');
  return posix.normalize(`/${joined}`).replace(/^\/+|\/+$/g, '');
}
