import type { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import { ApiError, badRequest, unsupportedMediaType } from '../store/ApiError';
import { isRecord } from '../store/json';
import { PATCH_MEDIA_TYPES } from '../store/patches';
import type { ObjectInput, PatchType } from '../store/types';

// As the real server.
const MAX_BODY_BYTES = 3 * 1024 * 1024;
const OBJECT_MEDIA_TYPES = ['application/json', 'application/yaml'];

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // Not `for await`: leaving that loop early destroys the connection before it is answered.
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        reject(
          new ApiError(
            413,
            'RequestEntityTooLarge',
            `Request entity too large: limit is ${MAX_BODY_BYTES}`,
          ),
        );
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString()));
    request.once('error', reject);
  });
}

function mediaTypeOf(request: IncomingMessage): string {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase();
}

function parseText(text: string, mediaType: string): unknown {
  try {
    return mediaType.endsWith('yaml') ? parse(text) : JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${mediaType}): ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

/** Reads an object; `undefined` when there is no body. */
export async function readObject(
  request: IncomingMessage,
): Promise<ObjectInput | undefined> {
  const text = await readText(request);
  if (!text.trim()) {
    return undefined;
  }
  const mediaType = mediaTypeOf(request) || OBJECT_MEDIA_TYPES[0];
  if (!OBJECT_MEDIA_TYPES.includes(mediaType)) {
    throw unsupportedMediaType(OBJECT_MEDIA_TYPES);
  }
  const value = parseText(text, mediaType);
  const metadata = isRecord(value) ? value.metadata : undefined;
  if (!isRecord(value) || (metadata && !isRecord(metadata))) {
    throw badRequest('the request body must be an object');
  }
  return value;
}

/** Reads a patch and tells its type by the content type. */
export async function readPatch(
  request: IncomingMessage,
): Promise<{ patch: unknown; patchType: PatchType }> {
  const mediaType = mediaTypeOf(request);
  const entry = Object.entries(PATCH_MEDIA_TYPES).find(
    ([, known]) => known === mediaType,
  );
  if (!entry) {
    throw unsupportedMediaType(Object.values(PATCH_MEDIA_TYPES));
  }
  const patch = parseText(await readText(request), mediaType);
  return { patch, patchType: entry[0] as PatchType };
}
