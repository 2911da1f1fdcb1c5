import { type AppliedObject, appliedObjects } from './appliedObjects';
import type { GroupVersionKind } from './types';

/** The kinds whose schemas {@link validateAgainst} will ask for, each once. */
export function kindsOf(text: string): GroupVersionKind[] {
  return kindsOfObjects(appliedObjects(text));
}

/** {@link kindsOf} for objects that have been read from the text already. */
export function kindsOfObjects(
  objects: readonly AppliedObject[],
): GroupVersionKind[] {
  const kinds = new Map<string, GroupVersionKind>();
  for (const { gvk } of objects) {
    kinds.set(JSON.stringify(gvk), gvk);
  }
  return [...kinds.values()];
}
