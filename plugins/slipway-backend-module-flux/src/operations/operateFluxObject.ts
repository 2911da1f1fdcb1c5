import { ConflictError } from '@backstage/errors';
import {
  changeObject,
  fields,
  type Fields,
  type SyncEngineOperateOptions,
} from '@slipway/backstage-plugin-slipway-node';
import { isEngineKind, isFluxKind, KINDS, type FluxKind } from '../kinds';
import {
  readChartRef,
  readSourceRef,
  type SourceRef,
  titleOf,
} from '../objects';
import { checkOperation, planRequest, type Request } from './planOperation';

/**
 * Asks the controllers to look at the source, and with a sync at what reads it as well, as `flux reconcile --with-source` does,
 * but without waiting for the source: when that brings something new, it is reconciled once more.
 */
export async function operateFluxObject(
  options: SyncEngineOperateOptions,
): Promise<void> {
  const { key, operation, initiatedBy } = options;
  const { kind, namespace, name } = key;
  if (!isEngineKind(kind)) {
    throw new ConflictError(`Flux cannot be asked for a ${kind} '${name}'`);
  }
  const self = { kind, namespace, name };
  const object = await change(options, self, read => {
    checkOperation({ kind, object: read }, operation);
    return undefined;
  });
  if (operation.type === 'suspend' || operation.type === 'resume') {
    // As flux itself does; where the manifest names the field, Git takes it back.
    const suspend = operation.type === 'suspend';
    await change(options, self, () => ({ spec: { suspend } }));
    return;
  }
  const request = { at: new Date().toISOString(), initiatedBy };
  const source =
    kind === 'Kustomization'
      ? readSourceRef(fields(object.spec).sourceRef, namespace)
      : readChartRef(object, namespace);
  if (source) await askSource(options, source, request);
  if (operation.type === 'sync') {
    await change(options, self, read =>
      planRequest({ kind, object: read }, request),
    );
  }
}

/** A chart is packaged from a repository, which is asked as well. */
async function askSource(
  options: SyncEngineOperateOptions,
  ref: SourceRef,
  request: Request,
): Promise<void> {
  const { kind } = ref;
  // What makes other artifacts knows by itself when it is to do so.
  if (!isFluxKind(kind)) return;
  const object = await change(options, { ...ref, kind }, read =>
    planRequest({ kind, object: read }, request),
  ).catch(error => {
    throw error.name === 'NotFoundError'
      ? new ConflictError(
          `${options.key.kind} '${options.key.name}' reads ${titleOf(
            ref,
          )}, which is not there`,
        )
      : error;
  });
  const repository =
    kind === 'HelmChart'
      ? readSourceRef(fields(object.spec).sourceRef, ref.namespace)
      : undefined;
  if (repository && repository.kind !== 'HelmChart') {
    await askSource(options, repository, request);
  }
}

function change(
  { cluster, signal }: SyncEngineOperateOptions,
  { kind, namespace, name }: SourceRef & { kind: FluxKind },
  plan: (object: Fields) => { metadata?: object; spec?: object } | undefined,
): Promise<Fields> {
  return changeObject({
    ...KINDS[kind],
    cluster,
    namespace,
    name,
    title: `${kind} '${name}'`,
    signal,
    plan,
  });
}
