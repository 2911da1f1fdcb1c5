import { badRequest, ApiError } from '../store/ApiError';
import type { ListOptions } from '../store/listObjects';

/** The query of a list or watch, read and checked. */
export interface ListQuery extends ListOptions {
  watch: boolean;
  bookmarks: boolean;
  /** Undefined where the client does not say. */
  timeoutSeconds: number | undefined;
  /** Undefined where the client does not say. */
  sendInitialEvents: boolean | undefined;
}

function flag(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name);
  return value === null
    ? undefined
    : !['0', 'f', 'false', ''].includes(value.toLowerCase());
}

function amount(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') {
    return undefined;
  }
  if (!/^\d{1,9}$/.test(value)) {
    throw badRequest(
      `${name}: Invalid value: ${JSON.stringify(value)}: must be a number`,
    );
  }
  return Number(value);
}

function forbiddenQuery(field: string, why: string): ApiError {
  return new ApiError(
    422,
    'Invalid',
    `ListOptions.meta.k8s.io "" is invalid: ${field}: Forbidden: ${why}`,
    {
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: [
        { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field },
      ],
    },
  );
}

/** Reads `ListOptions` from a query; the combinations that Kubernetes forbids are 422. */
export function readListQuery(query: URLSearchParams): ListQuery {
  const text = (name: string) => query.get(name) || undefined;
  const result: ListQuery = {
    watch: flag(query, 'watch') ?? false,
    bookmarks: flag(query, 'allowWatchBookmarks') ?? false,
    timeoutSeconds: amount(query, 'timeoutSeconds'),
    sendInitialEvents: flag(query, 'sendInitialEvents'),
    labelSelector: text('labelSelector'),
    fieldSelector: text('fieldSelector'),
    limit: amount(query, 'limit'),
    continue: text('continue'),
    resourceVersion: text('resourceVersion'),
    resourceVersionMatch: text('resourceVersionMatch'),
  };
  const match = result.resourceVersionMatch;
  if (match && match !== 'Exact' && match !== 'NotOlderThan') {
    throw forbiddenQuery(
      'resourceVersionMatch',
      `unsupported value "${match}"`,
    );
  }
  if (result.sendInitialEvents !== undefined && !result.watch) {
    throw forbiddenQuery(
      'sendInitialEvents',
      'sendInitialEvents is forbidden for list',
    );
  }
  if (result.watch) {
    const initial = result.sendInitialEvents !== undefined;
    if (initial && match !== 'NotOlderThan') {
      throw forbiddenQuery(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      );
    }
    if (match && !initial) {
      throw forbiddenQuery(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      );
    }
  } else if (match && !result.resourceVersion) {
    throw forbiddenQuery(
      'resourceVersionMatch',
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  } else if (match === 'Exact' && result.resourceVersion === '0') {
    throw forbiddenQuery(
      'resourceVersionMatch',
      'resourceVersionMatch "Exact" is forbidden for resourceVersion "0"',
    );
  }
  return result;
}
