import type { OpenApiDocuments } from '../openapi/OpenApiDocuments';
import { unknownResource } from '../store/ApiError';
import type { Answer } from './answer';

/**
 * Answers a GET below `/openapi/v3`: the index, or the document of a group version. A wrong hash leads to the right
 * one, as on the real server.
 */
export function openApiAnswer(
  documents: OpenApiDocuments,
  segments: string[],
  query: URLSearchParams,
): Answer {
  const path = segments.join('/');
  if (path === '') {
    return { code: 200, body: documents.index() };
  }
  const document = documents.get(path);
  if (!document) {
    throw unknownResource();
  }
  const hash = query.get('hash');
  if (hash !== null && hash !== document.hash) {
    const location = `/openapi/v3/${path}?hash=${document.hash}`;
    return { code: 301, body: '', headers: { location } };
  }
  return {
    code: 200,
    body: document.json,
    headers: {
      'content-type': 'application/json',
      etag: `"${document.hash}"`,
      // A URL with a hash means the same content for ever.
      ...(hash === null ? {} : { 'cache-control': 'public, immutable' }),
    },
  };
}
