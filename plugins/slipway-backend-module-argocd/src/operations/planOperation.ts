import { ConflictError } from '@backstage/errors';
import {
  type EngineOperation,
  fields,
  type Fields,
  isFields,
  text,
  texts,
} from '@slipway/backstage-plugin-slipway-node';

const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';
const HYDRATE_ANNOTATION = 'argocd.argoproj.io/hydrate';

export interface PlanOperationOptions {
  /** The Application as it is now. */
  application: Fields;
  operation: EngineOperation;
  initiatedBy: string;
}

/**
 * The merge patch that asks Argo CD's controller for an operation, as Argo CD's own API server writes it.
 *
 * @throws ConflictError when another operation is under way, or none is to be stopped.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-kubectl/
 */
export function planOperation(options: PlanOperationOptions): object {
  const { application, operation } = options;
  const phase = text(fields(fields(application.status).operationState).phase);
  const runs = phase === 'Running' || phase === 'Terminating';
  switch (operation.type) {
    case 'refresh':
      return {
        metadata: { annotations: refreshAnnotations(application, operation) },
      };
    case 'sync':
      if (runs || isFields(application.operation)) {
        throw new ConflictError(
          `${nameOf(
            application,
          )} has an operation under way; wait for it to end, or stop it`,
        );
      }
      if (text(fields(application.metadata).deletionTimestamp)) {
        throw new ConflictError(
          `${nameOf(application)} is being deleted and cannot be synced`,
        );
      }
      return { operation: syncOperation(options, operation) };
    case 'terminate':
      if (phase !== 'Running') {
        throw new ConflictError(
          phase === 'Terminating'
            ? `The operation of ${nameOf(application)} is being stopped already`
            : `${nameOf(application)} has no operation that runs`,
        );
      }
      return { status: { operationState: { phase: 'Terminating' } } };
    case 'suspend':
    case 'resume':
      throw new ConflictError(
        `Argo CD cannot ${operation.type} ${nameOf(
          application,
        )}; whether it syncs by itself is for its manifest to say`,
      );
    default:
      throw new Error(`Unknown operation ${operation satisfies never}`);
  }
}

/** A source hydrator goes by what it knew of its branch for some minutes, unless it is asked itself. */
function refreshAnnotations(
  { spec }: Fields,
  { hard }: EngineOperation & { type: 'refresh' },
): Record<string, string> {
  const type = hard ? 'hard' : 'normal';
  return {
    [REFRESH_ANNOTATION]: type,
    ...(isFields(fields(spec).sourceHydrator) && {
      [HYDRATE_ANNOTATION]: type,
    }),
  };
}

function syncOperation(
  { application, initiatedBy }: PlanOperationOptions,
  sync: EngineOperation & { type: 'sync' },
): object {
  const { syncOptions, retry } = fields(fields(application.spec).syncPolicy);
  const ownOptions = texts(syncOptions);
  return {
    initiatedBy: { username: initiatedBy },
    // Without a revision the controller takes what the Application tracks, each source its own.
    sync: {
      ...(sync.revision && { revision: sync.revision }),
      ...(sync.prune && { prune: true }),
      ...(sync.dryRun && { dryRun: true }),
      ...(ownOptions.length && { syncOptions: ownOptions }),
    },
    ...(isFields(retry) && { retry }),
  };
}

function nameOf(application: Fields): string {
  return `Application '${text(fields(application.metadata).name) ?? ''}'`;
}
