import { isError } from '@backstage/errors';

/** What an error means to the person in front of the page. */
export type ErrorKind = 'denied' | 'notFound' | 'failed';

/** The API's errors come as a ResponseError around what the server said; only the latter tells something. */
function saidByServer(error: Error): Error {
  return isError(error.cause) ? (error.cause as Error) : error;
}

export function errorKind(error: Error): ErrorKind {
  switch (saidByServer(error).name) {
    case 'NotAllowedError':
      return 'denied';
    case 'NotFoundError':
      return 'notFound';
    default:
      return 'failed';
  }
}

/** The server's sentence, without the wrapping. */
export function errorMessage(error: Error): string {
  return saidByServer(error).message;
}
