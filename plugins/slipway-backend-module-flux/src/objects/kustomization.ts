import {
  type EngineDelivery,
  type EngineObject,
  type EngineSource,
  type Fields,
  fields,
  rows,
  text,
  texts,
} from '@slipway/backstage-plugin-slipway-node';
import { type Attempt, deliveredAt, readAttempts } from './attempts';
import { isOutdated, numberOf } from './conditions';
import { revisionOf } from './revision';
import {
  artifactRevision,
  type FindSource,
  pathIn,
  problemOf,
  readSourceRef,
  targetRevisionOf,
  urlOf,
} from './sources';
import { reason } from './reasons';
import type { Delivered } from './types';
import { readVerdict, type LastEnd, type Verdict } from './verdict';

/** Fields by which what is applied is another thing than what is read. */
const MAKING = [
  'buildMetadata',
  'commonMetadata',
  'components',
  'decryption',
  'images',
  'namePrefix',
  'nameSuffix',
  'patches',
  'patchesJson6902',
  'patchesStrategicMerge',
  'postBuild',
];

/** What a `kustomize.toolkit.fluxcd.io/v1` Kustomization delivers, and how that went. */
export function readKustomization(
  object: Fields,
  namespace: string,
  find: FindSource,
): Delivered {
  const spec = fields(object.spec);
  const status = fields(object.status);
  const ref = readSourceRef(spec.sourceRef, namespace);
  const found = ref && find(ref);
  const wanted = found && artifactRevision(found);
  const attempts = readAttempts(object);
  const verdict = readVerdict(object, lastEnd(object, wanted, attempts[0]));
  const repoUrl = found?.state === 'found' ? urlOf(ref!, found.object) : '';
  const place: EngineDelivery | undefined =
    ref && found?.state === 'found' && repoUrl
      ? {
          repoUrl,
          path: pathIn(text(spec.path)),
          targetRevision: targetRevisionOf(ref, found.object),
        }
      : undefined;
  const delivery = (revision: unknown): EngineDelivery[] =>
    place && ref
      ? [{ ...place, revision: revisionOf(ref.kind, revision) }]
      : [];
  const source: EngineSource | undefined = place && {
    ...place,
    // Without a kustomization there, Flux makes one of all that is below.
    recurse: true,
    rendered: MAKING.some(field => spec[field] !== undefined)
      ? true
      : undefined,
    alsoReads: componentsOf(spec, place.path ?? ''),
    comparedRevision: delivery(wanted)[0]?.revision,
    appliedRevision: delivery(status.lastAppliedRevision)[0]?.revision,
  };
  return {
    sources: source ? [source] : [],
    problem: ref
      ? problemOf(ref, found!)
      : { reason: reason('sourceUnnamed'), failed: true },
    verdict,
    isApplied: wanted !== undefined && wanted === status.lastAppliedRevision,
    checksHealth: spec.wait === true || rows(spec.healthChecks).length > 0,
    targetNamespace: text(spec.targetNamespace),
    operation: operationOf(verdict, attempts, {
      wanted,
      attempted: status.lastAttemptedRevision,
      delivery,
    }),
    history: attempts
      .filter(({ succeeded }) => succeeded)
      .reverse()
      .map(({ first, revision }) => ({
        deployedAt: first,
        sources: delivery(revision),
      }))
      .filter(({ sources }) => sources.length > 0),
    images: imagesOf(spec),
    prunes: spec.prune === true ? true : undefined,
    reportedAt: attempts[0]?.last,
  };
}

function lastEnd(
  object: Fields,
  wanted: string | undefined,
  newest: Attempt | undefined,
): LastEnd | undefined {
  const { observedGeneration } = fields(object.status);
  const isOnWanted = wanted !== undefined && newest?.revision === wanted;
  // Only a success is noted with its generation.
  const isOnOldSpec =
    newest?.succeeded && isOutdated(object, numberOf(observedGeneration));
  return isOnWanted && !isOnOldSpec ? newest : undefined;
}

interface OperationOptions {
  wanted: string | undefined;
  attempted: unknown;
  delivery: (revision: unknown) => EngineDelivery[];
}

/**
 * A Kustomization is looked at again every few minutes; only what delivers another content, or fails to, is an operation.
 * While it runs nothing says when it began.
 */
function operationOf(
  verdict: Verdict,
  attempts: Attempt[],
  { wanted, attempted, delivery }: OperationOptions,
): EngineObject['operation'] {
  if (verdict.state === 'running') {
    const sources = delivery(wanted);
    return {
      phase: 'Running',
      message: verdict.message,
      revision: sources[0]?.revision,
      sources,
    };
  }
  const [newest] = attempts;
  if (!newest) return undefined;
  const startedAt = deliveredAt(attempts);
  const { succeeded } = newest;
  const sources = delivery(succeeded ? newest.revision : attempted);
  return {
    phase: succeeded ? 'Succeeded' : 'Failed',
    startedAt,
    finishedAt: startedAt === newest.first ? newest.first : undefined,
    message: verdict.state === 'failed' ? verdict.message : undefined,
    revision: sources[0]?.revision,
    sources,
  };
}

/** `spec.components` are relative to the path; those below it are read anyway. */
function componentsOf(spec: Fields, path: string): string[] | undefined {
  const outside = texts(spec.components)
    .filter(component => !/^[a-z][a-z0-9+.-]*:\/\//i.test(component))
    .map(component => pathIn(path, component))
    .filter(folder => path !== '' && !`${folder}/`.startsWith(`${path}/`));
  return outside.length > 0 ? [...new Set(outside)] : undefined;
}

/** What `spec.images` puts in place of the tags in the manifests; of other images nothing is told. */
function imagesOf(spec: Fields): string[] {
  return rows(spec.images).flatMap(({ name, newName, newTag, digest }) => {
    const image = text(newName) ?? text(name);
    if (!image) return [];
    if (text(digest)) return [`${image}@${digest}`];
    return text(newTag) ? [`${image}:${newTag}`] : [];
  });
}
