import { InputError } from '@backstage/errors';

/** Throws InputError unless this is the id of a Git object (SHA-1, 40 hex digits). */
export function checkObjectId(oid: string): void {
  if (!/^[0-9a-f]{40}$/.test(oid)) {
    throw new InputError(
      `${JSON.stringify(oid)} is not the id of a Git object`,
    );
  }
}
