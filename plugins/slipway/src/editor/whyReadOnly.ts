import type { FileContent } from '@slipway/backstage-plugin-slipway-common';

/** Bytes; larger texts make an editor slow. */
export const MAX_EDIT_BYTES = 1_048_576;

/** Why a file's text is not edited here. */
export type ReadOnlyReason =
  | 'link'
  | 'submodule'
  | 'withheld'
  | 'binary'
  | 'large';

export function whyReadOnly(
  file: Pick<FileContent, 'binary' | 'mode' | 'size' | 'text' | 'withheld'>,
): ReadOnlyReason | undefined {
  if (file.mode === '120000') {
    return 'link';
  }
  if (file.mode === '160000') {
    return 'submodule';
  }
  if (file.withheld) {
    return 'withheld';
  }
  if (file.binary) {
    return 'binary';
  }
  return file.text === undefined || file.size > MAX_EDIT_BYTES
    ? 'large'
    : undefined;
}
