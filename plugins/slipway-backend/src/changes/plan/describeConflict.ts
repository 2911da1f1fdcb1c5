import { isUtf8 } from 'node:buffer';
import { NotFoundError } from '@backstage/errors';
import type { FileConflict } from '@slipway/backstage-plugin-slipway-common';
import type { SecretSources } from '../../configRepos/shared/readSecretSources';
import { maskText, type WhollySecret } from '../../manifests/masking';
import { mergeTexts } from './mergeTexts';
import type { ContentOperation } from './types';

// Longer texts are settled by taking one side.
const MAX_BYTES = 1024 ** 2;

/**
 * Someone else's edit beside one's own, masked, with both merged as far as they go. What is merged may be sent again with
 * `theirsBase` as its base: its tokens then stand for the values of theirs.
 *
 * @param options - `theirs`: the blob that is there now; none when it was removed
 */
export async function describeConflict(options: {
  operation: ContentOperation;
  theirs: string | undefined;
  readBlob: (oid: string) => Promise<Buffer>;
  secretSource?: SecretSources;
}): Promise<FileConflict> {
  const { operation, readBlob, secretSource } = options;
  const { path, from = path } = operation;
  const text = (content: Buffer | undefined) =>
    maskedText(from, content, secretSource?.(from));
  const read = async (oid: string | undefined) => {
    try {
      return oid === undefined ? undefined : text(await readBlob(oid));
    } catch (error) {
      // A base that no commit holds any more.
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  };
  const [base, theirs] = await Promise.all([
    read(operation.base),
    read(options.theirs),
  ]);
  const unedited = operation.type === 'rename' ? base : undefined;
  const mine =
    operation.edited ??
    text(operation.content) ??
    (await read(operation.object?.oid)) ??
    unedited;
  const merge =
    base !== undefined && mine !== undefined && theirs !== undefined
      ? mergeTexts({ base, mine, theirs })
      : undefined;
  return {
    path,
    base,
    mine,
    theirs,
    theirsBase: options.theirs,
    merged: merge?.merged,
    clean: merge?.clean ?? false,
  };
}

function maskedText(
  path: string,
  content: Buffer | undefined,
  wholly: WhollySecret | undefined,
): string | undefined {
  if (!content || content.length > MAX_BYTES) return undefined;
  if (!isUtf8(content) || content.includes(0)) return undefined;
  return maskText({ path, text: content.toString('utf8'), wholly }).text;
}
