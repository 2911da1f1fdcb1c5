import { type Fields, fields, rows, text } from '../reading';
import type { EngineObjectKey } from './objects';

/**
 * What made an engine object, by the marks that it left: who wants the object to be another has to change it there. Serializable as JSON.
 *
 * @public
 */
export interface EngineObjectMaker {
  /** `ApplicationSet`, `Application`, `Kustomization`, `HelmRelease`, or what else controls the object. */
  kind: string;
  name: string;
  /** Absent where the mark does not say. */
  namespace?: string;
  /** It lives on the same cluster; of others the mark does not say. */
  sameCluster?: boolean;
  /** Its own key, on whichever cluster, where it is an engine object itself. */
  engineObject?: Omit<EngineObjectKey, 'cluster'>;
  /** What was made is so among the resources of `engineObject`. */
  listedAs: { group: string; kind: string };
  /** Others leave the same mark: to be believed only where `engineObject` lists what was made. */
  unsure?: boolean;
}

/**
 * Options of {@link readMaker}.
 *
 * @public
 */
export interface ReadMakerOptions {
  /** Of the object: lists of the Kubernetes API may leave it out. */
  group: string;
  kind: string;
  /** Where the Argo CD lives that looks after the object; its own Applications are marked without their namespace. */
  argoCdNamespace?: string;
}

type Reader = (
  metadata: Fields,
  options: ReadMakerOptions,
) => EngineObjectMaker | undefined;

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/ */
const TRACKING_ID = 'argocd.argoproj.io/tracking-id';
const INSTANCE = 'app.kubernetes.io/instance';

/** Each controller labels what it applies with its object's `name` and `namespace`. */
const FLUX_MARKS = [
  { prefix: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' },
  { prefix: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
];

const LABELS = [
  INSTANCE,
  ...FLUX_MARKS.flatMap(({ prefix }) => [
    `${prefix}/name`,
    `${prefix}/namespace`,
  ]),
];

/** The surest first. */
const READERS: Reader[] = [readOwner, readTrackingId, readFlux, readInstance];

/**
 * Says what made an object of Kubernetes: an owner that controls it, an Application of Argo CD, a Kustomization or HelmRelease of Flux.
 *
 * @public
 */
export function readMaker(
  object: Fields,
  options: ReadMakerOptions,
): EngineObjectMaker | undefined {
  const metadata = fields(object.metadata);
  for (const read of READERS) {
    const maker = read(metadata, options);
    if (maker) return maker;
  }
  return undefined;
}

/**
 * Of an object's metadata, what {@link readMaker} reads.
 *
 * @public
 */
export function makerMarks(metadata: Fields): {
  labels: Fields;
  annotations: Fields;
  ownerReferences: unknown;
} {
  const labels = fields(metadata.labels);
  return {
    labels: Object.fromEntries(LABELS.map(key => [key, labels[key]])),
    annotations: { [TRACKING_ID]: fields(metadata.annotations)[TRACKING_ID] },
    ownerReferences: metadata.ownerReferences,
  };
}

function readOwner(
  { namespace, ownerReferences }: Fields,
  { group, kind }: ReadMakerOptions,
): EngineObjectMaker | undefined {
  const isSet = (owner: Fields) =>
    owner.kind === 'ApplicationSet' &&
    text(owner.apiVersion)?.startsWith('argoproj.io/');
  const owner = rows(ownerReferences).find(
    one => isSet(one) || one.controller === true,
  );
  const ownerKind = text(owner?.kind);
  const name = text(owner?.name);
  if (!owner || !ownerKind || !name) return undefined;
  return {
    kind: ownerKind,
    name,
    // Owners are in the namespace of what they own, or in none.
    namespace: isSet(owner) ? text(namespace) : undefined,
    sameCluster: true,
    listedAs: { group, kind },
  };
}

/** `{namespace}_{name}:{group}/{kind}:{namespace}/{name}`; a copy of another object's does not count, as in Argo CD. */
function readTrackingId(
  { annotations, name, namespace }: Fields,
  options: ReadMakerOptions,
): EngineObjectMaker | undefined {
  const { group, kind } = options;
  const id = text(fields(annotations)[TRACKING_ID]);
  const instance = id?.split(':')[0];
  return instance && id === `${instance}:${group}/${kind}:${namespace}/${name}`
    ? toApplication(instance, options)
    : undefined;
}

function readFlux(
  { labels }: Fields,
  { group, kind }: ReadMakerOptions,
): EngineObjectMaker | undefined {
  for (const { prefix, kind: makerKind } of FLUX_MARKS) {
    const name = text(fields(labels)[`${prefix}/name`]);
    const namespace = text(fields(labels)[`${prefix}/namespace`]);
    if (name && namespace) {
      return {
        kind: makerKind,
        name,
        namespace,
        engineObject: { engine: 'flux', namespace, name, kind: makerKind },
        listedAs: { group, kind },
      };
    }
  }
  return undefined;
}

/** Argo CD's mark where it tracks by label; charts and people set the same label. */
function readInstance(
  { labels }: Fields,
  options: ReadMakerOptions,
): EngineObjectMaker | undefined {
  const instance = text(fields(labels)[INSTANCE]);
  const maker = instance ? toApplication(instance, options) : undefined;
  return maker?.engineObject && { ...maker, unsure: true };
}

function toApplication(
  instance: string,
  { argoCdNamespace, group, kind }: ReadMakerOptions,
): EngineObjectMaker {
  const [first, second] = instance.split('_');
  const [name, said] = second ? [second, first] : [first, undefined];
  const namespace = said ?? argoCdNamespace;
  return {
    kind: 'Application',
    name,
    namespace: said,
    engineObject: namespace ? { engine: 'argocd', namespace, name } : undefined,
    listedAs: { group, kind },
  };
}
