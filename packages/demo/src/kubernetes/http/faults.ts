import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../store/ApiError';
import { sendStatus } from './answer';

/** How a demo cluster can be made to misbehave. */
export type ClusterFault =
  /** Refuses connections and drops those that are open; the port stays the same. */
  | { type: 'offline' }
  /** Answers everything, watches included, with that Kubernetes `Status`; open watches end. */
  | { type: 'status'; code: 401 | 403 | 410 | 500 }
  /** Once: every open watch ends with a 410, and every known resource version is too old. */
  | { type: 'expire' }
  /** Answers everything with a web page, as a captive portal or a login proxy does. */
  | { type: 'html' }
  /** Accepts everything and never answers; open watches fall silent without ending. */
  | { type: 'hang' }
  /** Answers every request later. */
  | { type: 'slow'; milliseconds: number };

const PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n';

/** The error that a `status` fault answers. */
export function faultError(code: 401 | 403 | 410 | 500, path = '/'): ApiError {
  switch (code) {
    case 401:
      return new ApiError(401, 'Unauthorized', 'Unauthorized');
    case 403:
      return new ApiError(
        403,
        'Forbidden',
        `forbidden: User "system:anonymous" cannot access path ${JSON.stringify(
          path,
        )}`,
        {},
      );
    case 410:
      return new ApiError(410, 'Expired', 'too old resource version: 1 (2)');
    default:
      return new ApiError(
        500,
        'InternalError',
        'Internal error occurred: etcdserver: request timed out',
      );
  }
}

/** Lets a fault answer a request. Returns whether the request still has to be answered. */
export async function passesFault(
  fault: ClusterFault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault?.type) {
    case 'status': {
      request.resume();
      const [path] = (request.url ?? '/').split('?');
      sendStatus(response, faultError(fault.code, path).status);
      return false;
    }
    case 'html':
      request.resume();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(PAGE);
      return false;
    case 'hang':
      return false;
    case 'slow':
      await sleep(fault.milliseconds, undefined, { ref: false });
      return !response.destroyed;
    default:
      return true;
  }
}
