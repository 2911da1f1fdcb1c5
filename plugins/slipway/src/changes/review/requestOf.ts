import type {
  ChangeRequest,
  FileOperation,
} from '@slipway/backstage-plugin-slipway-common';
import type { ReviewRequest } from './types';

/** The operation as the API knows it, without what a draft keeps beside it. */
function operationOf(operation: FileOperation): FileOperation {
  const { type, path, from, text, base64, base, executable } = operation;
  return { type, path, from, text, base64, base, executable };
}

/** What is asked of the API; operations settled here stand in for those of their paths. */
export function requestOf(
  request: ReviewRequest,
  settled: readonly FileOperation[] = [],
): ChangeRequest {
  const paths = new Set(settled.map(({ path }) => path));
  const operations = [
    ...(request.operations ?? []).filter(({ path }) => !paths.has(path)),
    ...settled,
  ].map(operationOf);
  return {
    kind: request.kind,
    ...(operations.length > 0 && { operations }),
    ...(request.rollback && { rollback: request.rollback }),
  };
}

/** Whether there is anything to ask about. */
export function isEmpty(request: ChangeRequest): boolean {
  return request.kind === 'edit' && !request.operations?.length;
}
