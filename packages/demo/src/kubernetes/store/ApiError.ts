import type { ResourceType, Status, StatusCause, StatusDetails } from './types';

type Named = Pick<ResourceType, 'group' | 'resource' | 'kind'>;

/**
 * An error that Kubernetes answers with a `Status` object. The messages are those of the real
 * API server, because clients (kubectl among them) show and sometimes parse them.
 */
export class ApiError extends Error {
  readonly status: Status;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: StatusDetails,
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      details,
      code,
    };
  }
}

function qualified({ group, resource }: Named): string {
  return group ? `${resource}.${group}` : resource;
}

function detailsOf({ group, resource }: Named, name: string): StatusDetails {
  return { name, group: group || undefined, kind: resource };
}

/** 404: there is no such object. */
export function notFound(type: Named, name: string): ApiError {
  return new ApiError(
    404,
    'NotFound',
    `${qualified(type)} "${name}" not found`,
    detailsOf(type, name),
  );
}

/** 404: no such resource is served. */
export function unknownResource(): ApiError {
  return new ApiError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

/** 409: the name is taken. */
export function alreadyExists(type: Named, name: string): ApiError {
  return new ApiError(
    409,
    'AlreadyExists',
    `${qualified(type)} "${name}" already exists`,
    detailsOf(type, name),
  );
}

/** 409: somebody else was faster, or a precondition does not hold. */
export function conflict(
  type: Named,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(type)} "${name}": ${why}`,
    detailsOf(type, name),
  );
}

/** 422: the object is understood and not acceptable. */
export function invalid(
  type: Named,
  name: string,
  causes: StatusCause[],
): ApiError {
  const kind = type.group ? `${type.kind}.${type.group}` : type.kind;
  const text = causes.map(cause => `${cause.field}: ${cause.message}`);
  const list = text.length === 1 ? text[0] : `[${text.join(', ')}]`;
  return new ApiError(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, {
    name,
    group: type.group || undefined,
    kind: type.kind,
    causes,
  });
}

/** 400: the request cannot be understood. */
export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** 403: not allowed. */
export function forbidden(message: string, details?: StatusDetails): ApiError {
  return new ApiError(403, 'Forbidden', message, details);
}

/** 410: the resource version is no longer in the event log. */
export function expired(asked: number, oldest: number): ApiError {
  return new ApiError(
    410,
    'Expired',
    `too old resource version: ${asked} (${oldest})`,
  );
}

/** 504: the resource version has not happened yet. */
export function tooLargeVersion(asked: number, current: number): ApiError {
  return new ApiError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}

/** 415: the body is of a type that this resource does not take. */
export function unsupportedMediaType(accepted: string[]): ApiError {
  return new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  );
}
