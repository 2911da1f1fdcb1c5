import { ConflictError, InputError } from '@backstage/errors';
import {
  type EngineOperation,
  type Fields,
  fields,
  text,
} from '@slipway/backstage-plugin-slipway-node';
import type { EngineKind, FluxKind } from '../kinds';
import { REQUESTED_AT, REQUESTED_BY } from '../objects';

export interface PlanOptions {
  kind: FluxKind;
  /** The object as it is now. */
  object: Fields;
}

/** A wish, with the token by which the controllers say that they have handled it. */
export interface Request {
  /** UTC, ISO 8601. */
  at: string;
  initiatedBy: string;
}

/**
 * Refuses what Flux cannot do with an object, before anything is written.
 *
 * @throws InputError for a sync in a way that Flux does not know; ConflictError where the object does not take it now.
 */
export function checkOperation(
  { kind, object }: PlanOptions & { kind: EngineKind },
  operation: EngineOperation,
): void {
  const title = `${kind} '${nameOf(object)}'`;
  const spec = fields(object.spec);
  switch (operation.type) {
    case 'refresh':
      return;
    case 'terminate':
      throw new ConflictError(
        `Flux cannot stop what runs on ${title}; suspend it, and it begins nothing new`,
      );
    case 'sync':
      if (operation.dryRun) {
        throw new InputError(
          `Flux has no dry run; ${title} can only be reconciled`,
        );
      }
      if (operation.revision) {
        throw new InputError(
          `Flux delivers what the source of ${title} holds, not a revision that is named`,
        );
      }
      if (operation.prune && kind === 'Kustomization' && spec.prune !== true) {
        throw new InputError(
          `${title} does not prune; set spec.prune in its manifest to have it remove what Git no longer holds`,
        );
      }
      assertTakes({ kind, object });
      return;
    case 'suspend':
    case 'resume':
      if ((spec.suspend === true) === (operation.type === 'suspend')) {
        throw new ConflictError(
          operation.type === 'suspend'
            ? `${title} is suspended already`
            : `${title} is not suspended`,
        );
      }
      return;
    default:
      throw new Error(`Unknown operation ${operation satisfies never}`);
  }
}

/**
 * The merge patch that asks a controller to reconcile now, as `flux reconcile` writes it.
 *
 * @throws ConflictError when the object is suspended or being deleted.
 */
export function planRequest(
  { kind, object }: PlanOptions,
  { at, initiatedBy }: Request,
): { metadata: object } {
  assertTakes({ kind, object });
  return {
    metadata: {
      annotations: {
        [REQUESTED_AT]: at,
        [REQUESTED_BY]: `${at} ${initiatedBy}`,
      },
    },
  };
}

function assertTakes({ kind, object }: PlanOptions): void {
  const title = `${kind} '${nameOf(object)}'`;
  if (fields(object.spec).suspend === true) {
    throw new ConflictError(
      `${title} is suspended and delivers nothing; resume it first`,
    );
  }
  if (text(fields(object.metadata).deletionTimestamp)) {
    throw new ConflictError(
      `${title} is being deleted and cannot be reconciled`,
    );
  }
}

function nameOf(object: Fields): string {
  return text(fields(object.metadata).name) ?? '';
}
