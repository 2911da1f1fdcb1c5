import express from 'express';

/** A change may carry files of up to 10 MB, in base64. */
const CHANGE_MEGABYTES = 24;
const CHANGES = /^\/config-repos\/[^/]+\/changes(?:\/plan)?\/?$/;

/** Reads bodies: large ones where changes are handed in, small ones everywhere else. */
export function jsonBodies(): express.RequestHandler {
  const small = express.json();
  const large = express.json({ limit: CHANGE_MEGABYTES * 1024 ** 2 });
  return (request, response, next) => {
    const isChange = CHANGES.test(request.path);
    const read = isChange ? large : small;
    read(request, response, error => {
      if (error?.type === 'entity.too.large' && isChange) {
        error.message = `The change is larger than ${CHANGE_MEGABYTES} MB; make it in parts`;
      }
      next(error);
    });
  };
}
