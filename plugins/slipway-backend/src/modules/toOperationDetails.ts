import type { EngineObjectDetails } from '@slipway/backstage-plugin-slipway-common';
import type { EngineObject } from '@slipway/backstage-plugin-slipway-node';

type OperatedObject = Pick<EngineObject, 'operation' | 'sources' | 'sync'>;

/** The last operation of an engine object, without what only deployments are made of. */
export function toOperationDetails(
  object: OperatedObject,
): EngineObjectDetails['operation'] {
  if (!object.operation) {
    return undefined;
  }
  const { phase, startedAt, finishedAt, message, revision, initiatedBy } =
    object.operation;
  return {
    phase,
    startedAt,
    finishedAt,
    message,
    revision,
    initiatedBy,
    overtaken: isOvertaken(object) || undefined,
  };
}

/** An engine that finds the next commit in place syncs nothing, and its last operation stays the one that failed. */
function isOvertaken({ operation, sources, sync }: OperatedObject): boolean {
  const failed = operation?.phase === 'Failed' || operation?.phase === 'Error';
  const compared = sources.flatMap(source => source.comparedRevision ?? []);
  return (
    failed &&
    sync.state === 'Synced' &&
    operation.revision !== undefined &&
    compared.length > 0 &&
    !compared.includes(operation.revision)
  );
}
